"""Which questions a layout names: a slip in a name would leave a blank on each declaration, and nobody would see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"(?<!:)//[^\n]*")
_CALL = re.compile(r"(?<![\w-])(?:said|kept|is|signature|first-said)\(([^()]*)\)")
_LITERAL = re.compile(r'"([^"\\]*)"')
_ONE = re.compile(r'\s*"([^"\\]*)"\s*(?:,|$)')


def named(layout: bytes) -> Iterator[tuple[int, str]]:
    """Line, from 1, and name of each question that the layout names in full; names that it builds are not seen."""
    source = _COMMENT.sub(lambda comment: " " * len(comment[0]), layout.decode("utf-8", "replace"))
    for call in _CALL.finditer(source):
        line = source[: call.start()].count("\n") + 1
        is_several = call[0].startswith("first-said")
        one = _ONE.match(call[1])
        for name in _LITERAL.findall(call[1]) if is_several else [one[1]] if one else []:
            yield line, name
