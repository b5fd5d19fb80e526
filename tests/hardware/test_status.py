"""What printers answer, bit by bit, and what becomes of garbage and silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.deadline import Deadline
from hardware.printers import Code, Paper, PrinterError, PrinterStatus, State
from hardware.printers.dle_eot import ask


class ScriptedConnection:
    """Answers each query DLE EOT n with `answers[n]`."""

    two_way = True

    def __init__(self, answers: dict[int, bytes]) -> None:
        self._answers = answers
        self._pending = b""
        self.asked: list[int] = []

    def write(self, data: bytes, deadline: Deadline) -> None:
        self.asked.append(data[2])
        self._pending = self._answers.get(data[2], b"")

    def read(self, deadline: Deadline) -> bytes:
        reply, self._pending = self._pending, b""
        return reply

    def close(self, *, abort: bool = False) -> None:
        pass


def status_of(answers: dict[int, bytes]) -> PrinterStatus:
    return ask(ScriptedConnection(answers), Deadline.after(5))


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({1: b"\x16", 4: b"\x12"}, State.READY),
        ({1: b"\x12", 4: b"\x1e"}, State.PAPER_NEAR_END),
        ({1: b"\x12", 4: b"\x7e"}, State.PAPER_OUT),
        ({1: b"\x1a", 2: b"\x32", 4: b"\x12"}, State.PAPER_OUT),
        ({1: b"\x1a", 2: b"\x16", 4: b"\x12"}, State.COVER_OPEN),
        ({1: b"\x1a", 2: b"\x52", 3: b"\x1a", 4: b"\x12"}, State.FAULT),
        ({1: b"\x1a", 2: b"\x12", 4: b"\x12"}, State.OFFLINE),
        ({1: b"\x1a"}, State.OFFLINE),
        ({1: b"\x12"}, State.READY),
        ({}, State.UNKNOWN),
        ({1: b"\x00"}, State.UNKNOWN),
        ({1: b"\xff\xff"}, State.UNKNOWN),
        ({1: b"\x11\x13\x12", 4: b"\x11\x12"}, State.READY),
        ({1: b"\x14\x00\x00\x0f\x12", 4: b"\x12"}, State.READY),
    ],
)
def test_answers_are_read_as_the_command_defines_them(answers: dict[int, bytes], state: State) -> None:
    assert status_of(answers).state is state


def test_silence_about_paper_is_unknown_paper() -> None:
    assert status_of({1: b"\x12"}).paper is Paper.UNKNOWN
    assert status_of({}).paper is Paper.UNKNOWN


def test_a_well_printer_is_asked_only_twice() -> None:
    connection = ScriptedConnection({1: b"\x12", 4: b"\x12"})
    ask(connection, Deadline.after(5))
    assert connection.asked == [1, 4]


@given(st.dictionaries(st.integers(1, 4), st.binary(max_size=8)))
def test_any_answer_gives_a_state(answers: dict[int, bytes]) -> None:
    status = status_of(answers)
    assert status.state in State
    if not answers.get(1):
        assert status.state is State.UNKNOWN


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (PrinterStatus(online=False, cover_open=True, paper=Paper.OUT), Code.COVER_OPEN),
        (PrinterStatus(online=False, paper=Paper.OUT), Code.PAPER_OUT),
        (PrinterStatus(online=False, fault=True), Code.FAULT),
        (PrinterStatus(online=False), Code.OFFLINE),
    ],
)
def test_a_printer_unable_to_print_is_an_error(status: PrinterStatus, code: Code) -> None:
    with pytest.raises(PrinterError) as caught:
        status.require_ready("printer X")
    assert caught.value.code is code
    assert "printer X" in caught.value.detail


def test_ready_near_end_and_unknown_may_print() -> None:
    PrinterStatus(online=True, paper=Paper.OK).require_ready("x")
    PrinterStatus(online=True, paper=Paper.NEAR_END).require_ready("x")
    PrinterStatus().require_ready("x")


def test_bare_offline_after_the_slip_is_no_proof_of_failure() -> None:
    PrinterStatus(online=False).require_ready("x", sent=True)
