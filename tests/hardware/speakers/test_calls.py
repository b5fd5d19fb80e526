"""Who is called, by any sequence of answers: each once, in order, and nothing that is no longer news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hardware.speakers.calls import KEPT, MANY, NEWS, Announcement, Line

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def call(number: int, at: datetime = NOON) -> Announcement:
    return Announcement(number, at, f"A-{number:03}", 1)


def say_all(line: Line) -> tuple[Line, list[int]]:
    said = []
    while line.waiting:
        line = line.begin()
        assert line.current
        said.append(line.current.id)
        line = line.done()
    return line, said


def test_a_machine_that_never_called_says_nothing_of_what_is_there() -> None:
    line = Line().take([call(1), call(2)], NOON)
    assert line.waiting == ()
    assert say_all(line.take([call(1), call(2), call(3)], NOON))[1] == [3]


def test_what_was_missed_during_a_restart_is_said_while_it_is_news() -> None:
    before, _ = say_all(Line(seen=()).take([call(1)], NOON))
    again = Line(seen=before.settled)
    line = again.take([call(1), call(2), call(3, NOON + 100 * SECOND)], NOON + NEWS)
    assert say_all(line)[1] == [3]


def test_a_call_cut_off_by_a_restart_is_said_again_whole() -> None:
    line = Line(seen=()).take([call(1), call(2)], NOON).begin()
    assert say_all(Line(seen=line.settled).take([call(1), call(2)], NOON))[1] == [1, 2]


def test_a_new_database_that_counts_from_one_again_is_heard() -> None:
    line, _ = say_all(Line(seen=()).take([call(1)], NOON))
    assert say_all(line.take([call(1, NOON + SECOND)], NOON + SECOND))[1] == [1]


def test_a_call_that_was_not_heard_is_first_again_until_it_is_old() -> None:
    line = Line(seen=()).take([call(1), call(2, NOON + 60 * SECOND)], NOON + 60 * SECOND).begin()
    back = line.put_back(NOON + 61 * SECOND)
    assert [each.id for each in back.waiting] == [1, 2]
    assert [each.id for each in back.begin().put_back(NOON + NEWS).waiting] == [2]


def test_many_in_line_are_said_once_each() -> None:
    line = Line(seen=()).take([call(number) for number in range(MANY + 2)], NOON).begin()
    assert line.times(2) == 1
    assert line.done().begin().times(2) == 2


answers = st.lists(
    st.tuples(st.lists(st.integers(1, 30), max_size=8), st.integers(0, 40), st.sampled_from(["say", "fail", "none"])),
    max_size=25,
)


@given(answers)
def test_any_answers_in_any_order(steps: list[tuple[list[int], int, str]]) -> None:
    """Call n is made n * 10 s after noon. Nothing is said twice, nothing old joins, order holds within the line."""
    line, now, said = Line(seen=()), NOON, []
    for numbers, later, what in steps:
        now += later * SECOND
        already = {each.id for each in line.waiting}
        line = line.take([call(n, NOON + 10 * n * SECOND) for n in numbers], now)
        joined = [each for each in line.waiting if each.id not in already]
        assert all(now - each.at < NEWS for each in joined)
        assert [each.id for each in line.waiting] == sorted({each.id for each in line.waiting})
        if line.waiting and what != "none":
            line = line.begin()
            assert line.current
            if what == "say":
                said.append(line.current.id)
                line = line.done()
            else:
                line = line.put_back(now)
                assert all(now - each.at < NEWS for each in line.waiting)
    assert len(said) == len(set(said))
    assert not set(line.settled) & {each.key for each in line.waiting}


def test_memory_is_bounded_but_for_what_the_server_still_shows() -> None:
    line = Line(seen=())
    for number in range(KEPT * 3):
        line, _ = say_all(line.take([call(0), call(number)], NOON))
    assert line.seen is not None
    assert len(line.seen) <= KEPT
    assert call(0).key in line.seen
