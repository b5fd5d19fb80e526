"""What a protocol of counter displays has to know: how a text becomes frames, and what an answer means."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Answers(StrEnum):
    """Does a display that speaks this protocol answer: never; some do; every one."""

    NEVER = "never"
    SOME = "some"
    ALWAYS = "always"


class Reply(StrEnum):
    """What came back for a frame: nothing was to come; taken; refused by the display; nothing; what makes no sense."""

    UNASKED = "unasked"
    TAKEN = "taken"
    REFUSED = "refused"
    NOTHING = "nothing"
    NONSENSE = "nonsense"


class Codec(Protocol):
    @property
    def answers(self) -> Answers: ...

    @property
    def highest(self) -> int:
        """The highest address."""

    def frames(self, address: int, cells: str, *, blink: bool) -> tuple[bytes, ...]:
        """What to send, in this order, so that the display at `address` shows `cells`; each is answered by itself."""

    def reply(self, address: int, frame: bytes, came: bytes) -> Reply:
        """What `came` after `frame` went to `address`; called again as more comes."""
