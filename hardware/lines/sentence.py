"""Framed text with a checksum, `$BODY*HH` CR LF, as marine and many home-made devices speak it: the ASCII protocol of
displays and keypads.

HH: all bytes of BODY by exclusive or, as two hexadecimal capitals. BODY: printable ASCII without $ and *.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

LONGEST = 48
"""Bytes of a body: a line break that noise has eaten must not make everything after it one sentence."""
_SENTENCE = re.compile(rb"\$([\x20-\x23\x25-\x29\x2b-\x7e]{1,%d})\*([0-9A-F]{2})\r\n" % LONGEST)


def sentence(body: str) -> bytes:
    data = body.encode("ascii")
    return b"$%s*%02X\r\n" % (data, reduce(xor, data, 0))


class Sentences:
    """Takes bytes as they come, gives whole sentences' bodies; drops what is cut, garbled or too long.

    `nonsense`: bytes dropped so far.
    """

    def __init__(self) -> None:
        self.nonsense = 0
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        self._rest += data
        bodies, at = [], 0
        for found in _SENTENCE.finditer(self._rest):
            if reduce(xor, found[1], 0) == int(found[2], 16):
                self.nonsense += found.start() - at
                at = found.end()
                bodies.append(found[1].decode("ascii"))
        start = self._rest.rfind(b"$", at)
        kept = self._rest[start:] if start >= 0 else b""
        if len(kept) > LONGEST + 6 or kept.endswith(b"\n"):
            kept = b""
        self.nonsense += len(self._rest) - at - len(kept)
        self._rest = kept
        return bodies

    def clear(self) -> None:
        """Forget what has begun."""
        self._rest = b""
