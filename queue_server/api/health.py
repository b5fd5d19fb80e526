"""For the machines that watch the machine: is the server well, and its figures for Prometheus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from fastapi import APIRouter, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from queue_server.contract import DeviceView
from queue_server.domain.counter import CounterState
from queue_server.service.device_views import parts_view
from queue_server.store import counters, queue, reports
from queue_server.store.database import StoreUnavailable
from queue_server.store.vault import KeysUnusable

from .asker import House
from .problems import refused

router = APIRouter(tags=["health"])


WELL = {"content": {"application/json": {"example": {"status": "ok"}}}}


@router.get("/healthz", summary="Is the server well", responses={200: WELL, **refused(KeysUnusable)})
async def healthz(house: House) -> dict[str, str]:
    """Answers once the writer is alive, the last change reached the disk, the database can be read and the keys of
    the dossiers can be used."""
    await house.db.write(lambda tx: None)
    if house.db.short_of_disk:
        raise StoreUnavailable
    await house.db.read(lambda sql: sql.execute("SELECT 1").fetchone())
    house.vault.check()
    return {"status": "ok"}


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response, responses=refused())
async def metrics(house: House) -> Response:
    """Queues, counters, devices and totals; numbers of people only."""
    now = house.now()
    day = now.astimezone(house.hall(now).zone).date()
    figures = await house.db.read(partial(_figures, day=day))
    registry = CollectorRegistry()
    hall = house.hall(now)
    devices = _devices(await house.db.read(lambda sql: parts_view(sql, hall, house.heard, now)))
    registry.register(
        _Figures([*figures, *devices, _gauge("motcua_listeners", "Screens listening", house.hub.listeners)])
    )
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4; charset=utf-8")


class _Figures(Collector):
    def __init__(self, figures: list[Metric]) -> None:
        self._all = figures

    def collect(self) -> Iterator[Metric]:
        return iter(self._all)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _figures(sql: sqlite3.Connection, day: date) -> list[Metric]:
    waiting = GaugeMetricFamily("motcua_waiting", "Tickets waiting", labels=["service"])
    for code, count in queue.waiting_by_service(sql, day).items():
        waiting.add_metric([code], count)
    states = GaugeMetricFamily("motcua_counters", "Counters by state", labels=["state"])
    statuses = list(counters.get_all(sql).values())
    for each in CounterState:
        states.add_metric([each], sum(status.state is each for status in statuses))
    today = GaugeMetricFamily("motcua_tickets_today", "Today's tickets by state", labels=["state"])
    for state, number in reports.states_of_day(sql, day).items():
        today.add_metric([state], number)
    return [waiting, states, today]


def _devices(views: Iterable[DeviceView]) -> list[Metric]:
    """One series a part: as many as the machines with a token name, 64 each at most."""
    states = GaugeMetricFamily(
        "motcua_device_state", "1 for each part's present severity", labels=["machine", "part", "kind", "severity"]
    )
    alerts = 0
    for view in views:
        states.add_metric([view.name, view.part, view.kind, view.severity], 1)
        alerts += view.alert
    return [states, _gauge("motcua_device_alerts", "Parts out of order for longer than the hall allows", alerts)]
