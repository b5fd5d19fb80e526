"""Displays that take sentences: `$D,AA,TEXT,B*HH`, answered by `$A,AA*HH` or, if refused, `$N,AA*HH`."""

from __future__ import annotations

from hardware.address import Address
from hardware.displays.codec import Answers, Reply
from hardware.lines.sentence import Sentences, sentence

OPTIONS: tuple[str, ...] = ()


class AsciiCodec:
    answers = Answers.SOME
    highest = 99

    def frames(self, address: int, cells: str, *, blink: bool) -> tuple[bytes, ...]:
        return (sentence(f"D,{address:02},{cells},{'B' if blink else 'S'}"),)

    def reply(self, address: int, frame: bytes, came: bytes) -> Reply:
        came = came.removeprefix(frame)  # two-wire adapters often hear themselves
        for body in Sentences().feed(came):
            if body == f"A,{address:02}":
                return Reply.TAKEN
            if body == f"N,{address:02}":
                return Reply.REFUSED
        return Reply.NONSENSE if came else Reply.NOTHING


def codec(address: Address) -> AsciiCodec:
    return AsciiCodec()
