"""How a ticket's number gets into few cells: the digits matter most, then the letter, then the dash."""

from __future__ import annotations

import re
from collections.abc import Collection

from hardware.displays.segments import folded


def fitted(text: str, cells: int, signs: Collection[str], *, right: bool = True) -> str:
    """`text` in exactly `cells` characters out of `signs`, padded with spaces.

    What is too long loses, in this order, no more than it must: dash and spaces, zeros at the front of the number,
    the letters, the first digits. A-025 becomes A025 in four cells, A25 in three, 25 in two.
    """
    shown = folded(text, signs).strip()
    shown = shown.strip(" -") or shown[:cells]  # dashes alone are a sign of their own
    if len(shown) > cells:
        shown = _shortened(shown, cells)
    return shown.rjust(cells) if right else shown.ljust(cells)


def _shortened(text: str, cells: int) -> str:
    close = re.sub(r"[ -]", "", text)
    found = re.fullmatch(r"([A-Z]*)([0-9]+)", close)
    if found is None:  # a word
        return close[:cells]
    letters, number = found.groups()
    while number[0] == "0" and len(number) > 1 and len(letters) + len(number) > cells:
        number = number[1:]
    if len(letters) + len(number) <= cells:
        return letters + number
    # Letters beyond the first tell least; a number of more digits than cells keeps its last ones.
    room = max(cells - len(number), 0)
    return letters[:room] + number[-cells:]
