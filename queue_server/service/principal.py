"""Who asks: an account or a device, with a role; and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.contract import Role
from queue_server.domain.counter import KEYPAD
from queue_server.domain.errors import CounterNotYours
from queue_server.domain.ids import Actor

from .errors import Forbidden

AT_COUNTERS = (Role.CLERK, Role.MANAGER, Role.ADMIN)
OVER_COUNTERS = (Role.MANAGER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Principal:
    """`actor` goes into the event log; `counter` binds a device to one counter; `csrf` is set for browser sessions;
    `hand_of`: whose counter this device works at as their other hand, as a keypad does for its clerk."""

    actor: Actor
    role: Role
    name: str
    counter: int | None = None
    device_id: int | None = None
    csrf: str | None = None
    hand_of: Actor | None = None

    @property
    def holder(self) -> Actor:
        """Who must hold a counter that this one acts at."""
        return self.hand_of or self.actor

    @property
    def is_account(self) -> bool:
        return self.device_id is None

    def need(self, *roles: Role) -> None:
        """Raises Forbidden unless the role is one of `roles`."""
        if self.role not in roles:
            raise Forbidden(role=self.role)

    def need_counter(self, counter: int) -> None:
        """Raises CounterNotYours where a device is bound to another counter."""
        if self.counter not in (None, counter):
            raise CounterNotYours(counter=counter)


def account_actor(name: str) -> Actor:
    return Actor(f"user:{name}")


def keypad_actor(name: str) -> Actor:
    """Who holds a counter that was opened at the keypad of device `name`."""
    return Actor(f"{KEYPAD}:{name}")


def device_actor(name: str) -> Actor:
    return Actor(f"device:{name}")
