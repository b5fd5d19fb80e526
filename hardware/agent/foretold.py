"""What the answer to a key says of its counter, until a newer board says it: the display need not wait for the board,
in which the server also reckons everybody's wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from queue_server.contract import BoardReply, CounterState, KeyOutcome, KeyReply

STILL_THERE = frozenset({KeyOutcome.CALLED, KeyOutcome.RECALLED, KeyOutcome.PAUSED, KeyOutcome.OPENED})
"""After these the reply's number is the one at the counter; after the others it has left."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """A counter's state and number as a key's answer gave them, `at` a moment of the monotonic clock."""

    state: CounterState
    number: str | None
    at: float


def of_reply(reply: KeyReply, at: float) -> Foretold:
    return Foretold(reply.state, reply.number if reply.outcome in STILL_THERE else None, at)


def overlaid(board: BoardReply, foretold: Mapping[int, Foretold]) -> BoardReply:
    """`board` with these counters as they were foretold."""
    if not foretold:
        return board
    counters = tuple(
        each.model_copy(update={"state": foretold[each.id].state, "number": foretold[each.id].number})
        if each.id in foretold
        else each
        for each in board.counters
    )
    return board.model_copy(update={"counters": counters})


def still(foretold: Mapping[int, Foretold], asked_at: float) -> dict[int, Foretold]:
    """What a board that was asked for at `asked_at` cannot know yet."""
    return {counter: each for counter, each in foretold.items() if each.at >= asked_at}
