"""From a clerk's press of Next until a hundred boards have the number, against an app that only fans out."""

from __future__ import annotations

from pathlib import Path

import httpx
import psutil

from queue_server.contract import API

from .child import Ask, Child
from .figures import Against, Row, duration, percentile, ratios
from .hall import Hall, measured_hall
from .plan import Plan

WAITING = 50
NOTE = "the real page waits 50 ms more for further nudges, and then draws"


def measure(folder: Path, plan: Plan) -> list[Row]:
    """Each round: some calls in the hall, then as many in the bare app, to the same number of boards."""
    ours: list[Ask] = []
    bare: list[Ask] = []
    with Child("screens") as screens, Child("bare_app", "starlette") as app, measured_hall(folder) as hall:
        bare_url = app.heard()["url"]
        hall.issue(WAITING, 16)
        server = psutil.Process(hall.pid)
        spent = 0.0
        for _ in range(plan.rounds):
            hall.issue(plan.board_calls, 16)
            before = sum(server.cpu_times()[:2])
            ours.append(_in_hall(hall, screens, plan))
            spent += sum(server.cpu_times()[:2]) - before
            # As long an answer as the hall's own.
            httpx.put(f"{bare_url}/board", content=httpx.get(f"{hall.url}{API}/board").content)
            bare.append(_in_bare_app(bare_url, screens, plan))
    server_ms = spent / (plan.rounds * plan.board_calls) * 1000
    processor = f"processor: server {server_ms:.0f} ms a call, with {plan.boards} boards asking for it"
    names = {
        "pressed_s": f"press of Next → {plan.boards} boards have the number",
        "answered_s": f"clerk's answer → {plan.boards} boards have the number",
        "last_s": f"press of Next → the last of {plan.boards} boards has it",
    }
    rows = []
    for key, name in names.items():
        p99 = [ratios([percentile(a[key], 99)], [percentile(b[key], 99)])[0] for a, b in zip(ours, bare, strict=True)]
        reference = duration(f"bare Starlette, {plan.boards} boards, fixed answer", [one[key] for one in bare])
        measured = duration(name, [one[key] for one in ours])
        rows.append(Row("ms", measured, (Against(reference, tuple(p99)),)))
    rows[0] = Row("ms", rows[0].measured, rows[0].against, notes=("the ratio is of the p99", processor, NOTE))
    return rows


def _in_hall(hall: Hall, screens: Child, plan: Plan) -> Ask:
    press = [(f"{API}/counters/{counter}/next", token) for counter, token in hall.clerks]
    return screens.ask(
        url=hall.url,
        boards=plan.boards,
        calls=plan.board_calls,
        press=press,
        events=f"{API}/events",
        board=f"{API}/board",
        fixed=False,
    )


def _in_bare_app(url: str, screens: Child, plan: Plan) -> Ask:
    press = [("/call", None)]
    return screens.ask(
        url=url,
        boards=plan.boards,
        calls=plan.board_calls,
        press=press,
        events="/events",
        board="/board",
        fixed=True,
    )
