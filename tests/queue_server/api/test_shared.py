"""Many boards ask at once; one answer is made, and a failure is not kept."""

from __future__ import annotations

import asyncio

import pytest

from queue_server.api.shared import Shared


def test_those_who_ask_together_share_one_answer_and_a_new_key_makes_a_new_one() -> None:
    made: list[int] = []

    async def make() -> bytes:
        made.append(1)
        await asyncio.sleep(0.01)
        return str(len(made)).encode()

    async def ask() -> None:
        shared = Shared()
        assert set(await asyncio.gather(*(shared.get(1, make) for _ in range(100)))) == {b"1"}
        assert await shared.get(1, make) == b"1"
        assert await shared.get(2, make) == b"2"

    asyncio.run(ask())
    assert len(made) == 2


def test_one_asker_going_away_leaves_the_answer_to_the_others() -> None:
    async def make() -> bytes:
        await asyncio.sleep(0.02)
        return b"here"

    async def ask() -> bytes:
        shared = Shared()
        first = asyncio.ensure_future(shared.get(1, make))
        second = asyncio.ensure_future(shared.get(1, make))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert asyncio.run(ask()) == b"here"


def test_a_failure_is_told_and_then_tried_again() -> None:
    outcomes: list[Exception | bytes] = [OSError("disk"), b"well"]

    async def make() -> bytes:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def ask() -> bytes:
        shared = Shared()
        with pytest.raises(OSError, match="disk"):
            await shared.get(1, make)
        return await shared.get(1, make)

    assert asyncio.run(ask()) == b"well"
