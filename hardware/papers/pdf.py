"""Pages of a paper as one PDF: the JPEGs as they are, and nothing that tells of whom they are."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

A4_SIDE = 841.89
"""Points of the longer side."""
DOTS = 200.0
"""An inch, of a page that is no sheet."""
SHEET = 2**0.5
COLOURS = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}


def as_pdf(pages: Sequence[bytes]) -> bytes:
    """A PDF with one JPEG a page, sheets as A4, other papers at 200 dots an inch; the same bytes for the same pages.
    Its name `<owner id>.<paper type>` is given where it is kept, since that is personal. Raises ValueError for no page,
    or one that is no grey or colour JPEG."""
    if not pages:
        raise ValueError("a PDF needs a page")
    numbers = range(3, 3 + 3 * len(pages), 3)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % each for each in numbers)),
    ]
    for number, data in zip(numbers, pages, strict=True):
        parts += _page(number, data)
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, part))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start))
    return out.getvalue()


def _page(number: int, data: bytes) -> tuple[bytes, bytes, bytes]:
    """The page, its drawing and its picture."""
    wide, tall, colours = _facts(data)
    long, short = max(wide, tall), min(wide, tall)
    sheet = abs(long / short / SHEET - 1) < 0.06 and long > 900
    points = (A4_SIDE / long) if sheet else 72 / DOTS
    width, height = round(wide * points, 2), round(tall * points, 2)
    drawing = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode()
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Contents {number + 1} 0 R"
        f"/Resources<</XObject<</P {number + 2} 0 R>>>>>>"
    ).encode()
    picture = (
        f"<</Type/XObject/Subtype/Image/Width {wide}/Height {tall}/ColorSpace {colours}/BitsPerComponent 8"
        f"/Filter/DCTDecode/Length {len(data)}>>\nstream\n"
    ).encode()
    return page, b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawing), drawing), picture + data + b"\nendstream"


def _facts(data: bytes) -> tuple[int, int, str]:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            return image.width, image.height, COLOURS[image.mode]
    except (OSError, KeyError) as error:
        raise ValueError("a page that is no grey or colour JPEG") from error
