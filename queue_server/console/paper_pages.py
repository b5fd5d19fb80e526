"""A digitised paper's pages as pictures: a browser that shows no PDF within a page shows those."""

from __future__ import annotations

import asyncio
import io
import logging

from PIL import Image
from pypdf import PdfReader

from queue_server.console.pages import Paper

PDF = "application/pdf"
SHOWN = {"JPEG": "image/jpeg", "PNG": "image/png"}
MOST_PIXELS = 40_000_000
log = logging.getLogger(__name__)


async def picture(paper: Paper, page: int) -> Paper | None:
    """Page `page` of it, from 1: the one picture on it, as every scan has. None where it has no such page, or the page
    is no scan."""
    if paper.media_type != PDF:
        return paper if page == 1 else None
    return await asyncio.to_thread(_scan, paper.content, page)


def _scan(content: bytes, page: int) -> Paper | None:
    try:
        pages = PdfReader(io.BytesIO(content)).pages
        if page > len(pages):
            return None
        scans = pages[page - 1].images
        if len(scans) != 1:
            return None
        return _as_shown(scans[0].data)
    except Exception:  # noqa: BLE001 - pypdf raises what it likes on a file that only just passed for a PDF
        log.warning("a page of a paper could not be shown as a picture")
        return None


def _as_shown(data: bytes) -> Paper | None:
    """As it is where a browser can show it, else as PNG."""
    with Image.open(io.BytesIO(data)) as image:
        if image.width * image.height > MOST_PIXELS:
            return None
        kind = SHOWN.get(image.format or "")
        if kind and image.mode in ("L", "RGB", "1", "P"):
            return Paper(data, kind)
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG")
        return Paper(out.getvalue(), SHOWN["PNG"])
