"""Keypads that send a short binary frame, unasked: `AA 55 address code sum`, code 00 when the key is let go; told
`AA 56 address text×8 beep sum`. The sum is one byte: of a thousand frames with noise in them some pass."""

from __future__ import annotations

from hardware.displays.fitting import fitted
from hardware.displays.segments import ASCII
from hardware.keypads.codec import Report

HEAD = b"\xaa\x55"
SIZE = 5
CELLS = 8


class FixedCodec:
    polled = False
    highest = 254

    def __init__(self) -> None:
        self.nonsense = 0
        self._rest = b""

    def feed(self, data: bytes) -> list[Report]:
        self._rest += data
        reports, at = [], 0
        while len(self._rest) - at >= SIZE:
            frame = self._rest[at : at + SIZE]
            if frame.startswith(HEAD) and sum(frame[:-1]) & 0xFF == frame[-1]:
                reports.append(Report(frame[2], frame[3]))
                at += SIZE
            else:
                at += 1
                self.nonsense += 1
        self._rest = self._rest[at:]
        return reports

    def clear(self) -> None:
        self._rest = b""

    def poll(self, address: int) -> bytes:
        raise NotImplementedError("these keypads speak unasked")

    def text(self, address: int, text: str, *, beep: bool) -> bytes:
        body = (
            b"\xaa\x56" + bytes((address,)) + fitted(text, CELLS, ASCII, right=False).encode("ascii") + bytes((beep,))
        )
        return body + bytes((sum(body) & 0xFF,))
