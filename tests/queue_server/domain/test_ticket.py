"""Every verb in every state: either allowed, with the right outcome, or a named refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from queue_server.domain.calendar import Hours, Session
from queue_server.domain.errors import AlreadyRated, HallError, IllegalTransition, PriorityUnchanged, TransferNowhere
from queue_server.domain.ids import CounterId
from queue_server.domain.ticket import (
    AT_COUNTER,
    ENDED,
    STATE_NAMES,
    VERBS,
    EventKind,
    Ticket,
    TicketEvent,
    TicketState,
    Transition,
    apply,
    issue,
    replay,
)
from tests.queue_server.small_hall import BIRTH, CLERK, COPY, DAY, ELDERLY, HOME, KIOSK, NINE, SMALL_HALL, ticket

S = TicketState
LATER = NINE + timedelta(minutes=5)
COUNTER = CounterId(2)


def in_state(state: TicketState) -> Ticket:
    """A ticket that came into `state` by transitions, as in a real hall."""
    new, _ = issue(ticket().id, "B-001", DAY, COPY, NINE, KIOSK)
    called, _ = new.call(COUNTER, NINE, CLERK, waited_s=0)
    serving, _ = called.start(NINE, CLERK)
    return {
        S.WAITING: new,
        S.CALLED: called,
        S.SERVING: serving,
        S.FINISHED: serving.finish(NINE, CLERK)[0],
        S.NO_SHOW: called.no_show(NINE, CLERK)[0],
        S.PARKED: serving.park(NINE, CLERK)[0],
        S.CANCELLED: new.cancel(NINE, CLERK)[0],
    }[state]


DO: dict[str, Callable[[Ticket], Transition]] = {
    "call": lambda t: t.call(COUNTER, LATER, CLERK, waited_s=300),
    "recall": lambda t: t.recall(LATER, CLERK),
    "start": lambda t: t.start(LATER, CLERK),
    "finish": lambda t: t.finish(LATER, CLERK),
    "no-show": lambda t: t.no_show(LATER, CLERK),
    "park": lambda t: t.park(LATER, CLERK),
    "resume": lambda t: t.resume(LATER, CLERK, aside_s=300),
    "transfer": lambda t: t.transfer(LATER, CLERK, service=HOME),
    "cancel": lambda t: t.cancel(LATER, CLERK),
    "priority": lambda t: t.set_priority(ELDERLY, LATER, CLERK, "card seen"),
    "rate": lambda t: t.rate("good", LATER, CLERK),
}
TABLE: dict[str, dict[TicketState, TicketState]] = {
    "call": {S.WAITING: S.CALLED},
    "recall": {S.CALLED: S.CALLED},
    "start": {S.CALLED: S.SERVING},
    "finish": {S.SERVING: S.FINISHED},
    "no-show": {S.CALLED: S.NO_SHOW},
    "park": {S.CALLED: S.PARKED, S.SERVING: S.PARKED},
    "resume": {S.PARKED: S.WAITING, S.NO_SHOW: S.WAITING},
    "transfer": dict.fromkeys((S.WAITING, S.CALLED, S.SERVING, S.PARKED), S.WAITING),
    "cancel": dict.fromkeys((S.WAITING, S.CALLED, S.PARKED, S.NO_SHOW), S.CANCELLED),
    "priority": {state: state for state in (S.WAITING, S.CALLED, S.SERVING, S.PARKED, S.NO_SHOW)},
    "rate": {S.FINISHED: S.FINISHED},
}


def test_the_table_and_the_words_cover_every_verb_and_state() -> None:
    assert set(DO) == set(TABLE) == set(VERBS)
    assert set(STATE_NAMES) == set(TicketState)


@pytest.mark.parametrize("state", list(TicketState))
@pytest.mark.parametrize("verb", sorted(DO))
def test_every_verb_in_every_state_is_in_the_table_or_an_illegal_transition(verb: str, state: TicketState) -> None:
    before = in_state(state)
    expected = TABLE[verb].get(state)
    if expected is None:
        with pytest.raises(IllegalTransition) as refusal:
            DO[verb](before)
        assert refusal.value.params == {"number": "B-001", "state": state, "verb": verb}
        return
    after, event = DO[verb](before)
    assert after.state is expected
    assert (event.at, event.by) == (LATER, CLERK)
    assert (after.counter is not None) == (after.state in AT_COUNTER or after.state is S.FINISHED)
    assert after.queued_at == before.queued_at
    assert (after.id, after.number, after.day, after.issued_at) == (before.id, "B-001", DAY, NINE)
    assert (after.aside_since is not None) == (after.state in (S.PARKED, S.NO_SHOW))
    assert apply(before, event) == after


@pytest.mark.parametrize("state", sorted(ENDED))
def test_nothing_leads_back_from_an_ended_ticket(state: TicketState) -> None:
    for verb, do in DO.items():
        if verb == "rate" and state is S.FINISHED:
            continue
        with pytest.raises(IllegalTransition):
            do(in_state(state))


def test_a_visit_of_three_services_keeps_its_ticket_and_joins_each_queue_anew() -> None:
    visit, _ = issue(ticket().id, "A-001", DAY, BIRTH, NINE, KIOSK, then=(COPY, HOME))
    for minute, next_service in ((10, COPY), (20, HOME)):
        at = NINE + timedelta(minutes=minute)
        visit, event = visit.call(COUNTER, at, CLERK, waited_s=0)[0].start(at, CLERK)[0].finish(at, CLERK)
        assert event.kind is EventKind.STEP_FINISHED
        assert (visit.state, visit.service, visit.queued_at, visit.number) == (S.WAITING, next_service, at, "A-001")
        assert visit.counter is None
    done, event = visit.call(COUNTER, LATER, CLERK, waited_s=300)[0].start(LATER, CLERK)[0].finish(LATER, CLERK)
    assert (done.state, done.then, event.kind) == (S.FINISHED, (), EventKind.FINISHED)


def test_the_clerk_can_put_a_service_before_those_still_to_come() -> None:
    visit, _ = issue(ticket().id, "A-001", DAY, BIRTH, NINE, KIOSK, then=(HOME,))
    serving = visit.call(COUNTER, NINE, CLERK, waited_s=0)[0].start(NINE, CLERK)[0]
    onward, event = serving.finish(LATER, CLERK, next_service=COPY)
    assert (onward.service, onward.then) == (COPY, (HOME,))
    assert apply(serving, event) == onward


def test_recalls_are_counted_and_start_anew_with_the_next_call() -> None:
    called, _ = in_state(S.CALLED).recall(LATER, CLERK)
    called, _ = called.recall(LATER, CLERK)
    assert called.recalls == 2
    again = (
        called.no_show(LATER, CLERK)[0]
        .resume(LATER, CLERK, aside_s=300)[0]
        .call(COUNTER, LATER, CLERK, waited_s=300)[0]
    )
    assert (again.recalls, again.queued_at) == (0, NINE)


def test_a_transfer_to_a_counter_reserves_it_until_the_call() -> None:
    moved, _ = in_state(S.SERVING).transfer(LATER, CLERK, counter=CounterId(3))
    assert (moved.state, moved.for_counter, moved.counter, moved.service) == (S.WAITING, 3, None, COPY)
    assert moved.call(CounterId(3), LATER, CLERK, waited_s=300)[0].for_counter is None


@pytest.mark.parametrize("service", [None, COPY])
def test_a_transfer_to_the_same_place_is_refused(service: object) -> None:
    with pytest.raises(TransferNowhere):
        ticket().transfer(LATER, CLERK, service=service)  # type: ignore[arg-type]


def test_a_priority_that_does_not_change_is_refused() -> None:
    granted, event = ticket().set_priority(ELDERLY, LATER, CLERK, "card seen")
    assert (event.kind, event.why) == (EventKind.PRIORITY_GRANTED, "card seen")
    with pytest.raises(PriorityUnchanged):
        granted.set_priority(ELDERLY, LATER, CLERK, "again")
    with pytest.raises(PriorityUnchanged):
        ticket().set_priority(None, LATER, CLERK, "nothing there")
    withdrawn, event = granted.set_priority(None, LATER, CLERK, "not the holder")
    assert (withdrawn.priority, event.kind) == (None, EventKind.PRIORITY_WITHDRAWN)


def minutes(number: float) -> datetime:
    return NINE + timedelta(minutes=number)


def wait_of(ticket: Ticket, minute: float) -> float:
    """Minutes waited by `minute` after nine, in a hall that never closes."""
    return ticket.waited_s(SMALL_HALL.day(DAY), minutes(minute)) / 60


def called(ticket: Ticket, minute: float) -> Ticket:
    return ticket.call(COUNTER, minutes(minute), CLERK, waited_s=int(60 * wait_of(ticket, minute)))[0]


def resumed(ticket: Ticket, minute: float) -> Ticket:
    aside_s = ticket.stood_aside_s(SMALL_HALL.day(DAY), minutes(minute))
    return ticket.resume(minutes(minute), CLERK, aside_s=aside_s)[0]


def test_a_wait_ends_with_the_call() -> None:
    assert wait_of(ticket(), 12) == 12
    at_counter = called(ticket(), 12)
    assert wait_of(at_counter, 30) == wait_of(at_counter.start(minutes(13), CLERK)[0], 30) == 12


@pytest.mark.parametrize("aside", ["park from the call", "park from service", "no-show"])
def test_who_stands_aside_does_not_wait_and_goes_on_where_the_wait_stood_at_the_call(aside: str) -> None:
    there = called(ticket(), 10)
    if aside == "no-show":
        gone = there.no_show(minutes(13), CLERK)[0]
    else:
        there = there.start(minutes(11), CLERK)[0] if aside == "park from service" else there
        gone = there.park(minutes(14), CLERK)[0]
    assert (wait_of(gone, 14), wait_of(gone, 60)) == (10, 10)
    back = resumed(gone, 40)
    assert (back.queued_at, back.aside_s) == (NINE, 30 * 60)
    assert (wait_of(back, 40), wait_of(back, 45)) == (10, 15)
    twice = resumed(called(back, 45).park(minutes(50), CLERK)[0], 65)
    assert (wait_of(twice, 65), wait_of(called(twice, 70), 99)) == (15, 20)


def test_lunch_is_not_taken_off_twice_from_who_is_away_through_it() -> None:
    hours = Hours(week=((Session(time(7, 30), time(9, 30)), Session(time(10, 30), time(17))),) * 7)
    day = replace(SMALL_HALL, hours=hours).day(DAY)
    gone = called(ticket(), 20).park(minutes(25), CLERK)[0]
    aside_s = gone.stood_aside_s(day, minutes(100))
    assert aside_s == 20 * 60
    back, event = gone.resume(minutes(100), CLERK, aside_s=aside_s)
    assert event.data == {"aside_s": 20 * 60}
    assert back.waited_s(day, minutes(105)) == 25 * 60
    with_break = ticket().waited_s(day, minutes(105))
    assert with_break == 45 * 60


def test_a_transfer_from_aside_takes_the_absence_off_and_any_other_goes_on_counting() -> None:
    gone = called(ticket(), 10).park(minutes(12), CLERK)[0]
    moved, event = gone.transfer(minutes(30), CLERK, service=HOME, aside_s=20 * 60)
    assert (moved.aside_since, wait_of(moved, 35)) == (None, 15)
    assert apply(gone, event) == moved
    onward, event = called(ticket(), 10).transfer(minutes(12), CLERK, service=HOME)
    assert (wait_of(onward, 15), event.data["aside_s"]) == (15, 0)


def test_the_next_service_of_a_visit_begins_its_wait_at_nothing() -> None:
    back = called(resumed(called(ticket(), 10).park(minutes(12), CLERK)[0], 30), 31)
    onward, _ = back.start(minutes(31), CLERK)[0].finish(minutes(40), CLERK, next_service=HOME)
    assert (onward.aside_s, wait_of(onward, 45)) == (0, 5)


def test_a_history_from_before_absences_were_written_down_is_still_true() -> None:
    new, issued = issue(ticket().id, "B-001", DAY, COPY, NINE, KIOSK)
    calling = TicketEvent(EventKind.CALLED, LATER, CLERK, data={"counter": COUNTER, "waited_s": 300})
    history = [
        issued,
        calling,
        TicketEvent(EventKind.PARKED, LATER, CLERK),
        TicketEvent(EventKind.RESUMED, LATER, CLERK),
    ]
    assert replay(new.id, new.number, DAY, history) == new
    assert replay(new.id, new.number, DAY, history[:3]).aside_since == LATER


def test_a_ticket_is_rated_once() -> None:
    rated, _ = in_state(S.FINISHED).rate("good", LATER, CLERK)
    assert rated.rating == "good"
    with pytest.raises(AlreadyRated):
        rated.rate("bad", LATER, CLERK)


def test_a_history_that_could_not_have_happened_is_refused() -> None:
    new, issued = issue(ticket().id, "B-001", DAY, COPY, NINE, KIOSK)
    with pytest.raises(ValueError, match="has no events"):
        replay(new.id, new.number, DAY, [])
    with pytest.raises(IllegalTransition):
        replay(new.id, new.number, DAY, [issued, issued])
    with pytest.raises(IllegalTransition):
        replay(new.id, new.number, DAY, [issued, TicketEvent(EventKind.FINISHED, LATER, CLERK)])
    with pytest.raises(ValueError, match="an integer was expected"):
        replay(new.id, new.number, DAY, [issued, TicketEvent(EventKind.CALLED, LATER, CLERK, data={"counter": "x"})])


def test_a_refusal_says_what_it_is_about() -> None:
    with pytest.raises(HallError, match="B-001"):
        in_state(S.FINISHED).call(COUNTER, LATER, CLERK, waited_s=300)
