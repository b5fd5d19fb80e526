"""Looks at a file before the hall takes it: really an image or a PDF, whole, of a bearable size, and nothing that acts.

Slow by nature (a photograph is decoded, a PDF is read by a process of its own), so it runs off the event loop.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from queue_server.contract import ATTACHMENT_BYTES
from queue_server.domain.errors import HallError
from queue_server.foreign import Verdict, carries_archive, ends_where_the_picture_ends, verdict
from queue_server.foreign.trailing import ends_where_the_pdf_ends

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
REFUSED: dict[Verdict, type[HallError]] = {
    Verdict.LOCKED: PdfLocked,
    Verdict.ACTIVE: PdfActive,
    Verdict.TOO_LONG: PdfTooLong,
    Verdict.BROKEN: AttachmentBroken,
}


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
    if carries_archive(content):
        raise AttachmentBroken
    return Sound(media_type, _pdf_pages(content) if media_type == PDF else _image(content, media_type))


def _image(content: bytes, media_type: str) -> int:
    from PIL import Image, UnidentifiedImageError  # not at the start of a server: it has no picture yet

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
    if not ends_where_the_picture_ends(content):
        raise AttachmentBroken
    return 1


def _pdf_pages(content: bytes) -> int:
    if not ends_where_the_pdf_ends(content):
        raise AttachmentBroken
    said, pages = verdict(content)
    if said in REFUSED:
        raise REFUSED[said]
    return pages
