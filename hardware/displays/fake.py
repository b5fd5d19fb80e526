"""Counter displays that exist in memory only, with faults that can be switched on: for tests and demonstrations."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from enum import StrEnum

from hardware.address import Address
from hardware.displays.protocol import Face
from hardware.errors import Code, DeviceError
from hardware.health import Health, State


class Fault(StrEnum):
    """OFFLINE: the line is gone; TIMEOUT: the displays answer no longer; GARBLED: they answer nonsense; MUTE: they
    never answer, as many do."""

    OFFLINE = "offline"
    TIMEOUT = "timeout"
    GARBLED = "garbled"
    MUTE = "mute"


class FakeDisplays:
    """`faces`: what each address shows now; `shown`: all calls so far; `changed` is notified of each."""

    def __init__(self, name: str = "fake displays", faults: set[Fault] | None = None) -> None:
        self.name = name
        self.faults = faults or set()
        self.faces: dict[int, Face] = {}
        self.shown: list[tuple[int, Face]] = []
        self.addresses: Sequence[int] = range(1000)
        self.changed = threading.Condition()

    def show(self, address: int, face: Face) -> None:
        if Fault.OFFLINE in self.faults:
            raise DeviceError(Code.OFFLINE, f"{self.name} was lost")
        if Fault.TIMEOUT in self.faults:
            raise DeviceError(Code.TIMEOUT, f"{self.name}: no answer from display {address}")
        with self.changed:
            self.faces[address] = face
            self.shown.append((address, face))
            self.changed.notify_all()

    def health(self) -> Health:
        for fault in (Fault.OFFLINE, Fault.TIMEOUT, Fault.GARBLED):
            if fault in self.faults:
                return Health(State(fault.value), f"{self.name}: {fault.value}")
        if Fault.MUTE in self.faults or not self.shown:
            return Health(State.UNKNOWN, f"{self.name} have not answered")
        return Health(State.READY, f"{self.name} answer")

    def health_of(self, address: int) -> Health:
        line = self.health()
        if line.state is State.READY and address not in self.faces:
            return Health(State.UNKNOWN, f"{self.name}: nothing has been shown on display {address} yet")
        return line

    def close(self) -> None:
        """There is nothing to let go of."""


def open_displays(address: Address, timeout_s: float) -> FakeDisplays:
    address.only("fault")
    if address.path not in {"", "/"}:
        raise address.bad("a fake has no path")
    faults = {Fault(address.choice("fault", list(Fault), ""))} if address.has("fault") else set()
    return FakeDisplays(address.host or "fake displays", faults)
