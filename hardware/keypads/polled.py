"""Keypads that speak only when asked, so that many share two wires: frames `68 L L 68 address command data… sum 16`, as
calling units and meters have them.

L: bytes from the address to the last of the data; sum: these, the low byte. Asked 01, a keypad answers 81 with the
code of the key that is held or was pressed since, 00 for none; told 02 with beep and text, it answers 82.
"""

from __future__ import annotations

from hardware.displays.fitting import fitted
from hardware.displays.segments import ASCII
from hardware.keypads.codec import Report

START, STOP = 0x68, 0x16
WAKE = b"\xff"
"""Sent before each frame: it settles the line after its direction has turned."""
POLL, SHOW, POLLED, SHOWN = 0x01, 0x02, 0x81, 0x82
CELLS = 8
LONGEST = 32


class PolledCodec:
    polled = True
    highest = 250

    def __init__(self) -> None:
        self.nonsense = 0
        self._rest = b""

    def feed(self, data: bytes) -> list[Report]:
        self._rest += data
        reports, at = [], 0
        while at < len(self._rest):
            size = _size(self._rest[at:])
            if size is None:
                break
            body = self._rest[at + 4 : at + size - 2] if size else b""
            if not size or sum(body) & 0xFF != self._rest[at + size - 2]:
                self.nonsense += self._rest[at] != WAKE[0]
                at += 1
                continue
            at += size
            if body[1] == POLLED and len(body) == 3:
                reports.append(Report(body[0], body[2]))
            elif body[1] == SHOWN:
                reports.append(Report(body[0], None))
        self._rest = self._rest[at:]
        return reports

    def clear(self) -> None:
        self._rest = b""

    def poll(self, address: int) -> bytes:
        return _frame(bytes((address, POLL)))

    def text(self, address: int, text: str, *, beep: bool) -> bytes:
        cells = fitted(text, CELLS, ASCII, right=False).encode("ascii")
        return _frame(bytes((address, SHOW, beep)) + cells)


def _frame(body: bytes) -> bytes:
    head = bytes((START, len(body), len(body), START))
    return WAKE + head + body + bytes((sum(body) & 0xFF, STOP))


def _size(data: bytes) -> int | None:
    """The length of the frame at the beginning, 0 if none begins there, None if that cannot be told yet."""
    head = bytes(data[:4])
    if head[0] != START or (len(head) > 2 and (head[1] != head[2] or not 2 <= head[1] <= LONGEST)):
        return 0
    if len(head) < 4:
        return None
    size = head[1] + 6
    if head[3] != START or (len(data) >= size and data[size - 1] != STOP):
        return 0
    return size if len(data) >= size else None
