"""How much is measured: enough for a figure, or just enough to see that the measuring works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """`rounds`: how often measurement and reference take turns; in each: `tickets` taken, `calls` made, `raw_s` seconds
    of raw commits, `board_calls` calls to `boards` boards. `touches`, `starts`: tickets at the kiosk and starts of it,
    each with its reference. `presses`: of a clerk's key in each round, and as many without an agent; `idle_s`: how long
    an agent at rest is watched. `papers`: pictures of a document camera judged in each round. `visits`: birth
    registrations at the kiosk; `sessions`: citizens before its memory is read. `load`: tickets before memory is read.
    `days`: generated days of each load, with `search_steps` of the search with hindsight on each, and ten times as many
    on the first `longer` of them; `year`: days simulated one after the other; `decisions`: calls out of a full hall;
    `asked_every`: one in so many arrivals asks for an estimate."""

    rounds: int
    tickets: int
    calls: int
    raw_s: float
    boards: int
    board_calls: int
    touches: int
    starts: int
    load: int
    days: int
    longer: int
    search_steps: int
    year: int
    decisions: int
    asked_every: int
    presses: int
    idle_s: float
    papers: int
    visits: int
    sessions: int


FULL = Plan(
    rounds=10,
    tickets=400,
    calls=100,
    raw_s=0.5,
    boards=100,
    board_calls=20,
    touches=20,
    starts=5,
    load=2000,
    days=24,
    longer=2,
    search_steps=15_000_000,
    year=250,
    decisions=500,
    asked_every=29,
    presses=8,
    idle_s=60.0,
    papers=12,
    visits=5,
    sessions=1000,
)
QUICK = Plan(
    rounds=2,
    tickets=40,
    calls=20,
    raw_s=0.1,
    boards=10,
    board_calls=3,
    touches=2,
    starts=1,
    load=50,
    days=1,
    longer=1,
    search_steps=20_000,
    year=4,
    decisions=20,
    asked_every=97,
    presses=3,
    idle_s=3.0,
    papers=2,
    visits=1,
    sessions=20,
)
