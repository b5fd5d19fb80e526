"""Every verb in every state: either allowed, with the right outcome, or a named refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

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
from tests.queue_server.small_hall import BIRTH, CLERK, COPY, DAY, ELDERLY, HOME, KIOSK, NINE, ticket

S = TicketState
LATER = NINE + timedelta(minutes=5)
COUNTER = CounterId(2)


def in_state(state: TicketState) -> Ticket:
    """A ticket that came into `state` by transitions, as in a real hall."""
    new, _ = issue(ticket().id, "B-001", DAY, COPY, NINE, KIOSK)
    called, _ = new.call(COUNTER, NINE, CLERK)
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
    "call": lambda t: t.call(COUNTER, LATER, CLERK),
    "recall": lambda t: t.recall(LATER, CLERK),
    "start": lambda t: t.start(LATER, CLERK),
    "finish": lambda t: t.finish(LATER, CLERK),
    "no-show": lambda t: t.no_show(LATER, CLERK),
    "park": lambda t: t.park(LATER, CLERK),
    "resume": lambda t: t.resume(LATER, CLERK),
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
        visit, event = visit.call(COUNTER, at, CLERK)[0].start(at, CLERK)[0].finish(at, CLERK)
        assert event.kind is EventKind.STEP_FINISHED
        assert (visit.state, visit.service, visit.queued_at, visit.number) == (S.WAITING, next_service, at, "A-001")
        assert visit.counter is None
    done, event = visit.call(COUNTER, LATER, CLERK)[0].start(LATER, CLERK)[0].finish(LATER, CLERK)
    assert (done.state, done.then, event.kind) == (S.FINISHED, (), EventKind.FINISHED)


def test_the_clerk_can_put_a_service_before_those_still_to_come() -> None:
    visit, _ = issue(ticket().id, "A-001", DAY, BIRTH, NINE, KIOSK, then=(HOME,))
    serving = visit.call(COUNTER, NINE, CLERK)[0].start(NINE, CLERK)[0]
    onward, event = serving.finish(LATER, CLERK, next_service=COPY)
    assert (onward.service, onward.then) == (COPY, (HOME,))
    assert apply(serving, event) == onward


def test_recalls_are_counted_and_start_anew_with_the_next_call() -> None:
    called, _ = in_state(S.CALLED).recall(LATER, CLERK)
    called, _ = called.recall(LATER, CLERK)
    assert called.recalls == 2
    again = called.no_show(LATER, CLERK)[0].resume(LATER, CLERK)[0].call(COUNTER, LATER, CLERK)[0]
    assert (again.recalls, again.queued_at) == (0, NINE)


def test_a_transfer_to_a_counter_reserves_it_until_the_call() -> None:
    moved, _ = in_state(S.SERVING).transfer(LATER, CLERK, counter=CounterId(3))
    assert (moved.state, moved.for_counter, moved.counter, moved.service) == (S.WAITING, 3, None, COPY)
    assert moved.call(CounterId(3), LATER, CLERK)[0].for_counter is None


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
        in_state(S.FINISHED).call(COUNTER, LATER, CLERK)
