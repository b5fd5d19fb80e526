"""The board on the real server: only what the hall called today is spoken."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.queue_server.house import House


def say(house: House, number: str, counter: int) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=house.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://hall.test") as client:
            return await client.get("/board/say", params={"number": number, "counter": counter})

    return house.run(ask())


def test_a_number_is_spoken_only_after_its_call_at_its_counter_and_on_its_day(tmp_path: Path) -> None:
    with House(tmp_path / "data") as house:
        number = house.issue(house.token("kiosk"))["number"]
        clerk = house.clerk_at(2)
        assert say(house, number, 2).json()["code"] == "not-called"
        house.call_next(clerk, 2)
        spoken = say(house, number, 2)
        assert (spoken.status_code, spoken.headers["content-type"]) == (200, "audio/wav")
        assert say(house, number, 3).status_code == 404
        assert say(house, "Z-999", 2).status_code == 404
        house.later(days=1)
        assert say(house, number, 2).status_code == 404
