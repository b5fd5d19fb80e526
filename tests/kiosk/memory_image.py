"""All that can be read in another process's memory, to see whether somebody is still in there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

PIECE = 32 * 2**20


def found(process: int, secrets: Mapping[str, bytes]) -> set[str]:
    """The names of those `secrets` that stand in the memory of `process`. A text of ASCII is found in each of Python's
    ways to keep it: with its noughts left out, UTF-16 and UTF-32 are the same as UTF-8."""
    sought = dict(secrets)
    seen: set[str] = set()
    for piece in _written(process):
        bare = piece.translate(None, b"\0")
        seen |= {name for name, secret in sought.items() if (bare if secret.isascii() else piece).find(secret) >= 0}
        sought = {name: secret for name, secret in sought.items() if name not in seen}
        if not sought:
            break
    return seen


def _written(process: int) -> Iterator[bytes]:
    """What `process` may write to, without the graphics devices, in pieces that overlap."""
    with Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if place is None or "/dev/" in line:
                continue
            start, end = (int(part, 16) for part in place.groups())
            for at in range(start, end, PIECE):
                try:
                    memory.seek(at)
                    yield memory.read(min(PIECE + 4096, end - at))
                except OSError:
                    break
