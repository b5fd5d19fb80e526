"""What a keypad's small display answers: words of at most eight signs whose first four still tell them apart, in the
letters that the cheapest displays have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from queue_server.contract import BoardReply, CounterState, KeyOutcome, KeyReply

NUMBER = "{number}"


class Trouble(StrEnum):
    """Why nothing came of a key, as far as the agent itself knows."""

    WAIT = "wait"  # the key before it is still on its way
    NO_CONNECTION = "no-connection"
    REFUSED = "refused"  # by a code that stands in no table
    NOBODY_SET = "nobody-set"  # the keypad's address is given to no counter


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` for the display; `beep` where the clerk should look, because what was asked is not done."""

    text: str
    beep: bool = False


OUTCOMES: Mapping[KeyOutcome, Mapping[str, str]] = {
    KeyOutcome.CALLED: {"vi": NUMBER, "en": NUMBER},
    KeyOutcome.NOBODY: {"vi": "HET", "en": "NONE"},
    KeyOutcome.RECALLED: {"vi": NUMBER, "en": NUMBER},
    KeyOutcome.FINISHED: {"vi": "XONG", "en": "DONE"},
    KeyOutcome.NO_SHOW: {"vi": "VANG", "en": "NO SHOW"},
    KeyOutcome.TRANSFERRED: {"vi": "CHUYEN", "en": "SENT"},
    KeyOutcome.PAUSED: {"vi": "NGHI", "en": "PAUSE"},
    KeyOutcome.OPENED: {"vi": "MO", "en": "OPEN"},
}

REFUSALS: Mapping[str, Mapping[str, str]] = {
    "counter-not-open": {"vi": "CHUA MO", "en": "CLOSED"},
    "counter-unknown": {"vi": "SAI QUAY", "en": "BAD CTR"},
    "counter-held": {"vi": "CO NGUOI", "en": "TAKEN"},
    "counter-not-yours": {"vi": "CO NGUOI", "en": "TAKEN"},
    "counter-busy": {"vi": "CON SO", "en": "BUSY"},
    "counter-lacks-service": {"vi": "K NHAN", "en": "CANNOT"},
    "transfer-nowhere": {"vi": "GO QUAY", "en": "WHICH"},
    "illegal-transition": {"vi": "KHONG DC", "en": "NOT NOW"},
    "counter-idle": {"vi": "TRONG", "en": "EMPTY"},
    "clerk-elsewhere": {"vi": "QUAY KH", "en": "ELSE"},
    "press-expired": {"vi": "QUA LAU", "en": "TOO LATE"},
    "invalid-request": {"vi": "GO LAI", "en": "AGAIN"},
    "unauthenticated": {"vi": "MA SAI", "en": "TOKEN"},
    "forbidden": {"vi": "CAM", "en": "FORBID"},
}
"""By the code of the server's problem."""

TROUBLES: Mapping[Trouble, Mapping[str, str]] = {
    Trouble.WAIT: {"vi": "DOI", "en": "WAIT"},
    Trouble.NO_CONNECTION: {"vi": "MAT MANG", "en": "OFFLINE"},
    Trouble.REFUSED: {"vi": "LOI", "en": "ERROR"},
    Trouble.NOBODY_SET: {"vi": "CAI DAT", "en": "SET UP"},
}

RESTS: Mapping[CounterState, Mapping[str, str]] = {
    CounterState.OPEN: {"vi": "SAN SANG", "en": "READY"},
    CounterState.PAUSED: {"vi": "NGHI", "en": "PAUSE"},
    CounterState.CLOSED: {"vi": "DONG", "en": "CLOSED"},
}
"""Between two keys, where the counter has no number."""


def of_reply(reply: KeyReply, language: str) -> Answer:
    """What came of a key; the clerk has to look where nobody was there to call."""
    text = OUTCOMES[reply.outcome][language].replace(NUMBER, reply.number or "")
    return Answer(text, beep=reply.outcome is KeyOutcome.NOBODY)


def of_refusal(code: str, language: str) -> Answer:
    """The server said no, with this problem code."""
    words = REFUSALS.get(code, TROUBLES[Trouble.REFUSED])
    return Answer(words[language], beep=True)


def of_trouble(trouble: Trouble, language: str) -> Answer:
    return Answer(TROUBLES[trouble][language], beep=trouble is not Trouble.WAIT)


def at_rest(board: BoardReply | None, counter: int, language: str) -> Answer:
    """Between two keys: the number that the counter has, else its state; without a board, that the hall is out of
    reach."""
    if board is None:
        return Answer(TROUBLES[Trouble.NO_CONNECTION][language])
    shown = next((each for each in board.counters if each.id == counter), None)
    if shown is None:
        return Answer(TROUBLES[Trouble.NOBODY_SET][language])
    return Answer(shown.number if shown.number is not None else RESTS[shown.state][language])
