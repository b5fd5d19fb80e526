"""Looks at a file before the hall takes it: really an image or a PDF, whole, of a bearable size, and nothing that acts.

Slow by nature (a photograph is decoded), so it runs off the event loop.
"""

from __future__ import annotations

import io
import logging
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from queue_server.contract import ATTACHMENT_BYTES

from .errors import (
    AttachmentBroken,
    AttachmentTooLarge,
    AttachmentTypeUnknown,
    ImageTooLarge,
    PdfActive,
    PdfLocked,
    PdfTooLong,
)

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
MAGIC = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
MOST_PIXELS = 50_000_000
MOST_PAGES = 100
MOST_OBJECTS = 50_000
ACTIVE = frozenset(
    {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/SubmitForm"}
    | {"/ImportData", "/GoToE", "/GoToR", "/Movie", "/Sound", "/Rendition"}
)
"""Keys and kinds of actions in a PDF that run something, send something or carry another file."""

# What is wrong with a stranger's file is said to the stranger; it is no news for the log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Sound:
    """A file that may be kept."""

    media_type: str
    pages: int


def screen(content: bytes, media_type: str) -> Sound:
    """Raises AttachmentTooLarge, AttachmentTypeUnknown, AttachmentBroken, ImageTooLarge, PdfLocked, PdfActive,
    PdfTooLong."""
    if len(content) > ATTACHMENT_BYTES:
        raise AttachmentTooLarge
    if media_type not in MAGIC:
        raise AttachmentTypeUnknown
    if not content.startswith(MAGIC[media_type]):
        raise AttachmentBroken if any(content.startswith(magic) for magic in MAGIC.values()) else AttachmentTypeUnknown
    return Sound(media_type, _pdf_pages(content) if media_type == PDF else _image(content, media_type))


def _image(content: bytes, media_type: str) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=["PNG" if media_type == PNG else "JPEG"]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise ImageTooLarge
                image.load()
    except Image.DecompressionBombError as error:
        raise ImageTooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise AttachmentBroken from error
    return 1


def _pdf_pages(content: bytes) -> int:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise PdfLocked
        _only_shows(reader)
        pages = len(reader.pages)
    except (PdfLocked, PdfActive):
        raise
    except Exception as error:  # the library raises whatever a broken file makes it stumble over
        raise AttachmentBroken from error
    if pages > MOST_PAGES:
        raise PdfTooLong
    if pages < 1:
        raise AttachmentBroken
    return pages


def _only_shows(reader: PdfReader) -> None:
    """Walk everything that the document reaches. Raises PdfActive, AttachmentBroken where there is no end of it."""
    seen: set[tuple[int, int]] = set()
    left: list[object] = [reader.trailer]
    looked = 0
    while left:
        each = left.pop()
        looked += 1
        if looked > MOST_OBJECTS * 20 or len(seen) > MOST_OBJECTS:
            raise AttachmentBroken
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) not in seen:
                seen.add((each.idnum, each.generation))
                left.append(each.get_object())
        elif isinstance(each, DictionaryObject):
            if ACTIVE & set(each) or str(each.raw_get("/S") if "/S" in each else "") in ACTIVE:
                raise PdfActive
            left.extend(each.raw_get(key) for key in each)
        elif isinstance(each, ArrayObject):
            left.extend(list.__iter__(each))
