"""Each kind of display line with a way to see what is shown, so that one suite runs over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hardware.displays import DisplayLine, open_displays
from hardware.displays.fake import FakeDisplays, Fault
from hardware.displays.fake_device import FakeDisplayUnits
from hardware.lines.fake import FakeLine, FarEnd
from hardware.lines.fake_tcp import FakeTcpLine

ADDRESSES = (1, 2, 9)
COMMON = "baud=115200&refresh_s=0.5"
PROTOCOLS = {
    "ascii": ("ascii", "protocol=ascii&answer_s=0.3"),
    "modbus": ("modbus", "protocol=modbus&answer_s=0.3"),
    "modbus-blink": ("modbus", "protocol=modbus&answer_s=0.3&blink_register=144"),
    "queue": ("queue", "protocol=fixed"),
    "segments": ("segments", "protocol=fixed&frame=segments"),
    "number": ("number", "protocol=fixed&frame=number"),
    "led485": ("led485", "protocol=fixed&frame=led485"),
}
ANSWERING = ("ascii", "modbus", "modbus-blink")
BLINKING = ("ascii", "modbus-blink", "queue", "segments")


@dataclass
class Stage:
    displays: DisplayLine
    protocol: str
    units: FakeDisplayUnits | None = None
    far: FarEnd | None = None
    fake: FakeDisplays | None = None

    @property
    def answers(self) -> bool:
        return self.fake is not None or self.protocol in ANSWERING

    def sees(self, address: int, text: str) -> None:
        """Wait until the display shows `text`; a number board shows the number alone."""
        if self.units is not None:
            self.units.wait_for(address, str(int(text[1:] or "0")) if self.protocol == "number" else text)
        else:
            assert self.fake is not None
            assert self.fake.faces[address].text.replace("-", "") == text

    def blinks(self, address: int) -> bool:
        if self.units is not None:
            return self.units.units[address].blink
        assert self.fake is not None
        return self.fake.faces[address].blink

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
def real(end: Callable[[Callable[[bytes], bytes]], FarEnd], scheme: str, protocol: str) -> Iterator[Stage]:
    spoken, options = PROTOCOLS[protocol]
    units = FakeDisplayUnits(spoken, ADDRESSES)
    with end(units.feed) as far:
        displays = open_displays(f"{scheme}://{far.place}?{options}&{COMMON}", timeout_s=1.0)
        yield Stage(displays, protocol, units, far)
        displays.close()


@contextmanager
def in_memory() -> Iterator[Stage]:
    fake = open_displays("led+fake://")
    assert isinstance(fake, FakeDisplays)
    yield Stage(fake, "fake", fake=fake)


def names() -> list[str]:
    return ["fake", *(f"{kind} {protocol}" for kind in ("serial", "tcp") for protocol in PROTOCOLS)]


def stage(name: str):
    kind, _, protocol = name.partition(" ")
    if kind == "fake":
        return in_memory()
    return real(FakeLine if kind == "serial" else FakeTcpLine, f"led+{kind}", protocol)
