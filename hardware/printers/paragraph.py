"""Texts of unknown length set into a narrow column: wrapped, balanced, smaller when long."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.printers import fonts
from hardware.printers.fonts import Face, Weight

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Step:
    """One attempt at a size: `size` in pixels, taken if the text needs at most `lines` lines."""

    size: int
    lines: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that fit their column, with the font they were measured in; `leading` is pixels from line to line."""

    lines: tuple[str, ...]
    face: Face
    leading: int

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def set_paragraph(text: str, weight: Weight, width: int, steps: tuple[Step, ...]) -> Paragraph:
    """Wrap `text` to `width` pixels at the first step it fits; at the last one the rest becomes an ellipsis."""
    for step in steps:
        face = fonts.face(weight, step.size)
        lines = wrap(text, face, width)
        if len(lines) <= step.lines:
            return Paragraph(_balance(lines, face, width), face, _leading(step.size))
    last = steps[-1]
    kept = lines[: last.lines]
    kept[-1] = shorten(kept[-1] + ELLIPSIS, face, width)
    return Paragraph(tuple(kept), face, _leading(last.size))


def wrap(text: str, face: Face, width: int) -> list[str]:
    """Break `text` at spaces, and inside a word only when the word alone is wider than `width` pixels."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if face.width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while face.width(line) > width:
            head = _longest_head(line, face, width)
            lines.append(line[:head])
            line = line[head:]
    if line:
        lines.append(line)
    return lines


def shorten(text: str, face: Face, width: int) -> str:
    """`text` if it fits `width` pixels, otherwise as much of its beginning as fits with an ellipsis."""
    if face.width(text) <= width:
        return text
    bare = text.removesuffix(ELLIPSIS)
    while bare and face.width(bare + ELLIPSIS) > width:
        bare = bare[:-1].rstrip()
    return bare + ELLIPSIS


def _leading(size: int) -> int:
    return round(size * 1.32)


def _longest_head(word: str, face: Face, width: int) -> int:
    """How many letters of `word` fit; at least one, so that wrapping always ends."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if face.width(word[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _balance(lines: list[str], face: Face, width: int) -> tuple[str, ...]:
    """The same number of lines, but of even length: a last line of one short word looks like a mistake."""
    if len(lines) < 2 or len(lines) > 6:
        return tuple(lines)
    text = " ".join(lines)
    if len(text.split()) < len(lines) or any(face.width(word) > width for word in text.split()):
        return tuple(lines)
    low, high = width // len(lines), width
    while high - low > 8:
        middle = (low + high) // 2
        if len(wrap(text, face, middle)) <= len(lines):
            high = middle
        else:
            low = middle
    balanced = wrap(text, face, high)
    return tuple(balanced if len(balanced) == len(lines) else lines)
