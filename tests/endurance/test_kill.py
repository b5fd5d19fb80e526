"""The server killed twenty times under load, on the same data: what was answered stands, nothing is given twice."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from queue_server import soundness
from tests.endurance.conftest import COUNTERS
from tests.endurance.wire import LOST, Wire
from tests.hall_server import RunningHall, running_hall

KILLS = 20
KIOSKS = 16
MOST_ANSWERS = 150
SEED = 20261123


@dataclass
class Ledger:
    """What the clients were told, by the key of the request; `open`: asked, and never answered."""

    answered: dict[str, Any] = field(default_factory=dict)
    open: dict[str, tuple[str, Any]] = field(default_factory=dict)
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    until: int = 0

    async def ask(self, wire: Wire, path: str, body: Any, key: str) -> None:
        """Ask once. Raises one of LOST when the server dies under it."""
        self.open[key] = (path, body)
        status, said = await wire.post(path, body, key)
        assert status in (200, 201, 204), (status, said)
        del self.open[key]
        if key in self.answered:
            assert identity(self.answered[key]) == identity(said), "the same key gave another ticket"
        self.answered[key] = said
        if len(self.answered) >= self.until:
            self.enough.set()


def identity(said: Any) -> Any:
    """What must never change between two answers to one key: which ticket, and that it was issued or called."""
    ticket = said.get("ticket", said) if said else None
    return ticket and (ticket["id"], ticket["number"], ticket["issued_at"], ticket["track_url"])


def test_twenty_kills_lose_nothing_and_give_nothing_twice(tmp_path: Path, busy_hall: Path) -> None:
    chance = random.Random(SEED)
    ledger = Ledger()
    with running_hall(tmp_path, hall=busy_hall) as hall:
        tokens = {f"kiosk-{n}": hall.token("kiosk", f"kiosk-{n}") for n in range(KIOSKS)}
        tokens |= {f"clerk-{n}": hall.token("clerk", f"clerk-{n}") for n in range(1, COUNTERS + 1)}
        for kill in range(KILLS):
            asyncio.run(morning(hall, tokens, ledger, kill, chance))
            assert hall.process is None
            look(hall, ledger)
            hall.start()
        asyncio.run(repeat_the_open(hall, tokens, ledger))
        asyncio.run(repeat_some_answered(hall, tokens, ledger, chance))
        assert hall.check().returncode == 0, hall.check().stdout
    everything_is_accounted_for(hall, ledger)


async def morning(hall: RunningHall, tokens: dict[str, str], ledger: Ledger, kill: int, chance: random.Random) -> None:
    """All at work, first repeating what was not answered, until the server is killed at a random moment."""
    ledger.enough = asyncio.Event()
    ledger.until = len(ledger.answered) + chance.randint(1, MOST_ANSWERS)
    pause_s = chance.random() * 0.02
    work = [asyncio.create_task(device(hall, name, token, ledger, kill)) for name, token in tokens.items()]
    enough = asyncio.create_task(ledger.enough.wait())
    await asyncio.wait([enough, *work], return_when=asyncio.FIRST_COMPLETED)
    enough.cancel()
    await asyncio.sleep(pause_s)
    await asyncio.to_thread(hall.kill)
    for ended in await asyncio.gather(*work, return_exceptions=True):
        assert isinstance(ended, LOST), ended


async def device(hall: RunningHall, name: str, token: str, ledger: Ledger, kill: int) -> None:
    wire = Wire(hall.url, token)
    number = int(name.partition("-")[2])
    if name.startswith("clerk"):
        status, said = await wire.post(f"/counters/{number}/open")
        assert status == 200, said
    for key in [key for key in ledger.open if key.startswith(f"{name}.")]:
        await ledger.ask(wire, *ledger.open[key], key)
    turn = 0
    while True:
        turn += 1
        key = f"{name}.{kill}.{turn}"
        if name.startswith("clerk"):
            await ledger.ask(wire, f"/counters/{number}/next", None, key)
        else:
            await ledger.ask(wire, "/tickets", {"service": ("1.001193", "2.000815")[turn % 2]}, key)


def look(hall: RunningHall, ledger: Ledger) -> None:
    """Straight after the kill: whatever was answered stands in the file, and the file is sound."""
    assert soundness.main(["--data", str(hall.data)]) == 0
    with closing(sqlite3.connect(hall.data / "motcua.db")) as sql:
        kept = dict(sql.execute("SELECT id, number FROM ticket"))
        twice = sql.execute("SELECT 1 FROM ticket GROUP BY day, number HAVING COUNT(*) > 1").fetchall()
        at_one_counter = sql.execute(
            "SELECT 1 FROM ticket WHERE state IN ('called', 'serving') GROUP BY counter HAVING COUNT(*) > 1"
        ).fetchall()
        calls = Counter(row[0] for row in sql.execute("SELECT ticket FROM event WHERE kind = 'called'"))
        counter_of = dict(sql.execute("SELECT ticket, counter FROM event WHERE kind = 'called'"))
    assert twice == at_one_counter == []
    assert not [ticket for ticket, times in calls.items() if times > 1]
    for said in ledger.answered.values():
        if said is None:
            continue
        ticket = said.get("ticket", said)
        assert kept.get(ticket["id"]) == ticket["number"], "an answered ticket is gone"
        if ticket["counter"] is not None:
            assert counter_of.get(ticket["id"]) == ticket["counter"], "an answered call is gone"


async def repeat_the_open(hall: RunningHall, tokens: dict[str, str], ledger: Ledger) -> None:
    for key, (path, body) in list(ledger.open.items()):
        wire = Wire(hall.url, tokens[key.partition(".")[0]])
        await ledger.ask(wire, path, body, key)
        wire.close()
    assert not ledger.open


async def repeat_some_answered(
    hall: RunningHall, tokens: dict[str, str], ledger: Ledger, chance: random.Random
) -> None:
    for key in chance.sample(sorted(ledger.answered), 100):
        name, _, turn = key.split(".")
        wire = Wire(hall.url, tokens[name])
        if name.startswith("clerk"):
            await ledger.ask(wire, f"/counters/{name.partition('-')[2]}/next", None, key)
        else:
            await ledger.ask(wire, "/tickets", {"service": ("1.001193", "2.000815")[int(turn) % 2]}, key)
        wire.close()


def everything_is_accounted_for(hall: RunningHall, ledger: Ledger) -> None:
    """Every key has its own ticket, and there is no ticket that nobody asked for."""
    issued = [said["id"] for key, said in ledger.answered.items() if key.startswith("kiosk")]
    called = [said["ticket"]["id"] for key, said in ledger.answered.items() if key.startswith("clerk") and said]
    assert len(set(issued)) == len(issued)
    assert len(set(called)) == len(called)
    with closing(sqlite3.connect(hall.data / "motcua.db")) as sql:
        assert {row[0] for row in sql.execute("SELECT id FROM ticket")} == set(issued)
        assert {row[0] for row in sql.execute("SELECT ticket FROM event WHERE kind = 'called'")} == set(called)
