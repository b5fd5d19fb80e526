"""Puts what the rules say in codes into a person's words."""

from __future__ import annotations

from collections.abc import Mapping

from queue_server.domain.appointment import STATE_NAMES as APPOINTMENT_NAMES
from queue_server.domain.appointment import AppointmentState
from queue_server.domain.dispatch import REASONS, Why
from queue_server.domain.dossiers.state import ACT_NAMES, DossierAct, DossierState
from queue_server.domain.dossiers.state import STATE_NAMES as STANDINGS
from queue_server.domain.errors import HallError, fill
from queue_server.domain.ticket import STATE_NAMES, VERBS, TicketState
from queue_server.locale import translator


def reason(why: str, params: Mapping[str, str | int], language: str) -> str:
    """Why a ticket was called; an unknown code, from an older database, is shown as it is."""
    if why not in set(Why):
        return why
    return fill(translator(language).gettext(REASONS[Why(why)]), params)


def message(error: HallError, language: str) -> tuple[str, str]:
    """What was wrong and what to do next."""
    translate = translator(language).gettext
    params = dict(error.params)
    state = params.get("state")
    if isinstance(state, AppointmentState):
        params["state"] = translate(APPOINTMENT_NAMES[state])
    elif state in set(TicketState):
        params["state"] = translate(STATE_NAMES[TicketState(str(state))])
    if params.get("dossier_state") in set(DossierState):
        params["dossier_state"] = translate(STANDINGS[DossierState(str(params["dossier_state"]))])
    if params.get("act") in set(DossierAct):
        params["act"] = translate(ACT_NAMES[DossierAct(str(params["act"]))])
    if params.get("verb") in VERBS:
        params["verb"] = translate(VERBS[str(params["verb"])])
    return fill(translate(error.message), params), fill(translate(error.action), params)
