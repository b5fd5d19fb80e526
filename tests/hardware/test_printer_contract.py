"""What every printer has to do, the shipped fakes and the real drivers alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.health import Severity
from hardware.printers import Code, PrinterError, State
from hardware.printers.fake import Fault
from hardware.printers.render import render
from tests.hardware.slips import LONG, PLAIN
from tests.hardware.stages import ALL, WITH_DEVICE, WITH_FAULTS, Stage


@pytest.fixture(params=ALL)
def any_stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with ALL[request.param](tmp_path) as stage:
        yield stage


@pytest.fixture(params=WITH_FAULTS)
def faulty_stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with WITH_FAULTS[request.param](tmp_path) as stage:
        yield stage


@pytest.fixture(params=WITH_DEVICE)
def device_stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with WITH_DEVICE[request.param](tmp_path) as stage:
        yield stage


def same(picture, slip) -> bool:
    rendered = render(slip, 576)
    return picture.size == rendered.size and picture.tobytes() == rendered.tobytes()


def test_slips_come_out_as_rendered_and_in_order(any_stage: Stage) -> None:
    any_stage.printer.print_slip(PLAIN)
    assert same(any_stage.pictures(1)[0], PLAIN)
    any_stage.printer.print_slip(LONG)
    first, second = any_stage.pictures(2)
    assert same(first, PLAIN)
    assert same(second, LONG)


def test_printer_opens_again_after_it_was_closed(any_stage: Stage) -> None:
    any_stage.printer.close()
    any_stage.printer.print_slip(PLAIN)
    any_stage.printer.close()
    any_stage.printer.close()
    assert len(any_stage.pictures(1)) == 1


def test_healthy_printer_is_ready_or_says_nothing(any_stage: Stage) -> None:
    assert any_stage.printer.status().state in {State.READY, State.UNKNOWN}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault.PAPER_OUT, Code.PAPER_OUT),
        (Fault.COVER_OPEN, Code.COVER_OPEN),
        (Fault.CUTTER, Code.FAULT),
        (Fault.OFFLINE, Code.OFFLINE),
    ],
)
def test_a_known_fault_stops_the_slip_before_anything_is_sent(faulty_stage: Stage, fault: Fault, code: Code) -> None:
    faulty_stage.set_fault(fault, True)
    assert faulty_stage.printer.status().state == code.value
    with pytest.raises(PrinterError) as caught:
        faulty_stage.printer.print_slip(LONG)
    assert caught.value.code is code
    assert not caught.value.sent

    faulty_stage.set_fault(fault, False)
    faulty_stage.printer.print_slip(PLAIN)
    (picture,) = faulty_stage.pictures(1)
    assert same(picture, PLAIN)


def test_paper_near_its_end_is_told_but_prints(faulty_stage: Stage) -> None:
    faulty_stage.set_fault(Fault.PAPER_NEAR_END, True)
    assert faulty_stage.printer.status().state is State.PAPER_NEAR_END
    faulty_stage.printer.print_slip(PLAIN)
    assert len(faulty_stage.pictures(1)) == 1


def test_hang_gives_a_timeout_and_the_next_slip_is_whole(faulty_stage: Stage) -> None:
    faulty_stage.set_fault(Fault.HANG, True)
    with pytest.raises(PrinterError) as caught:
        faulty_stage.printer.print_slip(LONG)
    assert caught.value.code is Code.TIMEOUT
    assert caught.value.sent

    faulty_stage.set_fault(Fault.HANG, False)
    if faulty_stage.device is not None:
        # What of the broken slip was taken ends as a job of its own; the paper starts afresh after it.
        faulty_stage.device.wait_for_jobs(1)
        faulty_stage.device.jobs.clear()
    faulty_stage.printer.print_slip(PLAIN)
    (picture,) = faulty_stage.pictures(1)
    assert same(picture, PLAIN)


def test_paper_that_ends_in_the_middle_of_a_slip_may_have_come_out(faulty_stage: Stage) -> None:
    faulty_stage.set_fault(Fault.PAPER_ENDS, True)
    with pytest.raises(PrinterError) as caught:
        faulty_stage.printer.print_slip(LONG)
    assert caught.value.code is Code.PAPER_OUT
    assert caught.value.sent
    assert faulty_stage.printer.status().state is State.PAPER_OUT


@pytest.mark.parametrize(
    ("fault", "state"),
    [(Fault.MUTE, State.UNKNOWN), (Fault.LATE, State.UNKNOWN), (Fault.GARBAGE, State.GARBLED)],
)
def test_no_answer_a_late_one_and_garbage_are_never_all_well_and_it_prints(
    faulty_stage: Stage, fault: Fault, state: State
) -> None:
    faulty_stage.set_fault(fault, True)
    for _ in range(2):
        assert faulty_stage.printer.status().state in {state, State.UNKNOWN}
        assert faulty_stage.printer.health().severity is not Severity.OK
    faulty_stage.printer.print_slip(PLAIN)
    (picture,) = faulty_stage.pictures(1)
    assert same(picture, PLAIN)


def test_printer_that_hangs_from_the_start_gives_a_timeout(device_stage: Stage) -> None:
    assert device_stage.device is not None
    device_stage.device.faults.hang_after = 0
    with pytest.raises(PrinterError) as caught:
        device_stage.printer.print_slip(PLAIN)
    assert caught.value.code is Code.TIMEOUT
    assert device_stage.printer.status().state in {State.UNKNOWN, State.OFFLINE}


def test_silence_is_never_read_as_all_well(device_stage: Stage) -> None:
    assert device_stage.device is not None
    device_stage.device.faults.mute = True
    status = device_stage.printer.status()
    assert status.state is State.UNKNOWN
    assert status.online is None
    assert status.paper == "unknown"
    device_stage.printer.print_slip(PLAIN)
    (picture,) = device_stage.pictures(1)
    assert same(picture, PLAIN)


def test_printer_that_stops_answering_gets_no_slip(device_stage: Stage) -> None:
    assert device_stage.device is not None
    assert device_stage.printer.status().state is State.READY
    device_stage.device.faults.mute = True
    with pytest.raises(PrinterError) as caught:
        device_stage.printer.print_slip(PLAIN)
    assert caught.value.code is Code.TIMEOUT
    assert not caught.value.sent
    assert device_stage.device.jobs == []


def test_paper_that_ends_during_the_slip_is_an_error(device_stage: Stage) -> None:
    assert device_stage.device is not None
    device_stage.device.faults.paper_out_after = 20_000
    with pytest.raises(PrinterError) as caught:
        device_stage.printer.print_slip(PLAIN)
    assert caught.value.code is Code.PAPER_OUT
    assert caught.value.sent


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.LATE, Fault.GARBAGE])
def test_a_printer_that_answered_before_and_now_talks_nonsense_gets_no_slip(device_stage: Stage, fault: Fault) -> None:
    assert device_stage.printer.status().state is State.READY
    device_stage.set_fault(fault, True)
    with pytest.raises(PrinterError) as caught:
        device_stage.printer.print_slip(PLAIN)
    assert caught.value.code in {Code.TIMEOUT, Code.GARBLED}
    assert not caught.value.sent


def test_cutter_fault_is_named(device_stage: Stage) -> None:
    assert device_stage.device is not None
    device_stage.device.faults.cutter = True
    assert device_stage.printer.status().state is State.FAULT
    with pytest.raises(PrinterError, match="cutter") as caught:
        device_stage.printer.print_slip(PLAIN)
    assert caught.value.code is Code.FAULT


def test_half_a_picture_left_in_the_printer_does_not_swallow_the_next_slip(device_stage: Stage) -> None:
    """A printer in the middle of a picture takes commands for dots, so the driver completes the picture first."""
    assert device_stage.device is not None
    device_stage.device.faults.hang_after = 5000
    with pytest.raises(PrinterError):
        device_stage.printer.print_slip(LONG)
    device_stage.device.faults.hang_after = None
    device_stage.device.wait_for_jobs(1)
    broken = device_stage.device.jobs.pop()
    device_stage.printer.print_slip(replace(PLAIN, number="B-001"))
    (whole,) = device_stage.device.wait_for_jobs(1)
    # The row is 72 bytes; a band at most 120 rows: enough filling for any place the first one stopped at.
    filling = len(whole) - len(whole.lstrip(b"\x00"))
    assert filling == 72 * 120
    assert len(broken) >= 5000
