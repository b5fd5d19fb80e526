"""A digitised paper's pages as pictures: a browser that shows no PDF within a page shows those."""

from __future__ import annotations

import asyncio
import logging

from queue_server.console.pages import Paper
from queue_server.foreign import page_picture

PDF = "application/pdf"
log = logging.getLogger(__name__)


async def picture(paper: Paper, page: int) -> Paper | None:
    """Page `page` of it, from 1: the one picture on it, as every scan has. None where it has no such page, or the page
    is no scan."""
    if paper.media_type != PDF:
        return paper if page == 1 else None
    shown = await asyncio.to_thread(page_picture, paper.content, page)
    if shown is None:
        log.info("a page of a paper is not shown as a picture")
        return None
    media_type, content = shown
    return Paper(content, media_type)
