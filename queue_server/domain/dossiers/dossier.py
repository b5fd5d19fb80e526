"""A dossier's life: every act returns the new dossier and the event that it leaves behind.

What may be done where is the table TRANSITIONS. The events alone are enough to redo it all: `replay` proves it. Nothing
personal is in here: answers, owner and reasons are kept apart from the events, sealed, so that they can be erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from queue_server.domain.ids import Actor

from .errors import DossierActIllegal, NewDueMissing, PapersNotChecked, ReasonMissing
from .state import FINAL, LEFT_ALONE, TRANSITIONS, DossierAct, DossierState

NEEDS_REASON = frozenset({DossierAct.REQUEST_SUPPLEMENT, DossierAct.REFUSE, DossierAct.EXTEND, DossierAct.WITHDRAW})
"""Their papers (forms 02, 03, 04 and 05) say why."""
OPENING = {DossierAct.PREPARE: DossierState.DRAFT, DossierAct.SUBMIT: DossierState.SUBMITTED}
"""How a dossier begins."""
Data = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class DossierEvent:
    """Who did what, when; `why`: the reason in words, which may name somebody and is therefore kept apart; `data`: what
    is needed to redo it."""

    act: DossierAct
    at: datetime
    by: Actor
    why: str | None = None
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dossier:
    """Where a dossier stands. `filed_at`: when it came in, as a draft or submitted; `received_at`: when a clerk found
    it complete; `due_at`: when the result is promised, None for a draft; `ended_at`: when nothing more could follow."""

    code: str
    procedure: str
    state: DossierState
    filed_at: datetime
    due_at: datetime | None = None
    received_at: datetime | None = None
    ended_at: datetime | None = None
    extensions: int = 0

    @property
    def acts(self) -> tuple[DossierAct, ...]:
        """What may be done now, in the order of the acts."""
        return tuple(act for act in DossierAct if (self.state, act) in TRANSITIONS)

    def over_due(self, now: datetime) -> bool:
        """Past what was promised and the result not made."""
        waits = self.state not in FINAL and self.state is not DossierState.RESULT_READY
        return waits and self.due_at is not None and now > self.due_at

    def submit(self, at: datetime, by: Actor, due_at: datetime | None) -> Transition:
        """Draft -> submitted, by the clerk who completes it with the citizen."""
        after = self._after(DossierAct.SUBMIT)
        return replace(after, due_at=due_at), _event(DossierAct.SUBMIT, at, by, due_at=due_at)

    def receive(
        self, at: datetime, by: Actor, due_at: datetime | None = None, unseen: Iterable[str] = ()
    ) -> Transition:
        """Draft or submitted -> received. `due_at`: for a draft, to which nothing was promised yet; `unseen`: types of
        papers that must be seen and were not."""
        after = self._after(DossierAct.RECEIVE)
        if missing := ", ".join(unseen):
            raise PapersNotChecked(papers=missing)
        promised = due_at if self.due_at is None else None
        received = replace(after, received_at=at, due_at=self.due_at or due_at)
        return received, _event(DossierAct.RECEIVE, at, by, due_at=promised)

    def request_supplement(self, at: datetime, by: Actor, why: str | None) -> Transition:
        """Submitted, received or processing -> supplement requested; `why`: what is missing."""
        after = self._after(DossierAct.REQUEST_SUPPLEMENT)
        return after, _event(DossierAct.REQUEST_SUPPLEMENT, at, by, _needed(DossierAct.REQUEST_SUPPLEMENT, why))

    def supplement(self, at: datetime, by: Actor, due_at: datetime | None, why: str | None = None) -> Transition:
        """Supplement requested -> submitted: the time runs anew, as a dossier counts from when it is complete."""
        after = self._after(DossierAct.SUPPLEMENT)
        return replace(after, due_at=due_at), _event(DossierAct.SUPPLEMENT, at, by, why, due_at=due_at)

    def process(self, at: datetime, by: Actor, why: str | None = None) -> Transition:
        """Received -> processing."""
        return self._after(DossierAct.PROCESS), _event(DossierAct.PROCESS, at, by, why)

    def extend(self, at: datetime, by: Actor, due_at: datetime | None, why: str | None) -> Transition:
        """Received or processing, promised for later: `due_at` must be after what was promised."""
        after = self._after(DossierAct.EXTEND)
        reason = _needed(DossierAct.EXTEND, why)
        if due_at is None or (self.due_at is not None and due_at <= self.due_at) or due_at <= at:
            raise NewDueMissing
        extended = replace(after, due_at=due_at, extensions=self.extensions + 1)
        return extended, _event(DossierAct.EXTEND, at, by, reason, due_at=due_at)

    def ready(self, at: datetime, by: Actor, why: str | None = None) -> Transition:
        """Received or processing -> result ready."""
        return self._after(DossierAct.READY), _event(DossierAct.READY, at, by, why)

    def hand_over(self, at: datetime, by: Actor, why: str | None = None) -> Transition:
        """Result ready -> returned to the citizen."""
        return replace(self._after(DossierAct.RETURN), ended_at=at), _event(DossierAct.RETURN, at, by, why)

    def refuse(self, at: datetime, by: Actor, why: str | None) -> Transition:
        after = self._after(DossierAct.REFUSE)
        return replace(after, ended_at=at), _event(DossierAct.REFUSE, at, by, _needed(DossierAct.REFUSE, why))

    def withdraw(self, at: datetime, by: Actor, why: str | None) -> Transition:
        """The citizen takes it back."""
        after = self._after(DossierAct.WITHDRAW)
        return replace(after, ended_at=at), _event(DossierAct.WITHDRAW, at, by, _needed(DossierAct.WITHDRAW, why))

    def lapse(self, at: datetime, by: Actor) -> Transition:
        """Nobody went on with it: it ends as if it had been taken back."""
        if self.state not in LEFT_ALONE:
            raise DossierActIllegal(code=self.code, dossier_state=self.state, act=DossierAct.LAPSE)
        return replace(self, state=DossierState.WITHDRAWN, ended_at=at), _event(DossierAct.LAPSE, at, by)

    def _after(self, act: DossierAct) -> Dossier:
        state = TRANSITIONS.get((self.state, act))
        if state is None:
            raise DossierActIllegal(code=self.code, dossier_state=self.state, act=act)
        return replace(self, state=state)


Transition = tuple[Dossier, DossierEvent]


def prepare(code: str, procedure: str, at: datetime, by: Actor, data: Data | None = None) -> Transition:
    """A draft for the counter. `data`: what is counted of it, such as papers used again."""
    dossier = Dossier(code, procedure, DossierState.DRAFT, at)
    return dossier, DossierEvent(DossierAct.PREPARE, at, by, data=data or {})


def submit(
    code: str, procedure: str, at: datetime, by: Actor, due_at: datetime | None, data: Data | None = None
) -> Transition:
    """Filed by the citizen. `due_at`: None where the procedure promises no day."""
    dossier = Dossier(code, procedure, DossierState.SUBMITTED, at, due_at)
    event = _event(DossierAct.SUBMIT, at, by, due_at=due_at)
    return dossier, replace(event, data={**event.data, **(data or {})})


def apply(dossier: Dossier, event: DossierEvent) -> Dossier:
    """Redo what `event` records. Raises DossierActIllegal where the history could not have happened."""
    at, by, due_at = event.at, event.by, _moment(event.data.get("due_at"))
    why = event.why or "–"
    match event.act:
        case DossierAct.SUBMIT:
            result = dossier.submit(at, by, due_at)
        case DossierAct.RECEIVE:
            result = dossier.receive(at, by, due_at)
        case DossierAct.REQUEST_SUPPLEMENT:
            result = dossier.request_supplement(at, by, why)
        case DossierAct.SUPPLEMENT:
            result = dossier.supplement(at, by, due_at)
        case DossierAct.PROCESS:
            result = dossier.process(at, by)
        case DossierAct.EXTEND:
            result = dossier.extend(at, by, due_at, why)
        case DossierAct.READY:
            result = dossier.ready(at, by)
        case DossierAct.RETURN:
            result = dossier.hand_over(at, by)
        case DossierAct.REFUSE:
            result = dossier.refuse(at, by, why)
        case DossierAct.WITHDRAW:
            result = dossier.withdraw(at, by, why)
        case DossierAct.LAPSE:
            result = dossier.lapse(at, by)
        case DossierAct.PREPARE:
            raise DossierActIllegal(code=dossier.code, dossier_state=dossier.state, act=event.act)
    return result[0]


def replay(code: str, procedure: str, events: Iterable[DossierEvent]) -> Dossier:
    """Rebuild a dossier from its events, oldest first. Raises DossierActIllegal, or ValueError where there are none."""
    dossier: Dossier | None = None
    for event in events:
        if dossier is not None:
            dossier = apply(dossier, event)
        elif event.act in OPENING:
            dossier = Dossier(code, procedure, OPENING[event.act], event.at, _moment(event.data.get("due_at")))
        else:
            raise DossierActIllegal(code=code, dossier_state="", act=event.act)
    if dossier is None:
        raise ValueError(f"dossier {code} has no events")
    return dossier


def _needed(act: DossierAct, why: str | None) -> str:
    if not why:
        raise ReasonMissing(act=act)
    return why


def _event(
    act: DossierAct, at: datetime, by: Actor, why: str | None = None, **data: str | int | datetime | None
) -> DossierEvent:
    kept = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in data.items()}
    return DossierEvent(act, at, by, why, {key: value for key, value in kept.items() if value is not None})


def _moment(value: str | int | None) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
