"""The papers that came out of simulated printers: whose each was, whether marked as a reprint, whether whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hardware.printers.desk import NOTE, REPRINT
from hardware.printers.encode import encode
from hardware.printers.render import render
from hardware.printers.slip import Slip
from hardware.words import translations

DOTS = 384
RESET, RASTER, CUT = b"\x1b@", b"\x1dv0", b"\x1dV"


def slip_of(job: int) -> Slip:
    """A small slip whose very first letters say whose it is."""
    return Slip(agency=f"{job:04b} {job}", hall="", title="", number=f"A-{job:03d}", service="")


@dataclass
class Trail:
    """The papers of jobs 0 to `jobs`-1: how many of each came out unmarked, marked, whole."""

    jobs: int
    unmarked: Counter[int] = field(default_factory=Counter)
    marked: int = 0
    whole: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        _ = translations("vi").gettext
        self._plain = [encode(render(slip_of(job), DOTS)) for job in range(self.jobs)]
        again = [replace(slip_of(job), reprint=_(REPRINT), reprint_note=_(NOTE)) for job in range(self.jobs)]
        self._again = [encode(render(slip, DOTS)) for slip in again]
        self._blank = min(_common(self._plain[0], other) for other in self._again)

    def follow(self, transmissions: Iterable[bytes]) -> None:
        """Count the papers among what printers were sent."""
        for data in transmissions:
            for paper in papers(data):
                self._count(paper)

    def _count(self, paper: bytes) -> None:
        for job, (plain, again) in enumerate(zip(self._plain, self._again, strict=True)):
            self.whole[job] += paper.startswith((plain, again))
        likeness = [_common(paper, plain) for plain in self._plain]
        if max(likeness) >= max(_common(paper, again) for again in self._again):
            if max(likeness) > self._blank:
                self.unmarked[likeness.index(max(likeness))] += 1
        else:
            self.marked += 1


def papers(data: bytes) -> list[bytes]:
    """What a printer makes of its bytes: a paper from each reset on, pictures taken as pictures, however broken."""
    found: list[bytearray] = []
    at = 0
    while at < len(data):
        size = 1
        if data.startswith(RESET, at):
            found.append(bytearray())
            size = len(RESET)
        elif data.startswith(RASTER, at):
            head = data[at + 4 : at + 8]
            size = 8 + int.from_bytes(head[:2], "little") * int.from_bytes(head[2:], "little")
        elif data.startswith((b"\x10\x04", b"\x1bd", CUT), at):
            size = 3
        if found and not data.startswith((b"\x10\x04", b"\x00"), at):
            found[-1] += data[at : at + size]
        at += size
    return [bytes(paper) for paper in found]


def _common(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
