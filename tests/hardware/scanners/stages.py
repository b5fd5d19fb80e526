"""Each kind of scanner with a way to hold a code under it, so that one suite runs over all of them."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hardware.errors import DeviceError
from hardware.health import State
from hardware.scanners import Scanner, open_scanner
from hardware.scanners.fake import FakeScanner, Fault
from hardware.scanners.fake_camera_qr import FakeCameraScanner
from hardware.scanners.fake_device import FakeDevice, fake_hid, fake_serial, fake_tcp

WAIT_S = 10.0
"""The longest that anything is waited for; on a good day all of it comes at once."""


@dataclass
class Stage:
    scanner: Scanner
    show: Callable[[str], None]
    half: Callable[[str], None]
    slowly: Callable[[str], None]
    noise: Callable[[], None]
    unplug: Callable[[], None]
    plug: Callable[[], None]

    def read(self) -> str:
        """The next code; losses on the way are passed over."""
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            with contextlib.suppress(DeviceError):
                if (scan := self.scanner.read(0.2)) is not None:
                    return scan.text
        raise TimeoutError(f"no code within {WAIT_S} s; {self.scanner.health()}")

    def wait_for(self, *states: State) -> None:
        """Read on until the scanner's health is one of `states`; codes that come meanwhile would be a mistake."""
        end = time.monotonic() + WAIT_S
        while self.scanner.health().state not in states:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.scanner.health()}, not {states}")
            with contextlib.suppress(DeviceError):
                assert self.scanner.read(0.02) is None

    def wait_until_quiet(self) -> None:
        """Until half a code is given up: twice the gap of these stages."""
        end = time.monotonic() + 1.2
        while time.monotonic() < end:
            assert self.scanner.read(0.1) is None

    def opened(self) -> Stage:
        """The same once the scanner's line is open: before that, what is sent is lost."""
        for number in range(100):
            with contextlib.suppress(DeviceError):
                self.scanner.read(0.0)
                self.show(f"warm up {number}")
                if self.scanner.read(0.2) is not None:
                    break
        while self.scanner.read(0.1) is not None:
            pass
        return self


@contextmanager
def fake(url: str = "scanner+fake://") -> Iterator[Stage]:
    scanner = open_scanner(url)
    assert isinstance(scanner, FakeScanner | FakeCameraScanner)

    def under(fault: Fault | None) -> Callable[[str], None]:
        def show(text: str) -> None:
            scanner.fault = fault
            scanner.show(text)
            scanner.fault = None

        return show

    def unplug() -> None:
        scanner.fault = Fault.UNPLUGGED

    def plug() -> None:
        scanner.fault = None

    yield Stage(
        scanner,
        scanner.show,
        under(Fault.HALF),
        under(Fault.SLOW),
        lambda: under(Fault.GARBAGE)("noise"),
        unplug,
        plug,
    )
    scanner.close()


@contextmanager
def device(simulated: FakeDevice) -> Iterator[Stage]:
    scanner = open_scanner(f"{simulated.url}?gap_ms=600", timeout_s=2.0)
    with simulated:
        line = simulated.line
        show, half, slowly = simulated.show, simulated.show_half, simulated.show_slowly
        yield Stage(scanner, show, half, slowly, simulated.noise, line.unplug, line.plug)
        scanner.close()


ALL: dict[str, Callable[[], contextlib.AbstractContextManager[Stage]]] = {
    "fake": fake,
    "camera": lambda: fake("qr+fake://"),
    "serial": lambda: device(fake_serial()),
    "tcp": lambda: device(fake_tcp()),
    "hid": lambda: device(fake_hid()),
}
