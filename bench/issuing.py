"""Durable ticket issue over HTTP, against the same disk without a server in front of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from .child import Child
from .figures import Against, Figure, Row, Times, ratios, throughput
from .hall import Stretch, measured_hall
from .plan import Plan

AIM = 0.5
CLIENTS = (1, 16)
WARM_UP = 100


@dataclass
class Rounds:
    """What was taken with one number of clients. `around`: raw commits a second next to each stretch of `done`."""

    done: list[Stretch] = field(default_factory=list)
    around: list[float] = field(default_factory=list)
    bare: list[Stretch] = field(default_factory=list)


def measure(folder: Path, plan: Plan) -> list[Row]:
    """Each round, for each number of clients: raw, hall, raw; then the bare app. A round ends with single rows."""
    raw: list[Times] = []
    lines: list[Times] = []
    taken = {clients: Rounds() for clients in CLIENTS}
    with (
        Child("raw_commits", str(folder / "raw.db")) as disk,
        Child("bare_app", "fastapi") as app,
        measured_hall(folder) as hall,
    ):
        url = app.heard()["url"]
        hall.issue(WARM_UP, 16)
        hall.issue_elsewhere(app.pid, url, WARM_UP, 16)
        for _ in range(plan.rounds):
            for clients, rounds in taken.items():
                hall.empty()
                before = _raw(disk, "ticket", plan)
                rounds.done.append(hall.issue(plan.tickets, clients))
                after = _raw(disk, "ticket", plan)
                raw += [before, after]
                rounds.around.append(mean((before.per_s, after.per_s)))
                rounds.bare.append(hall.issue_elsewhere(app.pid, url, plan.tickets, clients))
            lines.append(_raw(disk, "row", plan))
    disk_alone = throughput("raw SQLite, a ticket's rows, durable", raw)
    return [_row(clients, rounds, disk_alone, lines) for clients, rounds in taken.items()]


def _row(clients: int, rounds: Rounds, disk_alone: Figure, lines: list[Times]) -> Row:
    speeds = [stretch.times.per_s for stretch in rounds.done]
    bare = [stretch.times for stretch in rounds.bare]
    against = (
        Against(disk_alone, ratios(speeds, rounds.around), AIM),
        Against(throughput("raw SQLite, one short row, durable", lines), ratios(speeds, [one.per_s for one in lines])),
        Against(throughput("bare FastAPI, nothing stored", bare), ratios(speeds, [one.per_s for one in bare])),
    )
    name = f"ticket issue over HTTP, {clients} client{'s' if clients > 1 else ''}"
    ours = throughput(name, [stretch.times for stretch in rounds.done])
    return Row("tickets/s", ours, against, more_is_better=True, notes=(_split(rounds),))


def _split(rounds: Rounds) -> str:
    requests = sum(len(stretch.times.each_s) for stretch in rounds.done)
    server = sum(stretch.server_cpu_s for stretch in rounds.done) / requests * 1000
    bare = sum(stretch.server_cpu_s for stretch in rounds.bare) / requests * 1000
    client = sum(stretch.client_cpu_s for stretch in rounds.done) / requests * 1000
    return f"processor, ms a ticket: server {server:.2f}, bare FastAPI {bare:.2f}, clients {client:.2f}"


def _raw(disk: Child, what: str, plan: Plan) -> Times:
    said = disk.ask(what=what, seconds=plan.raw_s)
    return Times(tuple(said["each_s"]), said["all_s"])
