"""A strict ESC/POS reader that shares no code with the printing path: bytes become the paper a printer would give.

    paper = read(data)
    paper.slips[0]     the first slip's picture (PIL, mode "1", black ink on white)
    paper.image        everything printed, as one picture
    paper.cuts         ("full",)
    paper.feeds        (4,) lines fed, in order

It knows only the few commands a ticket may use, and raises `EscposError` for anything else: text, an unknown command,
a raster cut short, a picture wider than the paper, printing before the printer was reset.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

DLE, EOT, ESC, GS = 0x10, 0x04, 0x1B, 0x1D
LINE_DOTS = 34
"""Dots of one fed line: 1/6 inch at 203 dpi, the line spacing after a reset."""

MOST_ROWS = 255
"""Cheap printers read one byte of a raster's height."""


class EscposError(ValueError):
    """The bytes are not a ticket; the message says where and why."""


@dataclass(frozen=True)
class Command:
    """One command as it was read; `at` is its first byte's offset."""

    at: int
    name: str
    value: int | str | tuple[int, int] | None = None


@dataclass(frozen=True)
class Printout:
    """What came out of the printer. Pictures leave out the fed paper, so that they equal what was rendered."""

    slips: tuple[Image.Image, ...]
    commands: tuple[Command, ...]

    @property
    def image(self) -> Image.Image:
        """All slips one below the other."""
        joined = Image.new("1", (max(slip.width for slip in self.slips), sum(slip.height for slip in self.slips)), 1)
        top = 0
        for slip in self.slips:
            joined.paste(slip, (0, top))
            top += slip.height
        return joined

    @property
    def cuts(self) -> tuple[str, ...]:
        return tuple(str(command.value) for command in self.commands if command.name == "cut")

    @property
    def feeds(self) -> tuple[int, ...]:
        return tuple(
            command.value for command in self.commands if command.name == "feed" and type(command.value) is int
        )

    @property
    def queries(self) -> tuple[int, ...]:
        return tuple(
            command.value for command in self.commands if command.name == "query" and type(command.value) is int
        )

    @property
    def length_dots(self) -> int:
        """Paper used, with what was fed."""
        return sum(slip.height for slip in self.slips) + LINE_DOTS * sum(self.feeds)


def read(data: bytes, *, paper_dots: int = 576) -> Printout:
    """Decode a ticket's bytes for paper `paper_dots` wide; EscposError for anything a ticket must not have."""
    reader = _Reader(data, paper_dots)
    while reader.at < len(data):
        reader.step()
    reader.end_slip()
    return Printout(tuple(reader.slips), tuple(reader.commands))


@dataclass
class _Reader:
    data: bytes
    paper_dots: int
    at: int = 0
    is_reset: bool = False
    bands: list[np.ndarray] = field(default_factory=list)
    slips: list[Image.Image] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)

    def step(self) -> None:
        start, first = self.at, self.data[self.at]
        if first == 0:
            # Filling for a raster that an earlier connection broke off: harmless, but only before the reset.
            if self.is_reset:
                raise EscposError(f"NUL in the middle of a ticket at byte {start}")
            self.at += 1
            return
        known: dict[tuple[int, int], Callable[[int], None]] = {
            (DLE, EOT): self._query,
            (ESC, ord("@")): self._reset,
            (ESC, ord("d")): self._feed,
            (GS, ord("v")): self._raster,
            (GS, ord("V")): self._cut,
        }
        second = self._byte(start + 1)
        if (first, second) not in known:
            raise EscposError(f"unknown command {first:02x} {second:02x} at byte {start}")
        self.at += 2
        known[first, second](start)

    def end_slip(self) -> None:
        if self.bands:
            ink = np.concatenate(self.bands)
            self.slips.append(Image.fromarray(np.where(ink, 0, 255).astype(np.uint8)).convert("1"))
            self.bands = []

    def _query(self, start: int) -> None:
        which = self._take(1)[0]
        if which not in {1, 2, 3, 4}:
            raise EscposError(f"status query {which} at byte {start} does not exist")
        self.commands.append(Command(start, "query", which))

    def _reset(self, start: int) -> None:
        if self.bands:
            raise EscposError(f"reset in the middle of a picture at byte {start}")
        self.is_reset = True
        self.commands.append(Command(start, "reset"))

    def _feed(self, start: int) -> None:
        self._require_reset(start)
        self.commands.append(Command(start, "feed", self._take(1)[0]))

    def _raster(self, start: int) -> None:
        self._require_reset(start)
        kind, mode, *size = self._take(6)
        if kind != ord("0") or mode != 0:
            raise EscposError(f"raster of kind {kind:02x} and mode {mode} at byte {start}")
        row, rows = size[0] | size[1] << 8, size[2] | size[3] << 8
        if not 0 < row * 8 <= self.paper_dots:
            raise EscposError(f"raster of {row * 8} dots on {self.paper_dots} dots of paper at byte {start}")
        if not 0 < rows <= MOST_ROWS:
            raise EscposError(f"raster of {rows} rows at byte {start}")
        bits = np.unpackbits(np.frombuffer(self._take(row * rows), np.uint8)).reshape(rows, row * 8)
        if self.bands and self.bands[-1].shape[1] != bits.shape[1]:
            raise EscposError(f"a picture changes its width at byte {start}")
        self.bands.append(bits)
        self.commands.append(Command(start, "raster", (row * 8, rows)))

    def _cut(self, start: int) -> None:
        self._require_reset(start)
        kind = self._take(1)[0]
        if kind not in {0, 1}:
            raise EscposError(f"cut of kind {kind} at byte {start}")
        if not self.bands:
            raise EscposError(f"cut of empty paper at byte {start}")
        self.end_slip()
        self.commands.append(Command(start, "cut", ("full", "partial")[kind]))

    def _require_reset(self, start: int) -> None:
        if not self.is_reset:
            raise EscposError(f"printing before a reset at byte {start}")

    def _byte(self, at: int) -> int:
        if at >= len(self.data):
            raise EscposError(f"the bytes end inside a command at byte {at}")
        return self.data[at]

    def _take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        if len(taken) < count:
            raise EscposError(f"the bytes end inside a command: {len(taken)} of {count} at byte {self.at}")
        self.at += count
        return taken
