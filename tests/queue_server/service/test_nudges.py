"""Nudges: several changes of one thing are one, a slow listener holds nobody up, and there is an end to listeners."""

from __future__ import annotations

import asyncio

import pytest

from queue_server.service.nudges import MOST_LISTENERS, Hub, Listener, TooManyListeners


def test_changes_pile_up_as_one_nudge_each_in_their_order() -> None:
    async def listen() -> list[list[tuple[str, int]]]:
        listener = Listener()
        listener.put([("ticket", 1), ("counter", 2)])
        listener.put([("ticket", 1), ("ticket", 3)])
        return [await listener.get(30), await listener.get(0)]

    assert asyncio.run(listen()) == [[("ticket", 1), ("counter", 2), ("ticket", 3)], []]


def test_every_listener_hears_and_those_who_left_do_not_count() -> None:
    async def crowd() -> tuple[list[list[tuple[str, int]]], int]:
        hub = Hub()
        hub.publish([("ticket", 9)])
        hub.start()
        async with hub.listen() as first:
            async with hub.listen():
                pass
            async with hub.listen() as second:
                await asyncio.to_thread(hub.publish, [("ticket", 1)])
                heard = [await first.get(30), await second.get(30)]
        return heard, hub.listeners

    assert asyncio.run(crowd()) == ([[("ticket", 1)], [("ticket", 1)]], 0)


def test_there_is_an_end_to_listeners() -> None:
    async def crowd() -> None:
        hub = Hub()
        hub.start()
        opened = [hub.listen() for _ in range(MOST_LISTENERS)]
        for each in opened:
            await each.__aenter__()
        with pytest.raises(TooManyListeners):
            async with hub.listen():
                pass
        await opened.pop().__aexit__(None, None, None)
        async with hub.listen():
            pass

    asyncio.run(crowd())


def test_publishing_after_the_loop_has_ended_is_no_error() -> None:
    hub = Hub()

    async def start() -> None:
        hub.start()

    asyncio.run(start())
    hub.publish([("ticket", 1)])
