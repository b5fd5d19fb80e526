"""What a protocol of call keypads has to know, and what keypads report in any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Report:
    """The keypad at `address` says: the key with this code is pressed, or still is; 0: none is; None: it lives."""

    address: int
    code: int | None


class Codec(Protocol):
    @property
    def polled(self) -> bool:
        """Do keypads speak only when asked?"""

    @property
    def highest(self) -> int:
        """The highest address."""

    @property
    def nonsense(self) -> int:
        """Bytes so far that were no part of any frame."""

    def feed(self, data: bytes) -> list[Report]:
        """Take bytes as they come; the reports that are whole now."""

    def clear(self) -> None:
        """Forget a frame that has begun."""

    def poll(self, address: int) -> bytes:
        """Ask a keypad; only if `polled`."""

    def text(self, address: int, text: str, *, beep: bool) -> bytes:
        """The frame that shows `text` on the keypad's display."""
