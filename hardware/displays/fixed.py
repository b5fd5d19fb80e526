"""Displays that take a binary frame of fixed length and never answer. Each maker has its own frame, so a frame is data:
parts joined by a minus, `AA-55-addr-text-blink-sum`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce
from operator import xor

from hardware.address import Address
from hardware.displays.codec import Answers, Reply
from hardware.displays.segments import SEGMENTS

OPTIONS = ("frame",)

FRAMES: Mapping[str, str] = {
    "queue": "AA-55-addr-text-blink-sum",
    "segments": "AA-55-addr-seg-blink-xor",
    "number": "addr-hi-lo-sum",
    "led485": "24-addr3-2C-text-23",
}
"""By name: counter displays with and without a font of their own; number boards (such as 05 03 E7 EF: board 5 shows
999); LED-485 meters with their text protocol (such as $001,25#)."""

PARTS: Mapping[str, str] = {
    "addr": "the address, one byte",
    "addr3": "the address, three decimal digits in ASCII",
    "text": "the cells, one ASCII byte each",
    "seg": "the cells, one byte of segments each (bit 0 = a … bit 6 = g)",
    "bcd": "the number, two digits a byte, high first",
    "hi": "the number's high byte",
    "lo": "the number's low byte",
    "blink": "01 to blink, 00 to be steady",
    "sum": "the sum of all bytes before it, its low byte; sum2: but for the first two",
    "xor": "all bytes before it by exclusive or; xor2: but for the first two",
}
_CHECK = re.compile(r"(sum|xor)([0-9]?)")


class FixedCodec:
    answers = Answers.NEVER
    highest = 255

    def __init__(self, parts: tuple[str, ...]) -> None:
        self._parts = parts

    def frames(self, address: int, cells: str, *, blink: bool) -> tuple[bytes, ...]:
        digits = re.sub(r"[^0-9]", "", cells)
        number = int(digits or "0")
        frame = bytearray()
        for part in self._parts:
            if check := _CHECK.fullmatch(part):
                covered = frame[int(check[2] or "0") :]
                frame.append(sum(covered) & 0xFF if check[1] == "sum" else reduce(xor, covered, 0))
            elif part == "addr":
                frame.append(address)
            elif part == "addr3":
                frame += b"%03d" % address
            elif part == "text":
                frame += cells.encode("ascii")
            elif part == "seg":
                frame += bytes(SEGMENTS[cell] for cell in cells)
            elif part == "bcd":
                frame += bytes.fromhex(digits.rjust(len(cells) + len(cells) % 2, "0"))
            elif part == "hi":
                frame.append(number >> 8 & 0xFF)
            elif part == "lo":
                frame.append(number & 0xFF)
            elif part == "blink":
                frame.append(blink)
            else:
                frame.append(int(part, 16))
        return (bytes(frame),)

    def reply(self, address: int, frame: bytes, came: bytes) -> Reply:
        return Reply.UNASKED


def codec(address: Address) -> FixedCodec:
    chosen = address.text("frame", "queue")
    parts = tuple(FRAMES.get(chosen, chosen).split("-"))
    for part in parts:
        if part not in PARTS and not _CHECK.fullmatch(part) and not re.fullmatch(r"[0-9A-F]{2}", part):
            raise address.bad(
                f"frame={chosen}: {part!r} is neither a byte in hex capitals nor one of {', '.join(PARTS)}"
            )
    if "addr" not in parts and "addr3" not in parts:
        raise address.bad(f"frame={chosen} has no address in it (addr or addr3)")
    return FixedCodec(parts)
