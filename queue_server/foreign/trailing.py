"""Where a file ends: a picture or a PDF with something else behind it is two files in one, and is not taken.

A telephone may put a second picture behind the first (a depth map, the other exposure): those are pictures still.
"""

from __future__ import annotations

import re

JPEG_START = b"\xff\xd8"
PNG_START = b"\x89PNG\r\n\x1a\n"
END = 0xD9
ARCHIVE_END = b"PK\5\6"
TO_MARKER = re.compile(rb"(?:[^\xff]++|\xff++[\x00\x01\xd0-\xd7])*+\xff++")
"""Past a picture's data and the markers without a length within it, to the next marker's second byte."""
PADDING = re.compile(rb"[\0\r\n\t ]*+")

PDF_END = re.compile(rb"startxref\s{1,8}([0-9]{1,10})\s{1,8}%%EOF")
"""How each part of a PDF ends; an update that was added has an end of its own."""
PDF_TABLE = re.compile(rb"\s{0,8}(?:xref\s|[0-9]{1,10}\s{1,8}[0-9]{1,5}\s{1,8}obj\b)")
"""Where the last end points: to a table, or to an object that holds one."""
PDF_PADDING = re.compile(rb"[\0\t\n\f\r\x1a ]*+")
MOST_PADDING = 1024
LINEARIZED = b"/Linearized"
"""Such a file has its last table at its beginning, in the first kilobyte after its head."""


def carries_archive(content: bytes) -> bool:
    """Whether it is an archive (ZIP) as well: those are read from their end, whatever they begin with."""
    at = content.rfind(ARCHIVE_END, max(len(content) - 65_557, 0))
    while at >= 0:
        if at + 22 + int.from_bytes(content[at + 20 : at + 22], "little") == len(content):
            return True
        at = content.rfind(ARCHIVE_END, max(len(content) - 65_557, 0), at)
    return False


def ends_where_the_picture_ends(content: bytes) -> bool:
    """Whether nothing but padding and further pictures of the same kind stands behind the picture."""
    at = 0
    while True:
        end = _jpeg_end(content, at) if content.startswith(JPEG_START, at) else _png_end(content, at)
        if end is None:
            return False
        at = _past_padding(content, end)
        if at == len(content):
            return True


def ends_where_the_pdf_ends(content: bytes) -> bool:
    """Whether nothing but a little padding stands behind the PDF, and nothing but updates of it behind its first end:
    the last end points to a table that came with it."""
    ends = list(PDF_END.finditer(content))
    if not ends or len(content) - ends[-1].end() > MOST_PADDING:
        return False
    if _past_pdf_padding(content, ends[-1].end()) < len(content):
        return False
    start = int(ends[-1][1])
    if not PDF_TABLE.match(content, start) or start >= ends[-1].start():
        return False
    if len(ends) == 1 or LINEARIZED in content[:MOST_PADDING]:
        return all(_goes_on(content, each.end()) for each in ends[:-1])
    return start > ends[-2].end() and all(_goes_on(content, each.end()) for each in ends[:-1])


def _goes_on(content: bytes, at: int) -> bool:
    """Whether more of the PDF stands behind one of its ends: an object, a table, or a comment."""
    at = _past_pdf_padding(content, at)
    return content.startswith(b"%", at) or PDF_TABLE.match(content, at) is not None


def _past_pdf_padding(content: bytes, at: int) -> int:
    found = PDF_PADDING.match(content, at)
    return found.end() if found else at


def _past_padding(content: bytes, at: int) -> int:
    found = PADDING.match(content, at)
    return found.end() if found else at


def _jpeg_end(content: bytes, at: int) -> int | None:
    """Past the end marker of the JPEG that starts at `at`; None where it has none."""
    at += len(JPEG_START)
    while (found := TO_MARKER.match(content, at)) and found.end() < len(content):
        at = found.end() + 1
        if content[at - 1] == END:
            return at
        length = int.from_bytes(content[at : at + 2], "big")
        if length < 2:
            return None
        at += length
    return None


def _png_end(content: bytes, at: int) -> int | None:
    """Past the last chunk of the PNG that starts at `at`; None where it has none."""
    if not content.startswith(PNG_START, at):
        return None
    at += len(PNG_START)
    while at + 12 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at if at <= len(content) and not length else None
    return None
