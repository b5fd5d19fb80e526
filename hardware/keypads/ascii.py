"""Keypads that speak sentences, unasked: `$K,AA,C*HH` pressed or held, `$U,AA*HH` let go; told `$T,AA,TEXT,B*HH`, which
some answer with `$O,AA*HH`."""

from __future__ import annotations

import re

from hardware.displays.fitting import fitted
from hardware.displays.segments import ASCII
from hardware.keypads.codec import Report
from hardware.lines.sentence import Sentences, sentence

CELLS = 8
_REPORT = re.compile(r"(?:K,([0-9]{2}),([0-9A-Za-z])|([UO]),([0-9]{2}))")


class AsciiCodec:
    polled = False
    highest = 99

    def __init__(self) -> None:
        self._sentences = Sentences()

    @property
    def nonsense(self) -> int:
        return self._sentences.nonsense

    def feed(self, data: bytes) -> list[Report]:
        reports = []
        for body in self._sentences.feed(data):
            if found := _REPORT.fullmatch(body):
                if found[1]:
                    reports.append(Report(int(found[1]), ord(found[2])))
                else:
                    reports.append(Report(int(found[4]), 0 if found[3] == "U" else None))
        return reports

    def clear(self) -> None:
        self._sentences.clear()

    def poll(self, address: int) -> bytes:
        raise NotImplementedError("these keypads speak unasked")

    def text(self, address: int, text: str, *, beep: bool) -> bytes:
        return sentence(f"T,{address:02},{fitted(text, CELLS, ASCII, right=False)},{'B' if beep else 'S'}")
