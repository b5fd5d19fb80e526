"""Each kind of printer with a way to see what came out of it, so that one suite runs over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from hardware.printers import TicketPrinter, open_printer
from hardware.printers.escpos import EscposPrinter
from hardware.printers.fake import FakePrinter, Fault
from hardware.printers.fake_device import FakeDevice
from hardware.printers.fake_pty import FakeSerialPrinter
from hardware.printers.fake_tcp import FakeTcpPrinter
from hardware.printers.fake_usb import FakeUsbBus
from hardware.printers.links.usb_bulk import UsbLink
from hardware.printers.profile import Profile
from tests.hardware.escpos_reader import read

TIMEOUT_S = 1.0
"""Short, so that a hang does not hold up the suite; long enough for a busy machine."""


@dataclass
class Stage:
    """`pictures(n)`: the pictures of the slips printed, once there are n. `device`: the simulated printer behind it."""

    printer: TicketPrinter
    pictures: Callable[[int], list[Image.Image]]
    device: FakeDevice | None = None
    fake: FakePrinter | None = None

    def set_fault(self, fault: Fault, on: bool) -> None:
        if self.fake is not None:
            (self.fake.faults.add if on else self.fake.faults.discard)(fault)
            return
        assert self.device is not None
        faults = self.device.faults
        if fault is Fault.HANG:
            # Within the first raster: the worst moment to stop.
            faults.hang_after = 5000 if on else None
        elif fault is Fault.PAPER_ENDS:
            faults.paper_out_after, faults.paper_out = (20_000, False) if on else (None, False)
        elif fault is Fault.LATE:
            faults.late_s = 1.5 * TIMEOUT_S if on else 0.0
        else:
            setattr(faults, fault.value.replace("-", "_"), on)


def device_pictures(device: FakeDevice) -> Callable[[int], list[Image.Image]]:
    return lambda count: [slip for job in device.wait_for_jobs(count) for slip in read(job).slips]


@contextmanager
def tcp(folder: Path) -> Iterator[Stage]:
    with FakeTcpPrinter() as simulated:
        printer = open_printer(simulated.url, timeout_s=TIMEOUT_S)
        yield Stage(printer, device_pictures(simulated.device), simulated.device)


@contextmanager
def serial(folder: Path) -> Iterator[Stage]:
    with FakeSerialPrinter() as simulated:
        printer = open_printer(simulated.url, timeout_s=TIMEOUT_S)
        yield Stage(printer, device_pictures(simulated.device), simulated.device)


@contextmanager
def device_file(folder: Path) -> Iterator[Stage]:
    with FakeSerialPrinter() as simulated:
        printer = open_printer(f"escpos+file://{simulated.path}", timeout_s=TIMEOUT_S)
        yield Stage(printer, device_pictures(simulated.device), simulated.device)


@contextmanager
def usb(folder: Path) -> Iterator[Stage]:
    bus = FakeUsbBus()
    printer = EscposPrinter(UsbLink(None, backend=bus), Profile(), TIMEOUT_S)
    yield Stage(printer, device_pictures(bus.device), bus.device)


@contextmanager
def plain_file(folder: Path) -> Iterator[Stage]:
    path = folder / "phiếu.bin"
    yield Stage(open_printer(f"escpos+file://{quote(str(path))}"), lambda count: list(read(path.read_bytes()).slips))


@contextmanager
def preview(folder: Path) -> Iterator[Stage]:
    def pictures(count: int) -> list[Image.Image]:
        return [Image.open(path).convert("1") for path in sorted(folder.glob("*.png"))]

    yield Stage(open_printer(f"preview://{quote(str(folder))}"), pictures)


@contextmanager
def fake(folder: Path) -> Iterator[Stage]:
    printer = open_printer("fake://", timeout_s=0.05)
    assert isinstance(printer, FakePrinter)
    yield Stage(printer, lambda count: [read(entry.data).image for entry in printer.printed], fake=printer)


ALL = {one.__name__: one for one in (tcp, serial, device_file, usb, plain_file, preview, fake)}
WITH_FAULTS = {one.__name__: one for one in (tcp, serial, device_file, usb, fake)}
WITH_DEVICE = {one.__name__: one for one in (tcp, serial, device_file, usb)}
