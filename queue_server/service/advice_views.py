"""The hall's risk, its alert and the advice, as the manager reads them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from queue_server import contract
from queue_server.domain.advice import Advice
from queue_server.domain.errors import fill
from queue_server.domain.fate import Fate
from queue_server.domain.hall import Hall
from queue_server.domain.ids import ServiceCode
from queue_server.domain.measure import MeasureKind
from queue_server.domain.text import N_, Language
from queue_server.locale import translator
from queue_server.store import advice as store

from .views import counter_name, service_name, wire_text
from .watch import Watch

NAMED = 3
"""So many services are named, the others counted."""
WORTH_NAMING = 0.5
WHAT = {
    MeasureKind.OPEN_COUNTER: N_("Open {counter} for {services}"),
    MeasureKind.ADD_SERVICE: N_("Let {counter} take {services} too"),
    MeasureKind.SHIFT_LUNCH: N_("Move lunch at {counter} from {was} to {lunch}"),
    MeasureKind.OFFER_APPOINTMENTS: N_("Offer appointments for {services} at the kiosk (taken that half accept)"),
}
FEWER = N_("Tickets over the target in the next 30 min: {after} instead of {before}.")
SOONER = N_("As many tickets over the target in the next 30 min, but late by {after} min in all instead of {before}.")
AND_MORE = N_("{services} and {more} more")


def with_alert(
    sql: sqlite3.Connection, view: contract.HallView, hall: Hall, watch: Watch, now: datetime
) -> contract.HallView:
    """`view` with what is expected, what is advised and what has been taken today."""
    day = hall.day_at(now).date
    given = store.of_day(sql, day)
    alert = store.standing_alert(sql, day)
    return view.model_copy(
        update={
            "risk": _risk(hall, watch, now),
            "alert": None if alert is None else _alert(hall, alert, given, watch.effects),
            "advised": alert is not None and watch.advised_at is not None,
            "in_force": tuple(advice_view(hall, each) for each in given if _holds(each)),
        }
    )


def _holds(given: store.Given) -> bool:
    """Whether it was taken and goes on; a counter that was opened is seen among the counters."""
    return given.fate is Fate.TAKEN and given.advice.measure.kind is not MeasureKind.OPEN_COUNTER


def alerts_view(sql: sqlite3.Connection, hall: Hall, watch: Watch, now: datetime) -> contract.AlertsReply:
    """The day's alerts, the advice given with them, and what was done with it."""
    day = hall.day_at(now).date
    given = store.of_day(sql, day)
    return contract.AlertsReply(
        alerts=tuple(_alert(hall, alert, given, watch.effects) for alert in store.alerts(sql, day)), now=now
    )


def advice_view(hall: Hall, given: store.Given, effect: Advice | None = None) -> contract.Advice:
    """Advice in words; `effect`: what it would do by now, where that is known."""
    expected = effect or given.advice
    return contract.Advice(
        id=given.id,
        kind=given.advice.measure.kind,
        counter=given.advice.measure.counter,
        services=expected.measure.services,
        what=contract.LocalText(**{each: _what(hall, expected, each) for each in Language}),
        effect=contract.LocalText(**{each: _effect(expected, each) for each in Language}),
        before=expected.before,
        after=expected.after,
        given_at=given.at,
        fate=given.fate,
        answered_at=given.answered_at,
        by=given.by.partition(":")[2] or given.by if given.by else None,
        reason=given.why,
    )


def _risk(hall: Hall, watch: Watch, now: datetime) -> contract.Risk | None:
    """What was expected last, unless that was on another day."""
    risk = watch.risk
    if risk is None or hall.day_at(risk.at).date != hall.day_at(now).date:
        return None
    return contract.Risk(
        share=risk.share,
        over=risk.over,
        tickets=risk.tickets,
        threshold=hall.calling.risk_share,
        services=_services(hall, risk.services),
        at=risk.at,
    )


def _alert(hall: Hall, alert: store.Alert, given: list[store.Given], effects: Mapping[int, Advice]) -> contract.Alert:
    rank = {ident: place for place, ident in enumerate(effects)}
    mine = sorted((each for each in given if each.alert == alert.id), key=lambda each: rank.get(each.id, len(rank)))
    return contract.Alert(
        id=alert.id,
        raised_at=alert.raised_at,
        cleared_at=alert.cleared_at,
        share=alert.share,
        over=alert.over,
        services=_services(hall, alert.services),
        advice=tuple(advice_view(hall, each, effects.get(each.id)) for each in mine),
    )


def _services(hall: Hall, over: Mapping[ServiceCode, float]) -> tuple[contract.LateService, ...]:
    """The services that run late, the latest first."""
    return tuple(
        contract.LateService(service=code, name=wire_text(service_name(hall, code)), over=count)
        for code, count in sorted(over.items(), key=lambda each: (-each[1], each[0]))
        if count >= WORTH_NAMING
    )


def _what(hall: Hall, advice: Advice, language: str) -> str:
    measure, translate = advice.measure, translator(language).gettext
    names = [wire_text(service_name(hall, code)).in_language(language) for code in measure.services]
    services = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        services = fill(translate(AND_MORE), {"services": services, "more": len(names) - NAMED})
    counter = "" if measure.counter is None else counter_name(hall, measure.counter).in_language(language)
    params = {"counter": counter, "services": services, "was": measure.was, "lunch": measure.lunch}
    return fill(translate(WHAT[measure.kind]), params)


def _effect(advice: Advice, language: str) -> str:
    if advice.spares_tickets:
        template, before, after = FEWER, advice.before, advice.after
    else:
        template, before, after = SOONER, advice.late_before_s / 60, advice.late_after_s / 60
    digits = 0 if round(before) != round(after) else 1
    said = {"before": _number(before, digits, language), "after": _number(after, digits, language)}
    return fill(translator(language).gettext(template), said)


def _number(value: float, digits: int, language: str) -> str:
    text = f"{value:.{digits}f}"
    return text if language == Language.EN else text.replace(".", ",")
