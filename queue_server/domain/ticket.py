"""A ticket's life: its states, the transitions between them and the event that each leaves behind.

Every transition takes who did it and when, returns the new ticket and one event, and raises IllegalTransition
where the state does not allow it. The event alone is enough to redo the transition: `replay` proves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from .errors import AlreadyRated, IllegalTransition, PriorityUnchanged, TransferNowhere
from .hall_day import HallDay
from .ids import Actor, CounterId, PriorityCode, ServiceCode, TicketId
from .text import N_


class TicketState(StrEnum):
    """Where a ticket stands; the words on the wire and in the database."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    NO_SHOW = "no-show"
    PARKED = "parked"
    CANCELLED = "cancelled"


STATE_NAMES = {
    TicketState.WAITING: N_("waiting"),
    TicketState.CALLED: N_("called"),
    TicketState.SERVING: N_("being served"),
    TicketState.FINISHED: N_("finished"),
    TicketState.NO_SHOW: N_("marked as no-show"),
    TicketState.PARKED: N_("parked"),
    TicketState.CANCELLED: N_("cancelled"),
}

AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})
"""In these states a ticket occupies a counter, and no other ticket may."""

ENDED = frozenset({TicketState.FINISHED, TicketState.CANCELLED})
"""From these nothing leads back; a no-show may still be taken up again."""


class EventKind(StrEnum):
    """What happened to a ticket."""

    ISSUED = "issued"
    CALLED = "called"
    RECALLED = "recalled"
    STARTED = "started"
    FINISHED = "finished"
    STEP_FINISHED = "step-finished"
    MISSED = "missed"
    PARKED = "parked"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    CANCELLED = "cancelled"
    PRIORITY_GRANTED = "priority-granted"
    PRIORITY_WITHDRAWN = "priority-withdrawn"
    RATED = "rated"


VERBS = {
    "call": N_("call"),
    "recall": N_("call again"),
    "start": N_("start"),
    "finish": N_("finish"),
    "no-show": N_("no-show"),
    "park": N_("park"),
    "resume": N_("resume"),
    "transfer": N_("transfer"),
    "cancel": N_("cancel"),
    "priority": N_("change priority"),
    "rate": N_("rate"),
}


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """Who did what to a ticket, when and why; `data` holds what is needed to redo it."""

    kind: EventKind
    at: datetime
    by: Actor
    why: str | None = None
    data: Mapping[str, str | int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One citizen's place in the hall. `queued_at` is when the present wait began: it survives a transfer,
    a parking and a no-show, and starts anew only with the next service of the visit. `then`: services still to come.
    `for_counter`: only this counter may call it.

    A ticket that is parked or did not come stands aside: from the call after which it went until it waits again, its
    wait stands still. `aside_since`: that call, while it lasts; `aside_s`: what that took before, in hall seconds."""

    id: TicketId
    number: str
    day: date
    service: ServiceCode
    issued_at: datetime
    queued_at: datetime
    state: TicketState = TicketState.WAITING
    priority: PriorityCode | None = None
    then: tuple[ServiceCode, ...] = ()
    for_counter: CounterId | None = None
    counter: CounterId | None = None
    called_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    recalls: int = 0
    rating: str | None = None
    aside_since: datetime | None = None
    aside_s: int = 0

    def waited_s(self, day: HallDay, now: datetime) -> int:
        """How long it has waited on the clock of `day`, the ticket's own, in seconds: at a counter until the call,
        aside until the call before, else until `now`."""
        until = self.called_at or self.aside_since or now
        return max(0, int(day.between(self.queued_at, until) - self.aside_s))

    def stood_aside_s(self, day: HallDay, now: datetime) -> int:
        """Hall seconds of `day` until `now` in which its wait has stood still: since its call, for one that is at a
        counter or aside; 0 for one that waits."""
        since = self.called_at or self.aside_since
        return 0 if since is None else round(day.between(since, now))

    def call(self, counter: CounterId, at: datetime, by: Actor, why: str | None = None, *, waited_s: int) -> Transition:
        """Waiting -> called, at `counter`, after a wait of `waited_s` on the hall's clock."""
        self._only("call", TicketState.WAITING)
        called = replace(
            self,
            state=TicketState.CALLED,
            counter=counter,
            for_counter=None,
            called_at=at,
            started_at=None,
            recalls=0,
        )
        data: dict[str, str | int | None] = {"counter": counter, "service": self.service, "waited_s": waited_s}
        return called, TicketEvent(EventKind.CALLED, at, by, why, data)

    def recall(self, at: datetime, by: Actor) -> Transition:
        """Called -> called once more."""
        self._only("recall", TicketState.CALLED)
        return replace(self, recalls=self.recalls + 1), TicketEvent(
            EventKind.RECALLED, at, by, data={"counter": self.counter}
        )

    def start(self, at: datetime, by: Actor, why: str | None = None) -> Transition:
        """Called -> serving."""
        self._only("start", TicketState.CALLED)
        serving = replace(self, state=TicketState.SERVING, started_at=at)
        return serving, TicketEvent(EventKind.STARTED, at, by, why, {"counter": self.counter})

    def finish(
        self, at: datetime, by: Actor, why: str | None = None, next_service: ServiceCode | None = None
    ) -> Transition:
        """Serving -> finished; or, where the visit has a next service, waiting there with the same number."""
        self._only("finish", TicketState.SERVING)
        steps = (next_service, *self.then) if next_service is not None else self.then
        if not steps:
            done = replace(self, state=TicketState.FINISHED, finished_at=at)
            return done, TicketEvent(EventKind.FINISHED, at, by, why, {"counter": self.counter})
        onward = replace(
            self._leave(), service=steps[0], then=steps[1:], queued_at=at, aside_s=0, state=TicketState.WAITING
        )
        data = {"counter": self.counter, "service": self.service, "next_service": next_service}
        return onward, TicketEvent(EventKind.STEP_FINISHED, at, by, why, data)

    def no_show(self, at: datetime, by: Actor, why: str | None = None) -> Transition:
        """Called -> no-show: the person did not come."""
        self._only("no-show", TicketState.CALLED)
        missed = replace(self._leave(), state=TicketState.NO_SHOW, aside_since=self.called_at)
        return missed, TicketEvent(EventKind.MISSED, at, by, why, {"counter": self.counter})

    def park(self, at: datetime, by: Actor, why: str | None = None) -> Transition:
        """Called or serving -> parked, until the person is back with what was missing."""
        self._only("park", TicketState.CALLED, TicketState.SERVING)
        parked = replace(self._leave(), state=TicketState.PARKED, aside_since=self.called_at)
        return parked, TicketEvent(EventKind.PARKED, at, by, why, {"counter": self.counter})

    def resume(self, at: datetime, by: Actor, *, aside_s: int) -> Transition:
        """Parked or no-show -> waiting again; of the time since it was called, `aside_s` do not count as waiting."""
        self._only("resume", TicketState.PARKED, TicketState.NO_SHOW)
        back = replace(self._leave(), state=TicketState.WAITING, aside_s=self.aside_s + aside_s)
        return back, TicketEvent(EventKind.RESUMED, at, by, data={"aside_s": aside_s})

    def transfer(
        self,
        at: datetime,
        by: Actor,
        service: ServiceCode | None = None,
        counter: CounterId | None = None,
        why: str | None = None,
        *,
        aside_s: int = 0,
    ) -> Transition:
        """Waiting, called, serving or parked -> waiting for another service or counter, with its arrival time kept;
        `aside_s`: as for `resume`, for one that was called before."""
        self._only("transfer", TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.PARKED)
        if (service is None or service == self.service) and counter is None:
            raise TransferNowhere
        moved = replace(
            self._leave(),
            state=TicketState.WAITING,
            service=service or self.service,
            for_counter=counter,
            aside_s=self.aside_s + aside_s,
        )
        data = {"service": service, "for_counter": counter, "counter": self.counter, "aside_s": aside_s}
        return moved, TicketEvent(EventKind.TRANSFERRED, at, by, why, data)

    def cancel(self, at: datetime, by: Actor, why: str | None = None) -> Transition:
        """Waiting, called, parked or no-show -> cancelled."""
        self._only("cancel", TicketState.WAITING, TicketState.CALLED, TicketState.PARKED, TicketState.NO_SHOW)
        gone = replace(self._leave(), state=TicketState.CANCELLED, finished_at=at)
        return gone, TicketEvent(EventKind.CANCELLED, at, by, why, {"counter": self.counter})

    def set_priority(self, category: PriorityCode | None, at: datetime, by: Actor, why: str) -> Transition:
        """Grant a priority category, or withdraw it with None; in any state before the end."""
        if self.state in ENDED:
            raise IllegalTransition(number=self.number, state=self.state, verb="priority")
        if category == self.priority:
            raise PriorityUnchanged(number=self.number)
        kind = EventKind.PRIORITY_WITHDRAWN if category is None else EventKind.PRIORITY_GRANTED
        return replace(self, priority=category), TicketEvent(kind, at, by, why, {"priority": category})

    def rate(self, score: str, at: datetime, by: Actor) -> Transition:
        """Finished, once: the citizen's own word on the service."""
        self._only("rate", TicketState.FINISHED)
        if self.rating is not None:
            raise AlreadyRated(number=self.number)
        return replace(self, rating=score), TicketEvent(EventKind.RATED, at, by, data={"score": score})

    def _only(self, verb: str, *states: TicketState) -> None:
        if self.state not in states:
            raise IllegalTransition(number=self.number, state=self.state, verb=verb)

    def _leave(self) -> Ticket:
        return replace(
            self, counter=None, for_counter=None, called_at=None, started_at=None, recalls=0, aside_since=None
        )


Transition = tuple[Ticket, TicketEvent]


def issue(
    ticket_id: TicketId,
    number: str,
    day: date,
    service: ServiceCode,
    at: datetime,
    by: Actor,
    priority: PriorityCode | None = None,
    then: tuple[ServiceCode, ...] = (),
    queued_at: datetime | None = None,
) -> Transition:
    """A new ticket, waiting from `at`, or from `queued_at` for who has an appointment; `day` is the hall's own date."""
    ticket = Ticket(ticket_id, number, day, service, at, queued_at or at, priority=priority, then=then)
    data: dict[str, str | int | None] = {"service": service, "priority": priority, "then": ",".join(then)}
    if queued_at is not None:
        data["queued_at"] = queued_at.isoformat()
    return ticket, TicketEvent(EventKind.ISSUED, at, by, data=data)


def apply(ticket: Ticket, event: TicketEvent) -> Ticket:
    """Redo what `event` records. Raises IllegalTransition where the history could not have happened."""
    at, by, data = event.at, event.by, event.data
    match event.kind:
        case EventKind.CALLED:
            result = ticket.call(CounterId(_int(data["counter"])), at, by, waited_s=0)
        case EventKind.RECALLED:
            result = ticket.recall(at, by)
        case EventKind.STARTED:
            result = ticket.start(at, by)
        case EventKind.FINISHED:
            result = replace(ticket, then=()).finish(at, by)
        case EventKind.STEP_FINISHED:
            service = data.get("next_service")
            result = ticket.finish(at, by, next_service=ServiceCode(str(service)) if service else None)
        case EventKind.MISSED:
            result = ticket.no_show(at, by)
        case EventKind.PARKED:
            result = ticket.park(at, by)
        case EventKind.RESUMED:
            result = ticket.resume(at, by, aside_s=_int(data.get("aside_s", 0)))
        case EventKind.TRANSFERRED:
            to_service, to_counter = data.get("service"), data.get("for_counter")
            result = ticket.transfer(
                at,
                by,
                ServiceCode(str(to_service)) if to_service else None,
                CounterId(_int(to_counter)) if to_counter else None,
                aside_s=_int(data.get("aside_s", 0)),
            )
        case EventKind.CANCELLED:
            result = ticket.cancel(at, by)
        case EventKind.PRIORITY_GRANTED:
            result = ticket.set_priority(PriorityCode(str(data["priority"])), at, by, event.why or "")
        case EventKind.PRIORITY_WITHDRAWN:
            result = ticket.set_priority(None, at, by, event.why or "")
        case EventKind.RATED:
            result = ticket.rate(str(data["score"]), at, by)
        case EventKind.ISSUED:
            raise IllegalTransition(number=ticket.number, state=ticket.state, verb="issue")
    return result[0]


def replay(ticket_id: TicketId, number: str, day: date, events: Iterable[TicketEvent]) -> Ticket:
    """Rebuild a ticket from its events, oldest first. Raises IllegalTransition, or ValueError where there are none."""
    ticket: Ticket | None = None
    for event in events:
        if ticket is None:
            then = tuple(ServiceCode(code) for code in str(event.data.get("then") or "").split(",") if code)
            priority = event.data.get("priority")
            queued_at = event.data.get("queued_at")
            ticket, _ = issue(
                ticket_id,
                number,
                day,
                ServiceCode(str(event.data["service"])),
                event.at,
                event.by,
                PriorityCode(str(priority)) if priority else None,
                then,
                datetime.fromisoformat(str(queued_at)) if queued_at else None,
            )
        else:
            ticket = apply(ticket, event)
    if ticket is None:
        raise ValueError(f"ticket {number} has no events")
    return ticket


def _int(value: str | int | None) -> int:
    if not isinstance(value, int):
        raise ValueError(f"an integer was expected, not {value!r}")
    return value
