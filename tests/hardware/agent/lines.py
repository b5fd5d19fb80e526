"""A line of displays and one of keypads in memory, for the rules of the agent's threads; real bytes are for the test of
the whole agent."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from hardware.displays.protocol import Face
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.keypads.protocol import Press

WAIT_S = 10.0


class Broken:
    """What can be wrong with a line: `lost` all of it, `dead` one address, `crash` its driver; `healths`: how one
    address is, if not ready."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lost = False
        self.dead: int | None = None
        self.crash = False
        self.closed = 0
        self.addresses = range(100)
        self.healths: dict[int, Health] = {}
        self.changed = threading.Condition()

    def health(self) -> Health:
        return Health(State.OFFLINE, "unplugged") if self.lost else Health(State.READY)

    def health_of(self, address: int) -> Health:
        return self.health() if self.lost else self.healths.get(address, self.health())

    def close(self) -> None:
        self.closed += 1

    def until(self, holds: Callable[[], bool]) -> None:
        with self.changed:
            if not self.changed.wait_for(holds, WAIT_S):
                raise TimeoutError(vars(self))

    def check(self, address: int | None = None) -> None:
        if self.crash:
            raise ZeroDivisionError
        if self.lost or (address is not None and address == self.dead):
            raise DeviceError(Code.OFFLINE, f"{self.name} is gone")


class Displays(Broken):
    """`faces`: what each address shows; `writes` counts."""

    def __init__(self, name: str = "den") -> None:
        super().__init__(name)
        self.faces: dict[int, Face] = {}
        self.history: list[tuple[int, Face]] = []

    def show(self, address: int, face: Face) -> None:
        self.check(address)
        with self.changed:
            self.faces[address] = face
            self.history.append((address, face))
            self.changed.notify_all()

    def until_text(self, address: int, text: str) -> None:
        self.until(lambda: address in self.faces and self.faces[address].text == text)

    def forget(self) -> None:
        """The power failed: dark until somebody shows something."""
        with self.changed:
            self.faces.clear()


class Keypads(Broken):
    """`press` puts a key; `texts`: what each address shows; `history` all of it."""

    def __init__(self, name: str = "phim") -> None:
        super().__init__(name)
        self.keys: queue.Queue[Press] = queue.Queue()
        self.texts: dict[int, str] = {}
        self.history: list[tuple[int, str, bool]] = []

    def press(self, press: Press) -> None:
        self.keys.put(press)

    def read(self, timeout_s: float) -> Press | None:
        self.check()
        try:
            return self.keys.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def show(self, address: int, text: str, *, beep: bool = False) -> None:
        self.check(address)
        with self.changed:
            self.texts[address] = text
            self.history.append((address, text, beep))
            self.changed.notify_all()

    def until_text(self, address: int, text: str) -> None:
        self.until(lambda: self.texts.get(address) == text)

    def until_said(self, address: int, text: str) -> None:
        self.until(lambda: any(one[:2] == (address, text) for one in self.history))
