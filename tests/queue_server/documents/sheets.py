"""Draws every declaration and every official form as pictures to be looked at.

`python -m tests.queue_server.documents.sheets --out DIR`; `--shown DIR` also keeps those that the documentation shows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.documents import OfficialNumber, declaration_pages, official_pages
from queue_server.domain.forms import Value
from tests.e2e.album import Album

from .dossier import FACTS
from .filled import FACTS as DECLARED
from .filled import SIGNATURE, filled, in_words

PPI = 110
FRAME = "#C9C2B6"
SHOWN = {"khai-sinh-1": "declaration", "form-01-1": "receipt-form"}
"""Pictures of the documentation, by the names they have there."""
BIRTH: dict[str, Value] = {
    "relation": "mother",
    "declarant_name": "Nguyễn Thị Thanh Hường",
    "declarant_birth_date": "1998-03-15",
    "declarant_id": "015198000123",
    "declarant_address": "Số nhà 12, thôn Nà Lốc, xã Ngọc Sơn, tỉnh Lào Cai",
    "declarant_phone": "0912345678",
    "child_name": "Hoàng Nguyễn Minh Anh",
    "child_sex": "female",
    "child_birth_date": "2025-12-21",
    "child_birth_place": "clinic",
    "child_birth_facility": "Bệnh viện Sản Nhi tỉnh Lào Cai",
    "child_birth_commune": "02671",
    "child_home": "02680",
    "child_ethnicity": "tay",
    "mother_ethnicity": "kinh",
    "father_named": True,
    "father_name": "Hoàng Văn Đức",
    "father_birth_date": "1995-11-02",
    "father_id": "015095000456",
    "father_ethnicity": "tay",
    "father_address": "Số nhà 12, thôn Nà Lốc, xã Ngọc Sơn, tỉnh Lào Cai",
    "wants_copies": True,
    "copies": 2,
    "declarant_signature": SIGNATURE,
}
PLACES = {"child_birth_commune": "Phường Cam Đường, Tỉnh Lào Cai", "child_home": "Xã Cốc San, Tỉnh Lào Cai"}


def pictures() -> Iterator[tuple[str, Image.Image]]:
    """Each page with the name of what it is of."""
    catalogue = load_catalogue()
    for form in catalogue.forms.values():
        if form.code == "khai-sinh":
            answers, texts = BIRTH, {**in_words(form, BIRTH), **PLACES}
        else:
            answers, texts = filled(form, lambda question: question.options[-1].code)
        pages = declaration_pages(form, catalogue.layouts[form.layout], answers, texts, DECLARED, PPI)
        yield from ((f"{form.code}-{place}", _opened(page)) for place, page in enumerate(pages, 1))
    for number in OfficialNumber:
        for place, page in enumerate(official_pages(number, FACTS, PPI), 1):
            yield f"form-{number}-{place}", _opened(page)


def _opened(page: bytes) -> Image.Image:
    return ImageOps.expand(Image.open(BytesIO(page)).convert("RGB"), 2, FRAME)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shown", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    album = Album(options.out, options.shown)
    for name, picture in pictures():
        album.keep(name, picture, shown=SHOWN.get(name))


if __name__ == "__main__":
    main()
