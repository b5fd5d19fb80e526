"""What a dossier costs, how that is paid and when its result is due: the same words wherever it is told."""

from __future__ import annotations

from datetime import datetime

from kiosk.amounts import money
from kiosk.state import State
from kiosk.visit.course import procedure
from kiosk.words import Words, zone
from queue_server.contract import LocalText, Outcome


def fee_words(say: Words, fee: int | None, note: LocalText | None) -> tuple[str, ...]:
    """The amount, or what is known of it (`note`) and who tells the rest; and where it is paid."""
    _ = say.gettext
    if fee == 0:
        return (_("Fee: %(amount)s") % {"amount": money(say, 0)},)
    if fee is not None:
        return (_("Fee: %(amount)s, paid at the counter") % {"amount": money(say, fee)},)
    told = _("The clerk tells you the exact amount by the set rates; it is paid at the counter.")
    if note is None:
        return (_("Fee: %(amount)s") % {"amount": told},)
    return (_("Fee: %(amount)s") % {"amount": say.local(note).rstrip(". ") + "."}, told)


def promised(state: State, say: Words) -> tuple[str, ...]:
    """What the citizen is to know before he or she confirms the declaration: the fee, then the time to the result."""
    shown = state.visit.declaration if state.visit else None
    if shown is None:
        return ()
    due = due_words(state, say, shown.due_at)
    return (*fee_words(say, shown.fee, shown.fee_note), *((due,) if due else ()))


def due_words(state: State, say: Words, due_at: datetime | None) -> str:
    """The day and hour; where a clerk has to receive it first, how long it takes from then on. Empty if neither is
    known."""
    _ = say.gettext
    chosen = procedure(state)
    if chosen is not None and chosen.outcome is Outcome.PREPARED:
        taken = {"time": say.local(chosen.duration)} if chosen.duration else None
        return _("Time to the result, once the clerk has received it: %(time)s") % taken if taken else ""
    return filed_now(state, say, due_at)


def filed_now(state: State, say: Words, due_at: datetime | None) -> str:
    """When the result is due of what is filed at this moment; empty where nothing is promised."""
    _ = say.gettext
    if due_at is None or state.reply is None:
        return ""
    moment = due_at.astimezone(zone(state.reply.hall.timezone))
    weekday = say.weekday(moment).replace(" ", "\N{NO-BREAK SPACE}")
    day = f"{weekday} {moment:%d/%m/%Y}"
    return _("Filed now: due by %(hour)s, %(day)s") % {"hour": say.hour(moment), "day": day}
