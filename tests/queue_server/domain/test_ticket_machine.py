"""Any order of events in a hall: no number twice, no ticket lost, none at two counters, every history true."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from queue_server.domain.counter import CounterStatus
from queue_server.domain.dispatch import Queue, Situation, choose, rules_of, run_after
from queue_server.domain.errors import CounterHeld, HallError, IllegalTransition
from queue_server.domain.hall import from_catalogue
from queue_server.domain.ids import Actor, CounterId, PriorityCode, ServiceCode, TicketId
from queue_server.domain.ticket import (
    AT_COUNTER,
    Ticket,
    TicketEvent,
    TicketState,
    Transition,
    issue,
    replay,
)
from tests.queue_server.small_hall import BIRTH, COPY, DAY, ELDERLY, HOME, KIOSK, NINE, SMALL_HALL, candidate

TODAY = SMALL_HALL.day(DAY)
SERVICES = st.sampled_from([BIRTH, COPY, HOME])
COUNTERS = st.sampled_from([counter.id for counter in SMALL_HALL.counters])
CLERKS = st.sampled_from([Actor("user:lan"), Actor("user:minh"), Actor("user:hoa")])
PICK = st.integers(0, 10_000)
S = TicketState


@dataclass
class Model:
    """What a careful doorkeeper would have written down by hand."""

    number: str
    wait_began: datetime
    ended: bool = False
    called: datetime | None = None
    stood_s: int = 0
    history: list[TicketEvent] = field(default_factory=list)


class HallMachine(RuleBasedStateMachine):
    """The rules as the server uses them, without the server; rules pick a ticket by any number, modulo how many."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NINE
        self.tickets: dict[int, Ticket] = {}
        self.models: dict[int, Model] = {}
        self.sequence: dict[str, int] = {}
        self.counters = {counter.id: CounterStatus(counter.id) for counter in SMALL_HALL.counters}
        self.runs = dict.fromkeys(self.counters, 0)

    @initialize()
    def open_some_counters(self) -> None:
        for ident, by in ((1, "user:lan"), (3, "user:minh")):
            self.counters[CounterId(ident)] = self.counters[CounterId(ident)].open(Actor(by))

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=30)
        return self.now

    def _keep(self, transition: Transition) -> Ticket:
        ticket, event = transition
        self.tickets[ticket.id] = ticket
        self.models[ticket.id].history.append(event)
        return ticket

    def _at(self, counter: CounterId) -> Ticket | None:
        return next((t for t in self.tickets.values() if t.counter == counter and t.state in AT_COUNTER), None)

    def _picked(self, pick: int, *states: TicketState) -> Ticket | None:
        fitting = [t for t in self.tickets.values() if not states or t.state in states]
        return fitting[pick % len(fitting)] if fitting else None

    @rule(service=SERVICES, then=st.lists(SERVICES, max_size=2), elderly=st.booleans())
    def take_a_number(self, service: ServiceCode, then: list[ServiceCode], elderly: bool) -> None:
        prefix = SMALL_HALL.group_of(service).prefix
        self.sequence[prefix] = self.sequence.get(prefix, SMALL_HALL.numbering.start - 1) + 1
        number = SMALL_HALL.numbering.format(prefix, self.sequence[prefix])
        ident = TicketId(len(self.tickets) + 1)
        at = self._tick()
        self.models[ident] = Model(number, at)
        self._keep(issue(ident, number, DAY, service, at, KIOSK, ELDERLY if elderly else None, tuple(then)))

    @rule(counter=COUNTERS, by=CLERKS)
    def open_counter(self, counter: CounterId, by: Actor) -> None:
        status = self.counters[counter]
        try:
            self.counters[counter] = status.open(by)
        except CounterHeld:
            assert status.holder not in (None, by)

    @rule(counter=COUNTERS, by=CLERKS)
    def pause_or_close_counter(self, counter: CounterId, by: Actor) -> None:
        status = self.counters[counter]
        try:
            self.counters[counter] = status.pause(by, "lunch") if self._at(counter) else status.close(by)
        except HallError:
            assert status.holder != by or status.state != "open"

    @rule(counter=COUNTERS, by=CLERKS)
    def call_next(self, counter: CounterId, by: Actor) -> None:
        try:
            self.counters[counter].check_open(by)
        except HallError:
            return
        here = self._at(counter)
        if here is not None:
            at = self._tick()
            here = self._keep(here.start(at, by)) if here.state is S.CALLED else here
            self._finish(here, by, None)
        waiting = [t for t in self.tickets.values() if t.state is S.WAITING]
        held = {c for c, held_by in self.counters.items() if held_by.holder is not None}
        time = TODAY.seconds(self.now)
        situation = Situation(
            queue=Queue(map(candidate, waiting)),
            counters=[each for each in SMALL_HALL.counters if each.id in held],
            rules=rules_of(SMALL_HALL),
            durations=from_catalogue(SMALL_HALL.services),
            offered=SMALL_HALL.offered,
            now=TODAY.clock.at(time),
            time=time,
            held=held,
            runs=dict(self.runs),
        )
        decision = choose(SMALL_HALL.counter(counter), situation)
        callable_here = [
            t
            for t in waiting
            if t.for_counter == counter
            or (t.for_counter not in held and t.service in SMALL_HALL.counter(counter).services)
        ]
        assert (decision is None) == (not callable_here)
        if decision is not None:
            chosen, at = self.tickets[decision.ticket], self._tick()
            waited_s = chosen.waited_s(TODAY, at)
            called = self._keep(chosen.call(counter, at, by, decision.why, waited_s=waited_s))
            assert called.id in {t.id for t in callable_here}
            self.runs[counter] = run_after(self.runs[counter], candidate(chosen))
            self.models[called.id].called = at

    @rule(pick=PICK, by=CLERKS)
    def start(self, pick: int, by: Actor) -> None:
        if (ticket := self._picked(pick, S.CALLED)) is not None:
            self._keep(ticket.start(self._tick(), by))

    @rule(pick=PICK, by=CLERKS, onward=st.none() | SERVICES)
    def finish(self, pick: int, by: Actor, onward: ServiceCode | None) -> None:
        if (ticket := self._picked(pick, S.SERVING)) is not None:
            self._finish(ticket, by, onward)

    def _finish(self, ticket: Ticket, by: Actor, onward: ServiceCode | None) -> None:
        at = self._tick()
        done = self._keep(ticket.finish(at, by, next_service=onward))
        if done.state is S.FINISHED:
            self.models[done.id].ended = True
        else:
            model = self.models[done.id]
            model.wait_began, model.called, model.stood_s = at, None, 0

    @rule(pick=PICK, by=CLERKS, verb=st.sampled_from(["recall", "no_show", "park"]))
    def with_a_called_ticket(self, pick: int, by: Actor, verb: str) -> None:
        if (ticket := self._picked(pick, S.CALLED)) is not None:
            self._keep(getattr(ticket, verb)(self._tick(), by))

    @rule(pick=PICK, by=CLERKS)
    def resume(self, pick: int, by: Actor) -> None:
        if (ticket := self._picked(pick, S.PARKED, S.NO_SHOW)) is not None:
            at = self._tick()
            self._keep(ticket.resume(at, by, aside_s=ticket.stood_aside_s(TODAY, at)))
            self._back(ticket, at)

    def _back(self, ticket: Ticket, at: datetime) -> None:
        model = self.models[ticket.id]
        assert model.called is not None
        model.stood_s += int((at - model.called).total_seconds())

    @rule(pick=PICK, by=CLERKS, service=st.none() | SERVICES, counter=st.none() | COUNTERS)
    def transfer(self, pick: int, by: Actor, service: ServiceCode | None, counter: CounterId | None) -> None:
        ticket = self._picked(pick, S.WAITING, S.CALLED, S.SERVING, S.PARKED)
        if ticket is not None and (counter is not None or service not in (None, ticket.service)):
            at = self._tick()
            self._keep(ticket.transfer(at, by, service, counter, aside_s=ticket.stood_aside_s(TODAY, at)))
            if ticket.state is not S.WAITING:
                self._back(ticket, at)

    @rule(pick=PICK, by=CLERKS)
    def cancel(self, pick: int, by: Actor) -> None:
        if (ticket := self._picked(pick, S.WAITING, S.CALLED, S.PARKED, S.NO_SHOW)) is not None:
            self._keep(ticket.cancel(self._tick(), by))
            self.models[ticket.id].ended = True

    @rule(pick=PICK, by=CLERKS)
    def change_priority(self, pick: int, by: Actor) -> None:
        ticket = self._picked(pick, *(set(S) - {S.FINISHED, S.CANCELLED}))
        if ticket is not None:
            category: PriorityCode | None = None if ticket.priority else ELDERLY
            self._keep(ticket.set_priority(category, self._tick(), by, "seen"))

    @precondition(lambda self: self.tickets)
    @rule(pick=PICK, verb=st.sampled_from(["call", "recall", "start", "finish", "no_show", "park", "resume", "cancel"]))
    def try_anything(self, pick: int, verb: str) -> None:
        """What the rules refuse leaves no trace: values are frozen, and a refusal gives no event."""
        ticket = self._picked(pick)
        assert ticket is not None
        arguments = (CounterId(1),) if verb == "call" else ()
        seconds = {"call": {"waited_s": 0}, "resume": {"aside_s": 0}}.get(verb, {})
        try:
            after, _ = getattr(ticket, verb)(*arguments, self.now, KIOSK, **seconds)
        except IllegalTransition:
            return
        assert after != ticket

    @rule(pick=PICK)
    def rate(self, pick: int) -> None:
        ticket = self._picked(pick, S.FINISHED)
        if ticket is not None and ticket.rating is None:
            self._keep(ticket.rate("good", self._tick(), Actor("citizen")))

    @invariant()
    def no_number_is_given_twice(self) -> None:
        numbers = [ticket.number for ticket in self.tickets.values()]
        assert len(set(numbers)) == len(numbers)
        assert {ident: t.number for ident, t in self.tickets.items()} == {
            ident: model.number for ident, model in self.models.items()
        }

    @invariant()
    def numbers_run_without_a_gap(self) -> None:
        for prefix, last in self.sequence.items():
            given = sorted(t.number for t in self.tickets.values() if t.number.startswith(prefix))
            assert given == [f"{prefix}-{n:03d}" for n in range(1, last + 1)]

    @invariant()
    def no_ticket_is_lost(self) -> None:
        for ident, ticket in self.tickets.items():
            assert (ticket.state in (S.FINISHED, S.CANCELLED)) == self.models[ident].ended

    @invariant()
    def a_counter_has_at_most_one_ticket_and_a_ticket_at_most_one_counter(self) -> None:
        taken = [t.counter for t in self.tickets.values() if t.state in AT_COUNTER]
        assert None not in taken
        assert len(set(taken)) == len(taken)
        for ticket in self.tickets.values():
            assert (ticket.counter is None) == (ticket.state not in AT_COUNTER | {S.FINISHED})
            assert ticket.for_counter is None or ticket.state is S.WAITING

    @invariant()
    def the_wait_goes_on_through_transfer_parking_and_no_show(self) -> None:
        for ident, ticket in self.tickets.items():
            assert ticket.queued_at == self.models[ident].wait_began

    @invariant()
    def the_wait_stands_still_while_somebody_is_aside(self) -> None:
        """From the call after which a ticket was parked, missed or sent on until it waits again."""
        for ident, ticket in self.tickets.items():
            model = self.models[ident]
            assert (ticket.aside_since is not None) == (ticket.state in (S.PARKED, S.NO_SHOW))
            still = ticket.state is not S.WAITING and ticket.state is not S.CANCELLED
            until = model.called if still and model.called is not None else self.now
            assert ticket.aside_s == model.stood_s
            if ticket.state is not S.CANCELLED:
                expected = (until - model.wait_began).total_seconds() - model.stood_s
                assert ticket.waited_s(TODAY, self.now) == expected

    @invariant()
    def every_ticket_follows_from_its_history(self) -> None:
        for ident, ticket in self.tickets.items():
            assert replay(ticket.id, ticket.number, ticket.day, self.models[ident].history) == ticket
            assert [e.at for e in self.models[ident].history] == sorted(e.at for e in self.models[ident].history)

    @invariant()
    def a_counter_is_held_exactly_while_it_is_not_closed(self) -> None:
        for status in self.counters.values():
            assert (status.holder is None) == (status.state == "closed")
            assert (status.pause_reason is None) == (status.state != "paused")


TestHall = HallMachine.TestCase
