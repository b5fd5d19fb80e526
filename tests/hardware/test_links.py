"""What only one kind of connection can do wrong."""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.printers import Code, PrinterError, State, open_printer
from hardware.printers.escpos import EscposPrinter
from hardware.printers.fake_pty import FakeSerialPrinter
from hardware.printers.fake_tcp import FakeTcpPrinter
from hardware.printers.fake_usb import PRODUCT, VENDOR, FakeUsbBus
from hardware.printers.links.device_file import FileLink
from hardware.printers.links.usb_bulk import UsbLink
from hardware.printers.profile import Profile
from tests.hardware.escpos_reader import read
from tests.hardware.slips import PLAIN


def refusal(printer: EscposPrinter) -> PrinterError:
    with pytest.raises(PrinterError) as caught:
        printer.print_slip(PLAIN)
    return caught.value


def test_network_printer_switched_off_and_on_again_is_found() -> None:
    with FakeTcpPrinter() as simulated:
        printer = open_printer(simulated.url, timeout_s=1)
        simulated.refuse()
        error = refusal(printer)
        assert error.code is Code.OFFLINE
        assert not error.sent
        assert printer.status().state is State.OFFLINE
        simulated.listen()
        printer.print_slip(PLAIN)
        assert len(simulated.device.wait_for_jobs(1)) == 1


def test_network_printer_that_takes_no_connection_times_out() -> None:
    """A full queue of connections swallows new ones silently, as does a firewall."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        at = server.getsockname()
        waiting = []
        for _ in range(3):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(at)
            waiting.append(one)
        error = refusal(open_printer(f"escpos+tcp://127.0.0.1:{at[1]}", timeout_s=0.3))
        for one in waiting:
            one.close()
    assert error.code is Code.TIMEOUT
    assert not error.sent


@pytest.mark.parametrize(
    ("option", "holds", "caught"),
    [("?status=no", 2048, True), ("?status=no", 1_000_000, False), ("?status=yes", 1_000_000, True)],
)
def test_network_printer_that_never_reads(option: str, holds: int, caught: bool) -> None:
    """What its machine acknowledges counts as taken: only less room than a ticket needs, or its answers, tell."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, holds)
        server.bind(("127.0.0.1", 0))
        server.listen()
        printer = open_printer(f"escpos+tcp://127.0.0.1:{server.getsockname()[1]}{option}", timeout_s=0.3)
        if caught:
            assert refusal(printer).code is Code.TIMEOUT
        else:
            printer.print_slip(PLAIN)


def test_network_printer_that_hangs_up_is_offline_and_not_all_well() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        hang_up = threading.Thread(target=lambda: [server.accept()[0].close() for _ in range(2)], daemon=True)
        hang_up.start()
        printer = open_printer(f"escpos+tcp://127.0.0.1:{server.getsockname()[1]}", timeout_s=1)
        assert printer.status().state is State.OFFLINE
        assert refusal(printer).code is Code.OFFLINE
        hang_up.join(5)


def test_name_that_does_not_exist_is_offline() -> None:
    assert refusal(open_printer("escpos+tcp://printer.invalid", timeout_s=2)).code in {Code.OFFLINE, Code.TIMEOUT}


def test_name_is_looked_up() -> None:
    with FakeTcpPrinter() as simulated:
        open_printer(f"escpos+tcp://localhost:{simulated.port}", timeout_s=2).print_slip(PLAIN)
        assert len(simulated.device.wait_for_jobs(1)) == 1


def test_two_threads_share_one_printer() -> None:
    with FakeTcpPrinter() as simulated:
        printer = open_printer(simulated.url, timeout_s=5)
        threads = [
            threading.Thread(target=printer.print_slip, args=(replace(PLAIN, number=f"A-{n:03}"),)) for n in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        jobs = simulated.device.wait_for_jobs(4)
    assert [len(read(job).slips) for job in jobs] == [1, 1, 1, 1]


def test_paper_width_and_cut_of_the_url_reach_the_printer() -> None:
    with FakeTcpPrinter() as simulated:
        open_printer(f"{simulated.url}?width=58&cut=partial&feed=2").print_slip(PLAIN)
        (job,) = simulated.device.wait_for_jobs(1)
    paper = read(job, paper_dots=384)
    assert paper.image.width == 384
    assert paper.cuts == ("partial",)
    assert paper.feeds == (2,)


@pytest.mark.parametrize("kind", ["escpos+serial", "escpos+file"])
def test_device_unplugged_is_offline_and_found_when_plugged_in(kind: str, tmp_path: Path) -> None:
    with FakeSerialPrinter() as simulated:
        name = tmp_path / "printer"
        name.symlink_to("/dev/no-such-printer")
        printer = open_printer(f"{kind}://{name}", timeout_s=1)
        if kind == "escpos+serial":
            assert refusal(printer).code is Code.OFFLINE
        name.unlink()
        name.symlink_to(simulated.path)
        printer.print_slip(PLAIN)
        assert len(simulated.device.wait_for_jobs(1)) == 1


def test_missing_device_does_not_become_a_plain_file() -> None:
    printer = open_printer("escpos+file:///dev/usb-no-such-printer")
    assert refusal(printer).code is Code.OFFLINE
    assert printer.status().state is State.OFFLINE
    assert not os.path.exists("/dev/usb-no-such-printer")


def test_folder_in_place_of_a_device_is_an_error(tmp_path: Path) -> None:
    assert refusal(open_printer(f"escpos+file://{tmp_path}")).code is Code.OFFLINE


def test_full_disk_and_paper_out_are_told_apart(tmp_path: Path) -> None:
    """/dev/full answers every write with "no space", as the kernel's printer driver does without paper."""
    printer = EscposPrinter(FileLink("/dev/full"), Profile(), 0.2)
    assert refusal(printer).code is Code.PAPER_OUT


def test_pipe_that_nobody_reads_times_out(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        printer = EscposPrinter(FileLink(str(pipe)), Profile(dots=1280), 0.2)
        assert refusal(printer).code is Code.TIMEOUT
    finally:
        os.close(reader)


def test_usb_printer_by_its_ids_and_by_its_class() -> None:
    bus = FakeUsbBus()
    for ids in ((VENDOR, PRODUCT), None):
        EscposPrinter(UsbLink(ids, backend=bus), Profile(), 1).print_slip(PLAIN)
    assert len(bus.device.wait_for_jobs(2)) == 2
    other = EscposPrinter(UsbLink((1, 2), backend=bus), Profile(), 1)
    assert refusal(other).code is Code.OFFLINE


def test_usb_printer_unplugged_then_forbidden_then_well() -> None:
    bus = FakeUsbBus()
    printer = EscposPrinter(UsbLink(None, backend=bus), Profile(), 1)
    bus.plugged = False
    assert refusal(printer).code is Code.OFFLINE
    bus.plugged, bus.permitted = True, False
    assert refusal(printer).code is Code.NOT_PERMITTED
    bus.permitted = True
    printer.print_slip(PLAIN)
    assert len(bus.device.wait_for_jobs(1)) == 1
