"""Who is shown again, and when; how the line is by what its displays answered. Time is an argument."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware.displays.codec import Answers, Reply
from hardware.displays.protocol import Face
from hardware.displays.roll import Roll
from hardware.health import State

FACE = Face("A-001")


def roll(answers: Answers, *addresses: int) -> Roll:
    made = Roll(answers, 5.0)
    for address in addresses:
        made.put(address, FACE)
    return made


def test_every_face_is_shown_again_after_its_time_and_at_once_after_the_line_was_opened() -> None:
    some = roll(Answers.SOME, 2, 1)
    assert some.due(0.0) == [1, 2]
    some.sent(1, Reply.TAKEN, 0.0)
    some.sent(2, Reply.TAKEN, 1.0)
    some.reopened(0)
    assert some.due(4.9) == []
    assert some.next_s(4.0) == 1.0
    assert some.due(5.0) == [1]
    some.reopened(1)
    assert some.due(1.0) == [1, 2]


def test_the_dead_are_asked_last_and_still_once_a_round() -> None:
    some = roll(Answers.SOME, 1, 2, 3)
    for now, reply in ((0.0, Reply.TAKEN), (5.0, Reply.NOTHING), (10.0, Reply.NOTHING)):
        some.sent(1, reply, now)
        some.sent(2, Reply.TAKEN, now)
        some.sent(3, Reply.TAKEN, now)
    assert some.dead(1)
    assert some.due(15.0) == [2, 3, 1]
    assert some.health().state is State.TIMEOUT
    assert "display 1;" in some.health().detail
    assert [some.health_of(each).state for each in (1, 2, 4)] == [State.TIMEOUT, State.READY, State.UNKNOWN]
    some.sent(1, Reply.TAKEN, 15.0)
    assert some.health().state is State.READY


def test_silence_is_never_ready() -> None:
    some, never, always = (roll(answers, 1) for answers in (Answers.SOME, Answers.NEVER, Answers.ALWAYS))
    for time in range(5):
        some.sent(1, Reply.NOTHING, time)
        never.sent(1, Reply.UNASKED, time)
        always.sent(1, Reply.NOTHING, time)
    assert some.mute(1)
    assert not never.mute(1)
    assert not always.mute(1)
    assert some.health().state is State.UNKNOWN
    assert never.health().state is State.UNKNOWN
    assert always.health().state is State.TIMEOUT
    assert roll(Answers.SOME).health().state is State.UNKNOWN


def test_nonsense_and_refusals() -> None:
    some = roll(Answers.ALWAYS, 1, 2)
    some.sent(1, Reply.TAKEN, 0.0)
    some.sent(2, Reply.NONSENSE, 0.0)
    assert some.health().state is State.UNKNOWN, "once is noise"
    some.sent(2, Reply.NONSENSE, 1.0)
    assert some.health().state is State.GARBLED
    assert [some.health_of(each).state for each in (1, 2)] == [State.READY, State.GARBLED]
    some.sent(2, Reply.REFUSED, 2.0)
    assert some.health().state is State.DEVICE_FAULT
    assert [some.health_of(each).state for each in (1, 2)] == [State.READY, State.DEVICE_FAULT]


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(list(Reply)), st.floats(0, 2)), max_size=60))
def test_nobody_is_forgotten_whatever_the_answers(steps: list[tuple[int, Reply, float]]) -> None:
    made, now, sent = roll(Answers.ALWAYS, 1, 2, 3, 4), 0.0, dict.fromkeys((1, 2, 3, 4), -5.0)
    for address, reply, pause in steps:
        now += pause
        made.sent(address, reply, now)
        sent[address] = now
        assert set(made.due(now)) == {each for each, at in sent.items() if at + 5.0 - now <= 0}
        if all(each is Reply.NOTHING for _, each, _ in steps):
            assert made.health().state is not State.READY
