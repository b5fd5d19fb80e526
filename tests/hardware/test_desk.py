"""One paper for one ticket: several printers, a spool that may fail, and a mark on every paper that may be a second."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hardware.health import Health, State
from hardware.printers import Code, DeviceError, PrinterError, Slip
from hardware.printers.bay import Bay
from hardware.printers.desk import Desk
from hardware.printers.fake import FakePrinter, Fault
from hardware.printers.spool import FRESH, Spool, Stage
from hardware.printers.status import PrinterStatus
from tests.hardware.slips import PLAIN

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
URLS = ("fake://", "fake://?width=58")


class Hall:
    """Two fake printers and a folder; `desk()` is a kiosk's start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "spool"
        self.now = NOON
        self.boot = "monday"
        self.printers = {url: FakePrinter(timeout_s=0.01) for url in URLS}
        self.first, self.second = self.printers.values()

    def spool(self) -> Spool:
        return Spool(self.folder, now=lambda: self.now, boot=self.boot)

    def desk(self, *urls: str, spool: Spool | None = None) -> Desk:
        return Desk(urls or URLS[:1], spool or self.spool(), lambda url: self.printers[url])

    def came_out(self, printer: FakePrinter) -> list[bool]:
        """For each paper: is it marked as a reprint?"""
        return [slip.reprint is not None for slip in printer.slips]


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


def test_a_printer_asked_before_a_ticket_is_not_well_when_the_ticket_failed() -> None:
    printer = FakePrinter(timeout_s=0.01)
    bay = Bay("fake://", lambda url: printer)

    def answered_late() -> Health:
        """It said that it was well; then its paper ended, before anybody had noted down what it said."""
        printer.faults.add(Fault.PAPER_OUT)
        with pytest.raises(PrinterError):
            bay.print_slip(PLAIN)
        return Health(State.READY)

    printer.health = answered_late  # type: ignore[method-assign]
    assert bay.check().state is State.PAPER_OUT
    assert bay.failed


def test_a_ticket_is_printed_once_and_again_only_with_the_mark(hall: Hall) -> None:
    desk = hall.desk()
    desk.print_job("k-1", PLAIN)
    assert hall.first.slips == [PLAIN]
    desk.print_job("k-1", PLAIN, "en")
    assert hall.first.slips[1] == replace(
        PLAIN, reprint="REPRINT", reprint_note="Same number as on the first ticket; only one place in the queue"
    )
    hall.desk().print_job("k-1", PLAIN)
    assert hall.first.slips[2].reprint == "IN LẠI", "the next run knows it too"


def test_what_was_not_sent_is_printed_without_a_mark_when_there_is_paper(hall: Hall) -> None:
    desk = hall.desk()
    hall.first.faults.add(Fault.PAPER_OUT)
    with pytest.raises(PrinterError) as caught:
        desk.print_job("k-1", PLAIN)
    assert (caught.value.code, caught.value.sent) == (Code.PAPER_OUT, False)
    assert hall.spool().stage("k-1") is Stage.WAITING
    hall.first.faults.clear()
    desk.print_job("k-1", PLAIN)
    assert hall.came_out(hall.first) == [False]


def test_what_may_have_come_out_is_marked(hall: Hall) -> None:
    desk = hall.desk()
    hall.first.faults.add(Fault.PAPER_ENDS)
    with pytest.raises(PrinterError) as caught:
        desk.print_job("k-1", PLAIN)
    assert caught.value.sent
    hall.first.faults.clear()
    desk.print_job("k-1", PLAIN)
    assert hall.came_out(hall.first) == [True]


def test_the_second_printer_takes_over_and_the_first_is_used_again(hall: Hall) -> None:
    desk = hall.desk(*URLS)
    hall.first.faults.add(Fault.COVER_OPEN)
    desk.print_job("k-1", PLAIN)
    assert hall.came_out(hall.second) == [False]
    assert [health.state for health in desk.health] == [State.COVER_OPEN, State.UNKNOWN]
    assert [health.state for health in desk.check()] == [State.COVER_OPEN, State.READY]
    hall.first.faults.clear()
    assert [health.state for health in desk.check()] == [State.READY, State.READY]
    desk.print_job("k-2", PLAIN)
    assert hall.came_out(hall.first) == [False]


def test_a_printer_known_to_be_out_of_order_keeps_nobody_waiting(hall: Hall) -> None:
    desk = hall.desk(*URLS)
    hall.first.faults.add(Fault.HANG)
    desk.print_job("k-1", PLAIN)
    assert hall.came_out(hall.second) == [True], "paper may be out of the first"
    hall.first.faults.clear()
    desk.print_job("k-2", PLAIN)
    assert hall.came_out(hall.second) == [True, False], "the first is asked between the tickets, not by them"


def test_a_printer_busy_with_a_long_ticket_is_not_out_of_order(hall: Hall) -> None:
    begun, ended = threading.Event(), threading.Event()

    class Slow(FakePrinter):
        def print_slip(self, slip: Slip) -> None:
            begun.set()
            assert ended.wait(30)
            super().print_slip(slip)

        def status(self) -> PrinterStatus:
            return PrinterStatus(online=False, detail="busy") if begun.is_set() > ended.is_set() else super().status()

    hall.printers[URLS[0]] = slow = Slow()
    desk = hall.desk(*URLS)
    desk.check()
    ticket = threading.Thread(target=lambda: desk.print_job("k-1", PLAIN))
    ticket.start()
    assert begun.wait(30)
    assert desk.check()[0].state is State.READY
    ended.set()
    ticket.join(30)
    desk.print_job("k-2", PLAIN)
    assert (len(slow.slips), len(hall.second.slips)) == (2, 0), "the next ticket goes to the first one, too"


def test_when_no_printer_can_the_first_ones_reason_is_told(hall: Hall) -> None:
    desk = hall.desk(*URLS)
    hall.first.faults.add(Fault.PAPER_OUT)
    hall.second.faults.add(Fault.HANG)
    with pytest.raises(DeviceError) as caught:
        desk.print_job("k-1", PLAIN)
    assert caught.value.code is Code.PAPER_OUT
    assert isinstance(caught.value, PrinterError)
    assert caught.value.sent, "the second may have printed"


def test_a_driver_that_fails_in_its_own_way_counts_as_a_fault(hall: Hall) -> None:
    class Broken(FakePrinter):
        def print_slip(self, slip: Slip) -> None:
            raise RuntimeError("a library's own")

    hall.printers[URLS[0]] = Broken()
    desk = hall.desk(*URLS)
    desk.print_job("k-1", PLAIN)
    assert desk.health[0].state is State.DEVICE_FAULT
    assert hall.came_out(hall.second) == [True]


def test_a_mute_printer_keeps_the_failure_of_its_last_ticket(hall: Hall) -> None:
    desk = hall.desk()
    hall.first.faults.add(Fault.HANG)
    with pytest.raises(PrinterError):
        desk.print_job("k-1", PLAIN)
    hall.first.faults = {Fault.MUTE}
    assert desk.check()[0].state is State.TIMEOUT
    desk.print_job("k-2", PLAIN)
    assert desk.check()[0].state is State.UNKNOWN


def test_after_a_restart_a_fresh_ticket_comes_by_itself(hall: Hall) -> None:
    spool = hall.spool()
    spool.add("k-1", PLAIN)
    spool.add("k-2", replace(PLAIN, number="A-026"))
    spool.move("k-2", Stage.WAITING, Stage.STARTED)
    spool.add("k-3", PLAIN)
    spool.move("k-3", Stage.WAITING, Stage.PRINTED)
    desk = hall.desk()
    assert desk.resume() == 2
    assert [(slip.number, slip.reprint) for slip in hall.first.slips] == [("A-025", None), ("A-026", "IN LẠI")]
    assert desk.resume() == 0


def test_it_waits_for_the_printer_but_not_for_long(hall: Hall) -> None:
    hall.spool().add("k-1", PLAIN)
    desk = hall.desk()
    hall.first.faults.add(Fault.OFFLINE)
    assert desk.resume() == 0
    hall.first.faults.clear()
    assert desk.resume() == 1
    assert hall.came_out(hall.first) == [False]

    hall.spool().add("k-2", PLAIN)
    desk = hall.desk()
    hall.now += FRESH + timedelta(seconds=1)
    assert desk.resume() == 0
    assert [(job.key, stage) for job, stage in desk.jobs()] == [("k-1", Stage.PRINTED), ("k-2", Stage.WAITING)]


@pytest.mark.parametrize(
    ("slept", "printed"), [(timedelta(minutes=2), 1), (timedelta(hours=16), 0), (timedelta(hours=-16), 0)]
)
def test_after_another_start_of_the_machine_only_the_servers_clock_counts(
    hall: Hall, slept: timedelta, printed: int
) -> None:
    """Without a battery the machine's own stands where it stood."""
    hall.spool().add("k-1", PLAIN)
    hall.boot = "tuesday"
    desk = hall.desk()
    assert desk.resume() == 0, "nobody knows yet"
    assert desk.resume(NOON + slept) == printed
    assert hall.came_out(hall.first) == [False] * printed
    assert desk.resume(NOON) == 0, "it was judged once"


def test_a_ticket_that_failed_in_this_run_does_not_come_by_itself(hall: Hall) -> None:
    desk = hall.desk()
    hall.first.faults.add(Fault.PAPER_OUT)
    with pytest.raises(PrinterError):
        desk.print_job("k-1", PLAIN)
    hall.first.faults.clear()
    assert desk.resume() == 0, "whoever stood there has left with the number on the screen"


def test_the_clerks_reprint_is_seen_by_the_kiosk(hall: Hall) -> None:
    kiosk = hall.desk()
    hall.first.faults.add(Fault.PAPER_OUT)
    with pytest.raises(PrinterError):
        kiosk.print_job("k-1", PLAIN)
    hall.first.faults.clear()
    Desk(URLS[1:], hall.spool(), lambda url: hall.printers[url], shared=True).print_job("k-1", PLAIN)
    kiosk.print_job("k-1", PLAIN)
    assert (hall.came_out(hall.second), hall.came_out(hall.first)) == ([False], [True])


class FailingSpool(Spool):
    """A disk that is full or read-only: the steps named in `broken` fail, before or after they took effect."""

    broken: frozenset[str] = frozenset()
    late = False

    def add(self, key: str, slip: Slip, language: str = "vi") -> Stage:
        self._fail("add", early=True)
        stage = super().add(key, slip, language)
        self._fail("add", early=False)
        return stage

    def move(self, key: str, before: Stage, after: Stage) -> bool:
        self._fail("move", early=True)
        moved = super().move(key, before, after)
        self._fail("move", early=False)
        return moved

    def drop(self, key: str) -> None:
        self._fail("drop", early=True)
        super().drop(key)

    def _fail(self, step: str, *, early: bool) -> None:
        if step in self.broken and early is not self.late:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


BROKEN = [{"add"}, {"move"}, {"move", "drop"}, {"add", "move", "drop"}]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("broken", BROKEN)
def test_without_a_disk_tickets_are_printed_and_the_state_says_so(hall: Hall, broken: set[str], late: bool) -> None:
    spool = FailingSpool(hall.folder, now=lambda: hall.now)
    desk = hall.desk(spool=spool)
    spool.broken, spool.late = frozenset(broken), late
    desk.print_job("k-1", PLAIN)
    assert desk.spool_health.state is State.CANNOT_WRITE
    assert desk.spool_health.detail == "spool: No space left on device"
    desk.print_job("k-1", PLAIN)
    spool.broken = frozenset()
    desk.print_job("k-1", PLAIN)
    assert hall.came_out(hall.first) == [False, True, True]
    desk.print_job("k-2", PLAIN)
    assert desk.spool_health.state is State.READY
    desk.tidy()
    hall.desk().resume()
    assert hall.came_out(hall.first) == [False, True, True, False], "nothing is left over that would come again"


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("broken", [{"move"}, {"move", "drop"}])
def test_what_cannot_be_marked_as_begun_is_not_printed_by_itself(hall: Hall, broken: set[str], late: bool) -> None:
    spool = FailingSpool(hall.folder, now=lambda: hall.now)
    spool.add("k-1", PLAIN)
    desk = hall.desk(spool=spool)
    spool.broken, spool.late = frozenset(broken), late
    assert desk.resume() == 0
    assert hall.first.slips == []
    assert desk.spool_health.state is State.CANNOT_WRITE


def test_a_spool_below_a_file_or_unreadable_stops_nothing(hall: Hall, tmp_path: Path) -> None:
    hall.folder.write_text("not a folder")
    desk = hall.desk()
    assert desk.resume() == 0
    desk.print_job("k-1", PLAIN)
    desk.tidy()
    assert hall.came_out(hall.first) == [False]
    assert desk.spool_health.state is State.CANNOT_WRITE


def test_without_a_spool_the_run_itself_remembers(hall: Hall) -> None:
    desk = Desk(URLS[:1], None, lambda url: hall.printers[url])
    desk.print_job("k-1", PLAIN)
    desk.print_job("k-1", PLAIN)
    assert hall.came_out(hall.first) == [False, True]
    assert (desk.jobs(), desk.resume(), desk.spool_health.state) == ([], 0, State.READY)


def test_a_wrong_url_is_this_printers_state_and_the_next_one_prints(hall: Hall, tmp_path: Path) -> None:
    desk = Desk(("nonsense://", f"preview://{tmp_path / 'out'}"), hall.spool())
    desk.print_job("k-1", PLAIN)
    assert [health.state for health in desk.check()] == [State.BAD_URL, State.READY]
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_the_order_of_steps_survives_a_power_cut(hall: Hall, tmp_path: Path) -> None:
    """Written and synced before it has its name, named before it begins, begun on the disk before anything is sent."""
    steps: list[str] = []
    hall.first.print_slip = lambda slip: steps.append("paper")  # type: ignore[method-assign]
    with traced(steps.append):
        hall.desk().print_job("k-1", PLAIN)
    disk = [step for step in steps if step in {"fsync", "rename", "paper"}]
    assert disk == ["fsync", "rename", "fsync", "rename", "fsync", "paper", "rename", "fsync"]


@contextmanager
def traced(note: Callable[[str], None]) -> Iterator[None]:
    """Each call of the operating system by its name, as Python makes it."""

    def saw(frame: object, event: str, called: object) -> None:
        if event == "c_call" and getattr(called, "__module__", "") == "posix":
            note(called.__name__)  # type: ignore[attr-defined]

    sys.setprofile(saw)
    try:
        yield
    finally:
        sys.setprofile(None)
