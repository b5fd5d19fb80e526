"""Durable ticket issue over HTTP, against the same disk without a server in front of it."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

from .child import Child
from .figures import Against, Row, Times, ratios, throughput
from .hall import Hall, Stretch, measured_hall
from .plan import Plan

AIM = 0.5
CLIENTS = (1, 16)
WARM_UP = 100
UNIT = "tickets/s"


def measure(folder: Path, plan: Plan) -> list[Row]:
    """Each round: raw, 1 client, raw, 16 clients, raw; a figure's reference is the mean of its two neighbours."""
    raw: list[Times] = []
    rows: list[Times] = []
    bare: dict[int, list[Times]] = {clients: [] for clients in CLIENTS}
    done: dict[int, list[Stretch]] = {clients: [] for clients in CLIENTS}
    with (
        Child("raw_commits", str(folder / "raw.db")) as disk,
        Child("bare_app", "fastapi") as app,
        measured_hall(folder) as hall,
    ):
        bare_url = app.heard()["url"]
        _warm_up(hall, disk, bare_url)
        for _ in range(plan.rounds):
            raw.append(_raw(disk, "ticket", plan))
            for clients in CLIENTS:
                done[clients].append(hall.issue(plan.tickets, clients))
                raw.append(_raw(disk, "ticket", plan))
                hall.empty()
                bare[clients].append(hall.issue(plan.tickets, clients, "/tickets", bare_url).times)
            rows.append(_raw(disk, "row", plan))
    found = []
    step = len(CLIENTS) + 1
    for place, clients in enumerate(CLIENTS):
        around = [mean(one.per_s for one in raw[at + place : at + place + 2]) for at in range(0, len(raw), step)]
        speeds = [stretch.times.per_s for stretch in done[clients]]
        against = (
            Against(throughput("raw SQLite, a ticket's rows, durable", raw), ratios(speeds, around), AIM),
            Against(throughput("raw SQLite, one short row, durable", rows), ratios(speeds, [r.per_s for r in rows])),
            Against(
                throughput("bare FastAPI, nothing stored", bare[clients]),
                ratios(speeds, [one.per_s for one in bare[clients]]),
            ),
        )
        name = f"ticket issue over HTTP, {clients} client{'s' if clients > 1 else ''}"
        ours = throughput(name, [stretch.times for stretch in done[clients]])
        found.append(Row(UNIT, ours, against, more_is_better=True, notes=(_split(done[clients]),)))
    return found


def _split(done: list[Stretch]) -> str:
    requests = sum(len(stretch.times.each_s) for stretch in done)
    server = sum(stretch.server_cpu_s for stretch in done) / requests * 1000
    client = sum(stretch.client_cpu_s for stretch in done) / requests * 1000
    busy = sum(stretch.server_cpu_s for stretch in done) / sum(stretch.times.all_s for stretch in done)
    return f"processor: server {server:.2f} ms a ticket ({busy:.0%} of a core), clients {client:.2f} ms a ticket"


def _raw(disk: Child, what: str, plan: Plan) -> Times:
    said = disk.ask(what=what, seconds=plan.raw_s)
    return Times(tuple(said["each_s"]), said["all_s"])


def _warm_up(hall: Hall, disk: Child, bare_url: str) -> None:
    hall.issue(WARM_UP, 16)
    hall.empty()
    hall.issue(WARM_UP, 16, "/tickets", bare_url)
    disk.ask(what="ticket", seconds=0.2)
