"""What a PDF says and how it is made, read by another program than the one that wrote it."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

MM = 72 / 25.4


def text_of(pdf: bytes) -> str:
    """All letters in reading order, without white space, in small letters: lines may break anywhere."""
    return squeezed("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def squeezed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(letter for letter in composed if not letter.isspace() and letter != "\u200b")


def sizes_mm(pdf: bytes) -> set[tuple[int, int]]:
    return {
        (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM))
        for page in PdfReader(BytesIO(pdf)).pages
    }


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def fonts_not_embedded(pdf: bytes) -> list[str]:
    loose = []
    for page in PdfReader(BytesIO(pdf)).pages:
        fonts: Any = page["/Resources"].get("/Font", DictionaryObject())  # type: ignore[union-attr]
        for font in (each.get_object() for each in fonts.get_object().values()):
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            descriptor = inner["/FontDescriptor"].get_object()
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                loose.append(str(font["/BaseFont"]))
    return loose


def marks(pdf: bytes) -> tuple[str, str, str]:
    """Title, language, and the PDF/A part with its level."""
    reader = PdfReader(BytesIO(pdf))
    assert reader.metadata is not None
    root: Any = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    part, level = (xmp.partition(f"<pdfaid:{key}>")[2].partition("<")[0] for key in ("part", "conformance"))
    return str(reader.metadata.title), str(root["/Lang"]), part + level
