"""Where a picture ends: a picture with something else behind it is two files in one, and is not taken.

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
