"""Where a visit stands: its procedure, form and question, what is known before anything is asked, and whose papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.effects import Effect
from kiosk.state import Screen, State, at, groups
from kiosk.visit.state import CardFields, Visit
from queue_server.contract import (
    DossierDraft,
    Form,
    Owner,
    Prefill,
    PriorityCategory,
    Procedure,
    Question,
    Value,
    asked,
)

Step = tuple[State, tuple[Effect, ...]]
VIETNAM = timezone(timedelta(hours=7))
SEXES = frozenset({"male", "female"})


def visiting(state: State) -> Visit:
    """The visit under way, or a new one."""
    return state.visit or Visit()


def changed(state: State, **changes: Any) -> State:
    """The same state with `changes` in its visit."""
    return replace(state, visit=replace(visiting(state), **changes))


def offers_ways(state: State) -> bool:
    """True where a citizen can do more here than take a number."""
    return bool(state.reply and state.reply.self_service and state.catalogue and state.catalogue.procedures)


def first_screen(state: State) -> State:
    """What follows the language: the ways, or the number at once. Whoever comes back to the ways keeps the visit."""
    from kiosk.state import first_list

    return at(state, Screen.WAY) if offers_ways(state) else first_list(state)


def procedure_of(state: State, code: str | None) -> Procedure | None:
    offered = state.catalogue.procedures if state.catalogue else ()
    return next((one for one in offered if one.code == code), None)


def procedure(state: State) -> Procedure | None:
    """The procedure being looked at or filled in."""
    return procedure_of(state, state.visit.procedure) if state.visit else None


def form(state: State) -> Form | None:
    chosen = procedure(state)
    return chosen.form if chosen else None


def question(state: State) -> Question | None:
    """The question on the screen."""
    used = form(state)
    asking = state.visit.asking if state.visit else None
    return used.question(asking.field) if used and asking else None


def numbered(state: State, chosen: Procedure) -> State | None:
    """The state with the service of `chosen` picked, as from the lists; None where the hall gives no number for it."""
    for group in groups(state):
        if any(service.code == chosen.service for service in group.services):
            return replace(state, group=group.code, service=chosen.service)
    return None


def today(state: State) -> date:
    """The day in the hall, by the server's clock."""
    if state.reply is None:
        return date.min
    passed = timedelta(seconds=max(0.0, state.times.now - state.times.answered))
    return (state.reply.now + passed).astimezone(_zone(state.reply.hall.timezone)).date()


def _zone(name: str) -> ZoneInfo | timezone:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return VIETNAM


def known(state: State) -> dict[Prefill, Value]:
    """What card, hall and calendar say before anything is asked."""
    facts: dict[Prefill, Value] = {Prefill.TODAY: today(state).isoformat()}
    if state.reply:
        facts[Prefill.HALL_AGENCY] = state.reply.hall.agency.vi
    card = visiting(state).card
    return facts | said_by(card) if card else facts


def said_by(card: CardFields) -> dict[Prefill, Value]:
    """What a card says."""
    facts: dict[Prefill, Value] = {
        Prefill.CARD_ID: card.id,
        Prefill.CARD_NAME: card.name,
        Prefill.CARD_BIRTH_YEAR: card.birth_year,
        Prefill.CARD_ADDRESS: card.address,
        Prefill.CARD_ISSUED: card.issued.isoformat(),
    }
    if card.birth_date is not None:
        facts[Prefill.CARD_BIRTH_DATE] = card.birth_date.isoformat()
    if card.sex in SEXES:
        facts[Prefill.CARD_SEX] = card.sex
    return {source: value for source, value in facts.items() if value != ""}


def given(state: State) -> dict[str, Value]:
    """The answers to the questions that are asked now; others stay in the visit and count for nothing."""
    used, answers = form(state), visiting(state).answers
    return {one.field: answers[one.field] for one in asked(used, answers) if one.field in answers} if used else {}


def owner(state: State) -> Owner | None:
    """Whose dossier it is; None while the answers do not say."""
    used, answers, card = form(state), given(state), visiting(state).card
    if used is None:
        return None
    ident = answers.get(used.owner) if used.owner else card and card.id
    born = _born(answers.get(used.owner_birth) if used.owner_birth else None)
    if card is not None and ident == card.id:
        born = born or born_on(card)
    if not isinstance(ident, str) or len(ident) != 12 or not (ident.isascii() and ident.isdigit()) or born is None:
        return None
    return Owner(id=ident, birth_date=born)


def born_on(card: CardFields) -> date:
    """Of whom only the year is known: its first day, as the law on pensions has it."""
    return card.birth_date or date(card.birth_year, 1, 1)


def _born(value: Value | None) -> date | None:
    """A date, or the first day of a year."""
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return date(value, 1, 1)
        if isinstance(value, str):
            return date(int(value), 1, 1) if len(value) == 4 and value.isdigit() else date.fromisoformat(value)
    except ValueError:
        return None
    return None


def draft(state: State) -> DossierDraft | None:
    """What has been filled in, as the server takes it; None while its owner is not known."""
    chosen, whose = procedure(state), owner(state)
    if chosen is None or chosen.form is None or whose is None:
        return None
    return DossierDraft(
        procedure=chosen.code,
        form_version=chosen.form.version,
        answers=given(state),
        owner=whose,
        language=state.language,
    )


def with_age(state: State, born: date | None) -> State:
    """Whoever is old enough is told so; nothing is taken for him or her."""
    offered = state.reply.priorities if state.reply else ()
    if born is None:
        return state
    found = next((one for one in offered if _old_enough(one, born, today(state))), None)
    return changed(state, age_priority=found.code if found else None)


def _old_enough(category: PriorityCategory, born: date, day: date) -> bool:
    if category.min_age is None:
        return False
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return age >= category.min_age


def moment(state: State) -> datetime:
    """Now, by the server's clock."""
    if state.reply is None:
        return datetime.min.replace(tzinfo=UTC)
    return state.reply.now + timedelta(seconds=max(0.0, state.times.now - state.times.answered))
