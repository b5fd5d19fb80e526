"""The parts a ticket is stacked from: each knows its height in pixels and paints itself onto the canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from hardware.printers.fonts import Weight, face
from hardware.printers.paragraph import Paragraph, Step, set_paragraph

BLACK, WHITE = 0, 255


@dataclass(frozen=True, slots=True)
class Block:
    """`paint(canvas, top)` draws within `height` pixels under `top` on a grey ("L") canvas."""

    height: int
    paint: Callable[[Image.Image, int], None]


def space(height: int) -> Block:
    return Block(height, lambda canvas, top: None)


def double_rule(left: int, width: int, *, thick: int, thin: int) -> Block:
    """A thick line over a thin one, as on printed letterheads."""

    def paint(canvas: Image.Image, top: int) -> None:
        draw = ImageDraw.Draw(canvas)
        draw.rectangle((left, top, left + width - 1, top + thick - 1), fill=BLACK)
        lower = top + thick + thin + 1
        draw.rectangle((left, lower, left + width - 1, lower + thin - 1), fill=BLACK)

    return Block(thick + 2 * thin + 1, paint)


def dotted_rule(left: int, width: int, dot: int) -> Block:
    def paint(canvas: Image.Image, top: int) -> None:
        draw = ImageDraw.Draw(canvas)
        pitch = dot * 3
        start = left + (width - dot) % pitch // 2
        for x in range(start, left + width - dot + 1, pitch):
            draw.rectangle((x, top, x + dot - 1, top + dot - 1), fill=BLACK)

    return Block(dot, paint)


def paragraph(text: str, weight: Weight, left: int, width: int, steps: tuple[Step, ...]) -> Block:
    """Centred lines."""
    if not text:
        return space(0)
    body = set_paragraph(text, weight, width, steps)

    def paint(canvas: Image.Image, top: int) -> None:
        _lines(canvas, body, left + width // 2, top, "m")

    return Block(body.height, paint)


def spaced_caps(text: str, left: int, width: int, size: int, tracking: int) -> Block:
    """One line of letters set apart; a text too long for that becomes an ordinary paragraph."""
    caps = face(Weight.SEMIBOLD, size)
    total = caps.width(text) + tracking * (len(text) - 1)
    if not text or total > width:
        return paragraph(text, Weight.SEMIBOLD, left, width, (Step(size, 1), Step(size * 4 // 5, 3)))

    def paint(canvas: Image.Image, top: int) -> None:
        caps.draw(canvas, left + (width - total) // 2, top + size, text, tracking=tracking)

    return Block(round(size * 1.25), paint)


def number(text: str, left: int, width: int, *, largest: int, smallest: int) -> Block:
    """The ticket's number, as large as the column allows, in exactly the height of its ink.

    The size is chosen for the widest number of the same pattern, so that A-111 looks like A-025. A dossier's code is
    longer and stays on one line, too, however small: broken in two it would be copied wrongly.
    """
    if not text:
        return space(0)
    pattern = "".join("0" if letter.isdecimal() else letter for letter in text)
    size = min(largest, largest * width // max(1, face(Weight.EXTRABOLD, largest).width(pattern)))
    if size < smallest and (" " in text or size < smallest * 3 // 8):
        return paragraph(text, Weight.EXTRABOLD, left, width, (Step(smallest, 2), Step(smallest // 2, 3)))
    figures = face(Weight.EXTRABOLD, size)
    x0, y0, x1, y1 = figures.ink(text)

    def paint(canvas: Image.Image, top: int) -> None:
        figures.draw(canvas, left + (width - (x1 - x0)) // 2 - x0, top - y0, text)

    return Block(y1 - y0, paint)


def badge(text: str, left: int, width: int, size: int) -> Block:
    """White letters on a black tablet: the priority has to be seen from the counter."""
    pad_x, pad_y = size * 3 // 4, size // 3
    body = set_paragraph(text, Weight.BOLD, width - 2 * pad_x, (Step(size, 1), Step(size * 4 // 5, 3)))
    inner = max(body.face.width(line) for line in body.lines)

    def paint(canvas: Image.Image, top: int) -> None:
        x = left + (width - inner) // 2 - pad_x
        box = (x, top, x + inner + 2 * pad_x - 1, top + body.height + 2 * pad_y - 1)
        ImageDraw.Draw(canvas).rounded_rectangle(box, radius=size // 2, fill=BLACK)
        _lines(canvas, body, left + width // 2, top + pad_y, "m", WHITE)

    return Block(body.height + 2 * pad_y, paint)


def banner(text: str, note: str, left: int, width: int, size: int, note_size: int) -> Block:
    """White letters across the whole width of black, and a smaller note under them: nobody can overlook it."""
    pad = size // 4
    room = width - 2 * pad
    head = set_paragraph(text, Weight.EXTRABOLD, room, (Step(size, 1), Step(size * 2 // 3, 2)))
    under = set_paragraph(note, Weight.BOLD, room, (Step(note_size, 2), Step(note_size * 4 // 5, 3))) if note else None
    height = head.height + (under.height if under else 0) + 2 * pad

    def paint(canvas: Image.Image, top: int) -> None:
        ImageDraw.Draw(canvas).rectangle((left, top, left + width - 1, top + height - 1), fill=BLACK)
        _lines(canvas, head, left + width // 2, top + pad, "m", WHITE)
        if under:
            _lines(canvas, under, left + width // 2, top + pad + head.height, "m", WHITE)

    return Block(height, paint)


def ruler(dots: int, size: int) -> Block:
    """A bar over the whole head, where a dead dot shows as a white line, and marks every 5 mm, numbered every 10, at
    8 dots a mm; the first and the last dot of the paper have a mark of their own."""
    figures = face(Weight.MEDIUM, size)
    bar, short, long = 16, 12, 24

    def paint(canvas: Image.Image, top: int) -> None:
        draw = ImageDraw.Draw(canvas)
        draw.rectangle((0, top, dots - 1, top + bar - 1), fill=BLACK)
        for x in range(0, dots, 40):
            tall = long if x % 80 == 0 else short
            draw.rectangle((x, top + bar, x + 1, top + bar + tall - 1), fill=BLACK)
            if x and x % 80 == 0 and dots - x > size:
                label = str(x // 8)
                figures.draw(canvas, x - figures.width(label) // 2, top + bar + long + size, label)
        draw.rectangle((dots - 2, top + bar, dots - 1, top + bar + 2 * long - 1), fill=BLACK)
        draw.rectangle((0, top + bar, 1, top + bar + 2 * long - 1), fill=BLACK)

    return Block(bar + 2 * long + size // 2, paint)


def fact(text: str, left: int, width: int, size: int) -> Block:
    """A line "label: value" with its value at the right edge if both fit, otherwise centred and wrapped."""
    label, colon, value = text.partition(": ")
    medium, bold = face(Weight.MEDIUM, size), face(Weight.BOLD, size)
    leading = round(size * 1.42)
    if not colon or medium.width(label) + bold.width(value) + size > width:
        return paragraph(text, Weight.MEDIUM, left, width, (Step(size, 2), Step(size * 4 // 5, 4)))

    def paint(canvas: Image.Image, top: int) -> None:
        baseline = top + round(size * 1.06)
        medium.draw(canvas, left, baseline, label)
        bold.draw(canvas, left + width - bold.width(value), baseline, value)

    return Block(leading, paint)


def picture(image: Image.Image, left: int, width: int) -> Block:
    def paint(canvas: Image.Image, top: int) -> None:
        canvas.paste(image, (left + (width - image.width) // 2, top))

    return Block(image.height, paint)


def picture_beside_text(image: Image.Image, text: str, left: int, width: int, size: int) -> Block:
    """A picture at the left, a text at its right, centred on its height."""
    room = width - image.width
    most = image.height // round(size * 1.32)
    body = set_paragraph(text, Weight.SEMIBOLD, room, (Step(size, max(1, most)), Step(size * 4 // 5, max(1, most))))

    def paint(canvas: Image.Image, top: int) -> None:
        canvas.paste(image, (left, top))
        _lines(canvas, body, left + image.width, top + (image.height - body.height) // 2, "l")

    return Block(max(image.height, body.height), paint)


def _lines(canvas: Image.Image, body: Paragraph, x: int, top: int, anchor: str, ink: int = BLACK) -> None:
    ascent = round(body.leading * 0.76)
    for index, line in enumerate(body.lines):
        start = x - body.face.width(line) // 2 if anchor == "m" else x
        body.face.draw(canvas, start, top + index * body.leading + ascent, line, ink)
