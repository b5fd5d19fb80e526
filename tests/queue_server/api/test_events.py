"""The stream of nudges from a real server: one after each change, none before, and losing one does no harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.hall_server import running_hall


def nudges(lines: Iterator[str]) -> Iterator[dict[str, object]]:
    for line in lines:
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def test_every_change_is_nudged_after_it_stands_and_a_lost_nudge_does_no_harm(tmp_path: Path) -> None:
    with running_hall(tmp_path, options=("--voice", "fake://")) as hall:
        kiosk, clerk = hall.token("kiosk", "kiosk-1"), hall.token("clerk", "desk-3")
        with hall.client(kiosk) as at_kiosk, hall.client(clerk) as at_desk, hall.client() as board:
            with board.stream("GET", "/api/v1/events") as stream:
                assert stream.headers["content-type"].startswith("text/event-stream")
                lines = stream.iter_lines()
                assert next(lines).startswith("retry:")
                heard = nudges(lines)
                ticket = at_kiosk.post(
                    "/api/v1/tickets", json={"service": "2.000815"}, headers={"Idempotency-Key": "key-00001"}
                ).json()
                assert next(heard) == {"changed": "ticket", "id": ticket["id"]}
                # Nudged means done: whoever asks now is told.
                assert board_of(hall.url)["queues"][1]["numbers"] == [ticket["number"]]
                at_desk.post("/api/v1/counters/3/open")
                assert next(heard) == {"changed": "counter", "id": 3}
                at_desk.post("/api/v1/counters/3/next")
                assert [next(heard), next(heard)] == [
                    {"changed": "ticket", "id": ticket["id"]},
                    {"changed": "counter", "id": 3},
                ]
            # Nobody listens while this happens; the board's slow poll finds it all the same.
            at_desk.post(f"/api/v1/tickets/{ticket['id']}/recall")
            assert [a["kind"] for a in board_of(hall.url)["announcements"]] == ["call", "recall"]
            with board.stream("GET", "/api/v1/events") as stream:
                lines = stream.iter_lines()
                assert next(lines).startswith("retry:")
                heard = nudges(lines)
                at_desk.post(f"/api/v1/tickets/{ticket['id']}/start")
                assert next(heard)["changed"] == "ticket"


def board_of(url: str) -> dict[str, list[dict[str, object]]]:
    return httpx.get(f"{url}/api/v1/board", trust_env=False).json()
