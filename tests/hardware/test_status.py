"""What printers answer, bit by bit, and what becomes of garbage and silence."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.deadline import Deadline
from hardware.printers import Code, Paper, PrinterError, PrinterStatus, State
from hardware.printers.dle_eot import Asker
from hardware.printers.escpos import EscposPrinter
from hardware.printers.profile import Profile
from tests.hardware.slips import PLAIN


class ScriptedConnection:
    """Answers each query DLE EOT n with `answers[n]`."""

    two_way = True
    remembers = True

    def __init__(self, answers: dict[int, bytes]) -> None:
        self.answers = answers
        self.pending = b""
        self.asked: list[int] = []

    def write(self, data: bytes, deadline: Deadline) -> None:
        self.asked.append(data[2])
        self.pending = self.answers.get(data[2], b"")

    def read(self, deadline: Deadline) -> bytes:
        reply, self.pending = self.pending, b""
        return reply

    def close(self, *, abort: bool = False) -> None:
        pass


def status_of(answers: dict[int, bytes]) -> PrinterStatus:
    return Asker().ask(ScriptedConnection(answers), Deadline.after(5))


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
        ({1: b"\x12"}, State.UNKNOWN),
        ({}, State.UNKNOWN),
        ({1: b"\x00"}, State.UNKNOWN),
        ({1: b"\xff\xff"}, State.GARBLED),
        ({1: b"\x12\x12", 4: b"\x12"}, State.GARBLED),
        ({1: b"\x12", 4: b"\x12\x12"}, State.GARBLED),
        ({1: b"\x55\x12\xff", 4: b"\x12"}, State.GARBLED),
        ({1: b"\x12", 4: b"\xc3\x12"}, State.GARBLED),
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
    Asker().ask(connection, Deadline.after(5))
    assert connection.asked == [1, 4]


@given(st.dictionaries(st.integers(1, 4), st.binary(max_size=8)))
def test_any_answer_gives_a_state(answers: dict[int, bytes]) -> None:
    status = status_of(answers)
    assert status.state in State
    if not answers.get(1) or not answers.get(4):
        assert status.state is not State.READY


class LatePrinter:
    """Every answer, all well, comes `late_s` seconds after its question; whoever reads in vain has waited a second."""

    two_way = True
    remembers = True

    def __init__(self, late_s: float) -> None:
        self.now = 0.0
        self._late_s = late_s
        self._due: list[float] = []

    def write(self, data: bytes, deadline: Deadline) -> None:
        self._due.append(self.now + self._late_s)

    def read(self, deadline: Deadline) -> bytes:
        if deadline.left > 0.5 and not self._arrived():
            self.now += 1.0
        came = self._arrived()
        self._due = self._due[came:]
        return b"\x12" * came

    def close(self, *, abort: bool = False) -> None:
        pass

    def _arrived(self) -> int:
        return sum(due <= self.now for due in self._due)


@given(st.floats(1.01, 10.0 - 0.01), st.lists(st.floats(0.0, 12.0), max_size=20))
def test_an_answer_to_an_earlier_question_is_never_taken_for_this_ones(late_s: float, pauses: list[float]) -> None:
    line = LatePrinter(late_s)
    asker = Asker(clock=lambda: line.now)
    for pause in pauses:
        assert asker.ask(line, Deadline.after(5)).state is State.UNKNOWN
        line.now += pause


def test_what_lies_in_the_line_is_thrown_away_before_asking() -> None:
    connection = ScriptedConnection({1: b"\x1a", 2: b"\x32", 4: b"\x7e"})
    connection.pending = b"\x12\x12garbage"
    assert Asker().ask(connection, Deadline.after(5)).state is State.PAPER_OUT


def test_a_question_that_was_never_answered_is_not_asked_again() -> None:
    connection, now = ScriptedConnection({1: b"\x12"}), [0.0]
    asker = Asker(clock=lambda: now[0])
    for _ in range(3):
        assert asker.ask(connection, Deadline.after(5)).online is True
        now[0] += 10.0
    assert connection.asked == [1, 4, 1, 1]


def test_one_that_was_answered_before_has_to_be_answered_again() -> None:
    connection, asker = ScriptedConnection({1: b"\x12", 4: b"\x12"}), Asker()
    assert asker.ask(connection, Deadline.after(5)).state is State.READY
    del connection.answers[4]
    assert asker.ask(connection, Deadline.after(5)).online is None


def test_without_a_sensor_its_bits_mean_nothing() -> None:
    answers = {1: b"\x12", 4: b"\x1e"}
    assert Asker(near_end=False).ask(ScriptedConnection(answers), Deadline.after(5)).state is State.READY


def test_a_printer_that_babbles_without_end_is_given_up() -> None:
    class Babbling(ScriptedConnection):
        def read(self, deadline: Deadline) -> bytes:
            return b"\x55" * 64

    assert Asker().ask(Babbling({}), Deadline.after(5)).state is State.GARBLED


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


class SlowLine(ScriptedConnection):
    """A link and its connection in one, that takes a ticket, or a question, only when it is let go."""

    name = "printer on a slow line"

    def __init__(self) -> None:
        super().__init__({1: b"\x12", 4: b"\x12"})
        self.held, self.go_on = threading.Event(), threading.Event()
        self.holds: Callable[[bytes], bool] = lambda data: False

    def open(self, deadline: Deadline) -> SlowLine:
        return self

    def transfer_s(self, size: int) -> float:
        return 26.0

    def write(self, data: bytes, deadline: Deadline) -> None:
        if self.holds(data):
            self.held.set()
            assert self.go_on.wait(30)
        if len(data) == 3:
            super().write(data, deadline)


@pytest.mark.parametrize("asked_first", [False, True])
def test_a_question_and_a_ticket_at_once_disturb_neither(asked_first: bool) -> None:
    line = SlowLine()
    printer = EscposPrinter(line, Profile(), 0.05)
    assert printer.status().state is State.READY
    line.holds = lambda data: (len(data) == 3) is asked_first
    began = threading.Thread(target=printer.status if asked_first else lambda: printer.print_slip(PLAIN))
    began.start()
    assert line.held.wait(30)
    if asked_first:
        threading.Timer(0.1, line.go_on.set).start()
        printer.print_slip(PLAIN)  # waits longer for its turn than one timeout
    else:
        assert printer.status().state is State.READY, "as it said last"
        line.go_on.set()
    began.join(30)
    assert printer.status().state is State.READY
