"""The shipped fake: what tests of other packages rely on."""

from __future__ import annotations

import pytest

from hardware.printers import Code, PrinterError, State, open_printer, warm
from hardware.printers.fake import FakePrinter, Fault
from hardware.printers.profile import Profile
from tests.hardware.escpos_reader import read
from tests.hardware.slips import LONG, PLAIN


def test_keeps_slips_and_bytes() -> None:
    printer = FakePrinter(Profile(dots=384))
    printer.print_slip(PLAIN)
    printer.print_slip(LONG)
    assert printer.slips == [PLAIN, LONG]
    assert read(printer.printed[0].data, paper_dots=384).image.width == 384


def test_fault_by_url() -> None:
    printer = open_printer("fake://?fault=paper-out")
    assert printer.status().state is State.PAPER_OUT
    with pytest.raises(PrinterError) as caught:
        printer.print_slip(PLAIN)
    assert caught.value.code is Code.PAPER_OUT


def test_every_fault_has_its_state() -> None:
    states = {}
    for fault in Fault:
        printer = FakePrinter(timeout_s=0.01)
        printer.faults.add(fault)
        states[fault] = printer.status().state
    assert states == {
        Fault.PAPER_OUT: State.PAPER_OUT,
        Fault.PAPER_NEAR_END: State.PAPER_NEAR_END,
        Fault.COVER_OPEN: State.COVER_OPEN,
        Fault.PAPER_ENDS: State.READY,
        Fault.CUTTER: State.FAULT,
        Fault.OFFLINE: State.OFFLINE,
        Fault.HANG: State.UNKNOWN,
        Fault.MUTE: State.UNKNOWN,
        Fault.LATE: State.UNKNOWN,
        Fault.GARBAGE: State.GARBLED,
    }


def test_warming_up_is_harmless_and_repeatable() -> None:
    warm()
    warm()
