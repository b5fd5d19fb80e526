"""Call keypads that exist in memory only, with faults that can be switched on: for tests and demonstrations."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hardware.address import Address
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.keypads.protocol import Key, Press


class Fault(StrEnum):
    """OFFLINE: the line is gone, and keys pressed meanwhile are lost; TIMEOUT: the keypads answer no longer; GARBLED:
    what comes makes no sense."""

    OFFLINE = "offline"
    TIMEOUT = "timeout"
    GARBLED = "garbled"


@dataclass(frozen=True, slots=True)
class Shown:
    text: str
    beep: bool


class FakeKeypads:
    """`shown`: what each keypad's display shows; `changed` is notified of presses and texts."""

    def __init__(self, name: str = "fake keypads", faults: set[Fault] | None = None) -> None:
        self.name = name
        self.faults = faults or set()
        self.shown: dict[int, Shown] = {}
        self.changed = threading.Condition()
        self._presses: deque[Press] = deque()
        self.addresses: Sequence[int] = range(1000)
        self._heard: set[int] = set()

    def press(self, address: int, key: Key, argument: int | None = None) -> None:
        """A clerk presses `key`; with a fault it never arrives."""
        with self.changed:
            if not self.faults:
                self._presses.append(Press(address, key, argument))
                self._heard.add(address)
                self.changed.notify_all()

    def read(self, timeout_s: float) -> Press | None:
        with self.changed:
            if Fault.OFFLINE not in self.faults:
                self.changed.wait_for(lambda: bool(self._presses) or Fault.OFFLINE in self.faults, timeout_s)
            if Fault.OFFLINE in self.faults:
                self._presses.clear()
                raise DeviceError(Code.OFFLINE, f"{self.name} was lost")
            return self._presses.popleft() if self._presses else None

    def show(self, address: int, text: str, *, beep: bool = False) -> None:
        if Fault.OFFLINE in self.faults:
            raise DeviceError(Code.OFFLINE, f"{self.name} was lost")
        with self.changed:
            self.shown[address] = Shown(text, beep)
            self.changed.notify_all()

    def health(self) -> Health:
        for fault in Fault:
            if fault in self.faults:
                return Health(State(fault.value), f"{self.name}: {fault.value}")
        return Health(State.READY if self._heard else State.UNKNOWN, self.name)

    def health_of(self, address: int) -> Health:
        line = self.health()
        if line.state is State.READY and address not in self._heard:
            return Health(State.UNKNOWN, f"{self.name}: no key yet from keypad {address}")
        return line

    def close(self) -> None:
        """There is nothing to let go of."""


def open_keypads(address: Address, timeout_s: float) -> FakeKeypads:
    address.only("fault")
    if address.path not in {"", "/"}:
        raise address.bad("a fake has no path")
    faults = {Fault(address.choice("fault", list(Fault), ""))} if address.has("fault") else set()
    return FakeKeypads(address.host or "fake keypads", faults)
