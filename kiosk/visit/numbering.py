"""From a visit to a number at a counter: for whoever would rather see a person, or must."""

from __future__ import annotations

from kiosk.state import Screen, State, at
from kiosk.visit.course import changed, numbered, procedure


def number(state: State) -> State:
    """A number for the procedure being looked at; where the hall gives none for it now, the list of all."""
    chosen = procedure(state)
    picked = numbered(state, chosen) if chosen else None
    if picked is None:
        return at(state, Screen.GROUP)
    asks = state.reply is not None and state.reply.priorities
    return at(changed(picked, for_dossier=False), Screen.PRIORITY if asks else Screen.CONFIRM)
