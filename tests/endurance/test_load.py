"""A real server under load: sixteen clients take 1,600 numbers, eight clerks call 400 as fast as they can."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.endurance.conftest import COUNTERS
from tests.endurance.wire import Wire
from tests.hall_server import RunningHall, running_hall

CLIENTS = 16
TICKETS = 1600
CALLS = 400
SERVICES = ("1.001193", "2.000815")


def test_numbers_are_consecutive_and_every_ticket_is_called_to_one_counter(tmp_path: Path, busy_hall: Path) -> None:
    with running_hall(tmp_path, hall=busy_hall) as hall:
        issued = asyncio.run(issue_all(hall))
        called = asyncio.run(call_all(hall))
        assert hall.check().returncode == 0, hall.check().stdout
    assert len(issued) == len(set(issued)) == TICKETS
    assert len(called) == CALLS
    assert len({ticket for ticket, _ in called}) == CALLS
    assert {counter for _, counter in called} == set(range(1, COUNTERS + 1))
    with closing(sqlite3.connect(hall.data / "motcua.db")) as sql:
        kept = sql.execute("SELECT id, day, prefix, sequence, number FROM ticket").fetchall()
        calls = sql.execute("SELECT ticket, counter FROM event WHERE kind = 'called'").fetchall()
    assert {(ident, number) for ident, _, _, _, number in kept} == set(issued)
    for (day, prefix), count in Counter((day, prefix) for _, day, prefix, _, _ in kept).items():
        given = sorted(row[3] for row in kept if row[1:3] == (day, prefix))
        assert given == list(range(1, count + 1))
    assert sorted(calls) == sorted(called)


async def issue_all(hall: RunningHall) -> list[tuple[int, str]]:
    """The ids and numbers that the clients were told."""
    tokens = [hall.token("kiosk", f"kiosk-{number}") for number in range(4)]

    async def client(number: int) -> list[tuple[int, str]]:
        wire = Wire(hall.url, tokens[number % len(tokens)])
        told = []
        for turn in range(TICKETS // CLIENTS):
            key = f"client-{number}-ticket-{turn}"
            status, ticket = await wire.post("/tickets", {"service": SERVICES[(number + turn) % 2]}, key)
            assert status == 201, ticket
            told.append((ticket["id"], ticket["number"]))
        wire.close()
        return told

    answers = await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return [ticket for told in answers for ticket in told]


async def call_all(hall: RunningHall) -> list[tuple[int, int]]:
    """The ids that the clerks were told, each with the counter it was called to."""
    tokens = {counter: hall.token("clerk", f"clerk-{counter}") for counter in range(1, COUNTERS + 1)}

    async def clerk(counter: int) -> list[tuple[int, int]]:
        wire = Wire(hall.url, tokens[counter])
        status, said = await wire.post(f"/counters/{counter}/open")
        assert status == 200, said
        told = []
        for _ in range(CALLS // COUNTERS):
            status, reply = await wire.post(f"/counters/{counter}/next")
            assert status == 200, reply
            told.append((reply["ticket"]["id"], reply["ticket"]["counter"]))
        wire.close()
        return told

    answers = await asyncio.gather(*(clerk(counter) for counter in tokens))
    return [call for told in answers for call in told]
