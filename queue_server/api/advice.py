"""Alerts and advice over HTTP: for managers, with what was done."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.params import Path

from queue_server.contract import API, Advice, AlertsReply, Fate, OptionalReasonRequest
from queue_server.domain import errors as rules
from queue_server.domain.measure import Measure
from queue_server.service.advice import answer, in_force
from queue_server.service.advice_views import advice_view, alerts_view
from queue_server.service.principal import OVER_COUNTERS
from queue_server.store.database import Tx

from .asker import Asker, House
from .problems import refused
from .tickets import WHO

router = APIRouter(prefix=API, tags=["advice"])

AdviceId = Annotated[int, Path(ge=1, le=2**53, description="The advice's id")]
ANSWERED = refused(*WHO, rules.AdviceUnknown, rules.AdviceAnswered)


@router.get("/alerts", summary="Today's alerts and what was done", responses=refused(*WHO))
async def alerts(house: House, who: Asker) -> AlertsReply:
    """When the share of tickets expected over target passed the hall's threshold, and the advice given."""
    who.need(*OVER_COUNTERS)
    now = house.now()
    hall = house.hall(now)
    return await house.db.read(lambda sql: alerts_view(sql, hall, house.watch, now))


@router.post("/advice/{advice}/take", summary="Take advice", responses=ANSWERED)
async def take(advice: AdviceId, house: House, who: Asker, said: OptionalReasonRequest | None = None) -> Advice:
    """A service that a counter takes besides, or a lunch that is moved, holds from now on until the day's end."""
    return await _answer(house, who, advice, Fate.TAKEN, said)


@router.post("/advice/{advice}/decline", summary="Decline advice", responses=ANSWERED)
async def decline(advice: AdviceId, house: House, who: Asker, said: OptionalReasonRequest | None = None) -> Advice:
    """It is not given again for half an hour."""
    return await _answer(house, who, advice, Fate.DECLINED, said)


@router.post("/advice/{advice}/take-back", summary="Take back what was taken", responses=ANSWERED)
async def take_back(advice: AdviceId, house: House, who: Asker, said: OptionalReasonRequest | None = None) -> Advice:
    """What it changed in the hall holds no longer."""
    return await _answer(house, who, advice, Fate.TAKEN_BACK, said)


async def _answer(house: House, who: Asker, advice: int, fate: Fate, said: OptionalReasonRequest | None) -> Advice:
    def work(tx: Tx) -> tuple[Advice, list[Measure]]:
        given = answer(tx, hall, who, advice, fate, said.reason if said else None, now)
        return advice_view(hall, given), in_force(tx.sql, day)

    now = house.now()
    hall = house.hall(now)
    day = hall.day_at(now).date
    view, taken = await house.db.write(work)
    house.today.take(day, taken)
    return view
