"""Pictures of the kiosk beside each other, small, as docs/images keeps them.

`python -m tests.e2e.strips OUT.png A.png B.png …`: kiosk-alone and kiosk-access come from tests/kiosk/pictures.py,
the others from tests/e2e/self_service.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

from tests.e2e.album import COLOURS

GAP = 24
WIDE = 2096


def strip(pictures: list[Image.Image], columns: int) -> Image.Image:
    """All as large as `columns` of them allow."""
    wide = (WIDE - (columns - 1) * GAP) // columns
    high = round(pictures[0].height * wide / pictures[0].width)
    rows = -(-len(pictures) // columns)
    whole = Image.new("RGB", (columns * wide + (columns - 1) * GAP, rows * high + (rows - 1) * GAP), "white")
    for place, picture in enumerate(pictures):
        corner = (place % columns * (wide + GAP), place // columns * (high + GAP))
        whole.paste(picture.convert("RGB").resize((wide, high), Image.Resampling.LANCZOS), corner)
    return whole


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("pictures", type=Path, nargs="+")
    parser.add_argument("--columns", type=int, default=4)
    given = parser.parse_args()
    whole = strip([Image.open(file) for file in given.pictures], given.columns)
    flat = whole.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(given.out, optimize=True)


if __name__ == "__main__":
    main()
