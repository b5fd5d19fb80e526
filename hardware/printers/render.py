"""A slip drawn as one picture, so that every printer prints Vietnamese rightly whatever code pages it has."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from hardware.printers import blocks, qr
from hardware.printers.blocks import Block
from hardware.printers.fonts import Weight, printable
from hardware.printers.paragraph import Step
from hardware.printers.slip import Slip

FULL_WIDTH = 576
"""Dots across 80 mm paper (72 mm of print at 8 dots a mm); the design's sizes are given for it."""

INK_BELOW = 150
"""Grey under this prints black. A little above the middle, because thermal heads thin fine strokes."""

SIDE_BY_SIDE_FROM = 480
"""Dots from which the QR code has its caption beside it; narrower paper has it below."""


def render(slip: Slip, dots: int) -> Image.Image:
    """Draw `slip` as a 1-bit picture `dots` pixels wide, white paper and black ink, as high as it needs.

    Any text is accepted: what the typeface lacks is replaced, what is too long is wrapped, then made smaller.
    """
    column = [block for block in _blocks(slip, dots) if block.height > 0]
    canvas = Image.new("L", (dots, sum(block.height for block in column) or 1), 255)
    top = 0
    for block in column:
        block.paint(canvas, top)
        top += block.height
    return canvas.point([0] * INK_BELOW + [255] * (256 - INK_BELOW), "1")


def _blocks(slip: Slip, dots: int) -> Iterator[Block]:
    scale = max(0.8, dots / FULL_WIDTH)

    def px(design: float) -> int:
        return max(1, round(design * scale))

    def steps(*pairs: tuple[int, int]) -> tuple[Step, ...]:
        return tuple(Step(px(size), lines) for size, lines in pairs)

    margin = px(10)
    width = dots - 2 * margin

    def centred(text: str, weight: Weight, *pairs: tuple[int, int]) -> Block:
        return blocks.paragraph(printable(text), weight, margin, width, steps(*pairs))

    yield blocks.space(px(8))
    if slip.reprint and printable(slip.reprint):
        # At the top, so that the mark is on the paper whatever comes after it.
        yield blocks.banner(printable(slip.reprint), printable(slip.reprint_note or ""), margin, width, px(46), px(23))
        yield blocks.space(px(14))
    yield centred(slip.agency.upper(), Weight.SEMIBOLD, (25, 2), (22, 4))
    yield centred(slip.hall, Weight.BOLD, (31, 2), (26, 4))
    yield blocks.space(px(12))
    yield blocks.double_rule(margin, width, thick=px(5), thin=px(2))
    yield blocks.space(px(16))
    yield blocks.spaced_caps(printable(slip.title).upper(), margin, width, px(27), px(4))
    yield blocks.space(px(22))
    yield blocks.number(printable(slip.number, 60), margin, width, largest=px(216), smallest=px(64))
    yield blocks.space(px(22))
    if slip.priority and printable(slip.priority):
        yield blocks.badge(printable(slip.priority), margin, width, px(27))
        yield blocks.space(px(12))
    yield centred(slip.service, Weight.BOLD, (34, 2), (30, 3), (26, 5), (23, 8))
    yield blocks.space(px(10))
    facts = [fact for fact in (printable(line) for line in slip.lines) if fact]
    if facts:
        yield blocks.dotted_rule(margin, width, px(3))
        yield blocks.space(px(8))
        for fact in facts:
            yield blocks.fact(fact, margin, width, px(26))
        yield blocks.space(px(8))
    yield from _code(slip, dots, margin, width, px(25))
    if slip.ruler:
        yield blocks.ruler(dots, px(20))
        yield blocks.space(px(10))
    if slip.footer:
        yield blocks.dotted_rule(margin, width, px(3))
        yield blocks.space(px(10))
        yield centred(slip.footer, Weight.SEMIBOLD, (25, 2), (22, 4))
        yield blocks.space(px(8))


def _code(slip: Slip, dots: int, margin: int, width: int, size: int) -> Iterator[Block]:
    """The QR code: beside its caption where the paper is wide and the code stays coarse, otherwise above it."""
    caption = printable(slip.qr_caption or "")
    payload = slip.qr or ""
    if caption and dots >= SIDE_BY_SIDE_FROM:
        beside = qr.picture(payload, width * 48 // 100)
        if beside is not None and beside.width >= width * 2 // 5:
            yield blocks.dotted_rule(margin, width, 3)
            yield blocks.picture_beside_text(beside, caption, margin, width, size)
            return
    alone = qr.picture(payload, width * 3 // 4) or qr.picture(payload, width)
    if alone is not None:
        yield blocks.dotted_rule(margin, width, 3)
        yield blocks.picture(alone, margin, width)
        yield blocks.paragraph(caption, Weight.MEDIUM, margin, width, (Step(size, 3), Step(size * 4 // 5, 6)))
        yield blocks.space(8)
