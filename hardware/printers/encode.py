"""A picture as ESC/POS bytes: reset, raster bands, feed, cut, and nothing else a cheap printer could misread."""

from __future__ import annotations

from escpos.constants import ESC, HW_INIT, PAPER_FULL_CUT, PAPER_PART_CUT
from PIL import Image, ImageChops

from hardware.printers.profile import Cut

BAND = 120
"""Rows per raster command: under 256 because cheap printers read one byte of the height, and under 9 KB of buffer."""

CUTS = {Cut.FULL: PAPER_FULL_CUT, Cut.PARTIAL: PAPER_PART_CUT, Cut.NONE: b""}


def encode(picture: Image.Image, *, cut: Cut = Cut.FULL, feed: int = 4) -> bytes:
    """Bytes that print a 1-bit picture whose width is a multiple of 8; `feed` lines push it past the cutter."""
    return bytes(HW_INIT + _raster(picture) + _feed(feed) + CUTS[cut])


def flush_of(dots: int) -> bytes:
    """Blank bytes that complete a band a printer may still be waiting for after a broken transfer.

    Without them the next ticket's beginning would be swallowed as picture. A printer waiting for nothing ignores NUL.
    """
    return bytes(dots // 8 * BAND)


def _feed(lines: int) -> bytes:
    """ESC d n. `escpos.printer` has it too, but takes half a second to import while the first screen is drawn."""
    return bytes(ESC + b"d" + bytes([lines])) if lines else b""


def _raster(picture: Image.Image) -> bytes:
    """GS v 0 bands. python-escpos' own `image` gives the same bytes, but goes through RGBA and takes 20 ms."""
    row = picture.width // 8
    ink = ImageChops.invert(picture).tobytes()
    bands = bytearray()
    for top in range(0, picture.height, BAND):
        rows = min(BAND, picture.height - top)
        bands += b"\x1dv0\x00" + row.to_bytes(2, "little") + rows.to_bytes(2, "little")
        bands += ink[top * row : (top + rows) * row]
    return bytes(bands)
