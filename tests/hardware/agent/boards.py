"""Boards for the tests of the agent, said in few words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from queue_server.contract import (
    Announcement,
    BoardCall,
    BoardCounter,
    BoardReply,
    CounterState,
    Hall,
    LocalText,
    Opening,
    OpeningReason,
    TicketState,
)

NOW = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
TEXT = LocalText(vi="Quầy", en="Counter")


def call(ident: int, number: str, counter: int, *, age_s: float = 0, kind: str = "call") -> Announcement:
    """An announcement made `age_s` seconds before NOW."""
    at = NOW - timedelta(seconds=age_s)
    return Announcement(id=ident, kind=kind, number=number, counter=counter, counter_name=TEXT, at=at)


def board(
    counters: Mapping[int, tuple[CounterState, str | None]],
    announcements: tuple[Announcement, ...] = (),
    *,
    serving: tuple[str, ...] = (),
    now: datetime = NOW,
) -> BoardReply:
    """A board with these counters; `serving`: numbers whose person is at the counter already."""
    shown = {each.number: each for each in announcements}
    return BoardReply(
        hall=Hall(agency=TEXT, name=TEXT, timezone="Asia/Ho_Chi_Minh"),
        opening=Opening(issuing=True, reason=next(iter(OpeningReason))),
        now=now,
        announcements=announcements,
        calls=tuple(
            BoardCall(
                number=each.number,
                counter=each.counter,
                counter_name=TEXT,
                state=TicketState.SERVING if each.number in serving else TicketState.CALLED,
                at=each.at,
            )
            for each in shown.values()
        ),
        counters=tuple(
            BoardCounter(id=ident, name=TEXT, state=state, number=number) for ident, (state, number) in counters.items()
        ),
        queues=(),
        notices=(),
    )
