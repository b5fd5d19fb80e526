"""JPEG pictures as RTP packets (RFC 2435): of the file only the quantization tables and the scan travel."""

from __future__ import annotations

from collections.abc import Iterator

PAYLOAD = 26
CHUNK = 1200
"""Bytes of the scan in a packet: what fits an Ethernet frame."""
DQT, SOF0, SOS = 0xDB, 0xC0, 0xDA
SUBSAMPLED = 0x22
"""Sampling of the luminance in 4:2:0; with 0x21 it would be 4:2:2."""


def packets(jpeg: bytes, *, first: int, stamp: int) -> Iterator[bytes]:
    """The RTP packets of a baseline picture; `first`: sequence number, `stamp`: in 1/90000 s.

    Raises ValueError of what is not such a picture.
    """
    tables, width, height, kind, scan = _taken_apart(jpeg)
    for number, at in enumerate(range(0, len(scan), CHUNK)):
        piece = scan[at : at + CHUNK]
        last = at + CHUNK >= len(scan)
        head = bytes((0x80, PAYLOAD | (0x80 if last else 0)))
        head += (first + number & 0xFFFF).to_bytes(2, "big") + (stamp & 0xFFFFFFFF).to_bytes(4, "big") + b"\0\0\0\1"
        # Q 255: the quantization tables travel with the first packet.
        head += b"\0" + at.to_bytes(3, "big") + bytes((kind, 255, width // 8, height // 8))
        if at == 0:
            head += b"\0\0" + len(tables).to_bytes(2, "big") + tables
        yield head + piece


def _taken_apart(jpeg: bytes) -> tuple[bytes, int, int, int, bytes]:
    tables, width, height, kind, at = b"", 0, 0, 1, 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, size = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        part = jpeg[at + 4 : at + 2 + size]
        at += 2 + size
        if marker == DQT:
            for begin in range(0, len(part), 65):
                tables += part[begin + 1 : begin + 65]
        elif marker == SOF0:
            height, width = int.from_bytes(part[1:3], "big"), int.from_bytes(part[3:5], "big")
            kind = 1 if part[7] == SUBSAMPLED else 0
        elif marker == SOS:
            return tables, width, height, kind, jpeg[at:-2]
    raise ValueError("not a baseline JPEG")
