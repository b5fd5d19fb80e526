"""What a counter's display shows: a pure function of the board's newest state and the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hardware.displays.protocol import Face
from queue_server.contract import BoardReply, CounterState, TicketState


@dataclass(frozen=True, slots=True)
class Wording:
    """What a display shows when there is no number: at an open counter where nobody is, a paused and a closed one, and
    when the server has been away for too long. `blink_s`: seconds for which a call blinks."""

    free: str = "--"
    paused: str = "P"
    closed: str = ""
    lost: str = "----"
    blink_s: float = 12.0


def face(board: BoardReply, counter: int, now: datetime, wording: Wording) -> Face | None:
    """What `counter` shows at `now` (the server's time); None where the hall has no such counter.

    A number blinks while its newest call or recall is fresh and the person has not been welcomed.
    """
    shown = next((each for each in board.counters if each.id == counter), None)
    if shown is None:
        return None
    if shown.number is not None:
        return Face(shown.number, blink=_fresh(board, counter, shown.number, now, wording.blink_s))
    words = {
        CounterState.OPEN: wording.free,
        CounterState.PAUSED: wording.paused,
        CounterState.CLOSED: wording.closed,
    }
    return Face(words[shown.state])


def lost_face(wording: Wording) -> Face:
    """What every counter shows when nobody knows any more who is called."""
    return Face(wording.lost)


def _fresh(board: BoardReply, counter: int, number: str, now: datetime, blink_s: float) -> bool:
    mine = (each for each in board.calls if each.counter == counter and each.number == number)
    if any(call.state is TicketState.SERVING for call in mine):
        return False
    called = [each.at for each in board.announcements if each.counter == counter and each.number == number]
    return bool(called) and (now - max(called)).total_seconds() < blink_s
