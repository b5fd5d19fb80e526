"""The paper's way at its worst, with the real kiosk: paper that ends in mid-ticket, and a power cut."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from hardware.printers.fake_tcp import FakeTcpPrinter
from tests.e2e.kiosk_window import kiosk_window
from tests.e2e.printed import printed_ticket
from tests.e2e.virtual_screen import VirtualScreen
from tests.hall_server import RunningHall

BIRTH = "1.001193"
JOB_S = 120.0


def is_marked(picture: Image.Image) -> bool:
    """Whether the top of a ticket is a black bar."""
    top = picture.convert("L").crop((16, 10, picture.width - 16, 60))
    return sum(top.histogram()[:128]) > top.width * top.height / 2


def test_a_paper_that_may_be_out_and_one_after_a_power_cut_say_so(
    tmp_path: Path, hall: RunningHall, printer: FakeTcpPrinter, screen: VirtualScreen
) -> None:
    token, spool = hall.token("kiosk", "kiosk-1"), tmp_path / "spool"
    more = ("--spool", str(spool))
    with kiosk_window(screen, tmp_path, server=hall.url, token=token, printer=printer.url, more=more) as kiosk:
        # The paper ends in the middle: whoever asks again gets a marked ticket, of the same number.
        printer.device.faults.paper_out_after = 20_000
        kiosk.start("vi")
        kiosk.choose("ho-tich", BIRTH)
        first = kiosk.confirm()
        kiosk.until("the failed print", lambda shown: shown["printing"] == "failed")
        screen.picture().save(tmp_path / "paper-out.png")
        printer.device.wait_for_jobs(1, JOB_S)
        printer.device.faults.paper_out_after, printer.device.faults.paper_out = None, False
        kiosk.touch("print-again")
        kiosk.until("the printed ticket", lambda shown: shown["printing"] == "done")
        broken, again = printer.device.wait_for_jobs(2, JOB_S)
        assert not is_marked(printed_ticket(broken).picture)
        assert is_marked(printed_ticket(again).picture)
        screen.picture().save(tmp_path / "reprinted.png")
        kiosk.leave()

        # The printer stops in the middle of the next one, and the power goes.
        printer.device.faults.hang_after = 9_000
        kiosk.start("vi")
        kiosk.choose("ho-tich", BIRTH)
        before = printer.device.received
        second = kiosk.confirm()
        printer.device.wait_for_bytes(before + 9_000, JOB_S)
        kiosk.process.kill()
        kiosk.process.wait(JOB_S)
    assert first != second
    assert sorted(path.suffix for path in spool.iterdir()) == [".printed", ".started"]
    printer.device.wait_for_jobs(3, JOB_S)
    printer.device.faults.hang_after = None
    with kiosk_window(screen, tmp_path, server=hall.url, token=token, printer=printer.url, more=more):
        (last,) = printer.device.wait_for_jobs(4, JOB_S)[3:]
        assert is_marked(printed_ticket(last).picture)
    printed_ticket(last).picture.save(tmp_path / "after-the-cut.png")
