"""Each kind of keypad line with a way to press its keys, so that one suite runs over all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hardware.errors import DeviceError
from hardware.keypads import Key, KeypadLine, Press, open_keypads
from hardware.keypads.fake import FakeKeypads, Fault
from hardware.keypads.fake_device import FakeKeypadUnits
from hardware.lines.fake import FakeLine, FarEnd
from hardware.lines.fake_tcp import FakeTcpLine

PROTOCOLS = ("ascii", "fixed", "polled")
SETTLED_S = 0.4
"""By then what was pressed before the line was opened has been thrown away."""


@dataclass
class Stage:
    keypads: KeypadLine
    units: FakeKeypadUnits | None = None
    far: FarEnd | None = None
    fake: FakeKeypads | None = None

    def press(self, address: int, key: Key) -> None:
        if self.units is not None:
            self.units.press(address, key)
        else:
            assert self.fake is not None
            self.fake.press(address, key)

    def transfer(self, address: int, counter: int) -> None:
        if self.units is not None:
            self.units.type(address, str(counter))
            self.units.press(address, Key.TRANSFER)
        else:
            assert self.fake is not None
            self.fake.press(address, Key.TRANSFER, counter)

    def reads(self, timeout_s: float = 5.0) -> Press | None:
        """The next press, however the line is meanwhile."""
        ends = time.monotonic() + timeout_s
        while time.monotonic() < ends:
            try:
                press = self.keypads.read(min(0.2, timeout_s))
            except DeviceError:
                continue
            if press is not None:
                return press
        return None

    def sees(self, address: int, text: str) -> None:
        if self.units is not None:
            self.units.wait_for_text(address, text)
        else:
            assert self.fake is not None
            assert self.fake.shown[address].text == text

    def beeps(self, address: int) -> int:
        if self.units is not None:
            return self.units.units[address].beeps
        assert self.fake is not None
        return int(self.fake.shown[address].beep)

    def lose(self) -> None:
        if self.far is not None:
            self.far.unplug()
        else:
            assert self.fake is not None
            self.fake.faults.add(Fault.OFFLINE)

    def bring_back(self) -> None:
        if self.far is not None:
            self.far.plug()
        else:
            assert self.fake is not None
            self.fake.faults.discard(Fault.OFFLINE)


@contextmanager
def real(kind: str, protocol: str, *, releases: bool = True, options: str = "") -> Iterator[Stage]:
    units = FakeKeypadUnits(protocol, (1, 2, 3), releases=releases)
    with (FakeLine if kind == "serial" else FakeTcpLine)(units.feed) as far:
        units.send = far.send
        url = f"keypad+{kind}://{far.place}?protocol={protocol}&addresses=1-3&baud=115200&poll_ms=20{options}"
        keypads = open_keypads(url, timeout_s=1.0)
        assert keypads.read(SETTLED_S) is None
        if protocol == "polled":  # each keypad from its first answer on, which a busy machine brings late
            units.wait_for(lambda: all(unit.asked for unit in units.units.values()))
            assert keypads.read(SETTLED_S) is None
        yield Stage(keypads, units, far)
        keypads.close()


@contextmanager
def in_memory() -> Iterator[Stage]:
    fake = open_keypads("keypad+fake://")
    assert isinstance(fake, FakeKeypads)
    yield Stage(fake, fake=fake)


def names() -> list[str]:
    return ["fake", *real_names()]


def real_names() -> list[str]:
    return [f"{kind} {protocol}" for kind in ("serial", "tcp") for protocol in PROTOCOLS]


def stage(name: str):
    return in_memory() if name == "fake" else real(*name.split(" "))
