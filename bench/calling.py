"""Eight clerks pressing Next with about 500 people waiting, against raw durable commits."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

from .child import Child
from .figures import Against, Row, Times, ratios, throughput
from .hall import Hall, Stretch, measured_hall
from .plan import Plan

WAITING = 500
KIOSKS = 16
NOTE = "each call also starts and finishes the counter's last ticket: 3 updates and 3 events in one transaction"


def measure(folder: Path, plan: Plan) -> list[Row]:
    """Each round: raw commits, then calls while the queue runs from a little over 500 to a little under, raw again."""
    raw: list[Times] = []
    done: list[Stretch] = []
    with Child("raw_commits", str(folder / "raw.db")) as disk, measured_hall(folder) as hall:
        _warm_up(hall, disk)
        hall.issue(WAITING - plan.calls // 2, KIOSKS)
        for _ in range(plan.rounds):
            hall.issue(plan.calls, KIOSKS)
            raw.append(_raw(disk, plan))
            done.append(hall.call(plan.calls))
            raw.append(_raw(disk, plan))
    around = [mean(one.per_s for one in raw[at : at + 2]) for at in range(0, len(raw), 2)]
    ours = throughput(f"call next, 8 clerks, {WAITING} waiting", [stretch.times for stretch in done])
    reference = throughput("raw SQLite, a ticket's rows, durable", raw)
    speeds = [stretch.times.per_s for stretch in done]
    against = (Against(reference, ratios(speeds, around)),)
    return [Row("calls/s", ours, against, more_is_better=True, notes=(_split(done), NOTE))]


def _split(done: list[Stretch]) -> str:
    calls = sum(len(stretch.times.each_s) for stretch in done)
    server = sum(stretch.server_cpu_s for stretch in done) / calls * 1000
    return f"processor: server {server:.2f} ms a call"


def _raw(disk: Child, plan: Plan) -> Times:
    said = disk.ask(what="ticket", seconds=plan.raw_s)
    return Times(tuple(said["each_s"]), said["all_s"])


def _warm_up(hall: Hall, disk: Child) -> None:
    hall.issue(50, KIOSKS)
    hall.empty()
    disk.ask(what="ticket", seconds=0.2)
