"""Which code stands for which key: data, because each maker has its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hardware.address import Address
from hardware.keypads.entry import Clear, Meaning
from hardware.keypads.protocol import Key

KEYS: Mapping[int, Meaning] = {
    ord("N"): Key.NEXT,
    ord("R"): Key.RECALL,
    ord("F"): Key.FINISH,
    ord("X"): Key.NO_SHOW,
    ord("T"): Key.TRANSFER,
    ord("P"): Key.PAUSE,
    ord("C"): Clear.CLEAR,
    **{ord("0") + digit: digit for digit in range(10)},
}
"""By code, one byte; 00 is no code, it means that no key is held."""
NAMES: Mapping[str, Meaning] = {
    **{key.value: key for key in Key},
    Clear.CLEAR.value: Clear.CLEAR,
    **{str(digit): digit for digit in range(10)},
}


def keymap(address: Address) -> Mapping[int, Meaning]:
    """The option `keys`, `next:0D,recall:2A`: these keys have other codes, in hex; the rest keep theirs unless one of
    the new codes takes their place."""
    given: dict[int, Meaning] = {}
    for pair in filter(None, address.text("keys").split(",")):
        found = re.fullmatch(r"([a-z0-9-]+):([0-9A-Fa-f]{2})", pair)
        if found is None or found[1] not in NAMES or found[2] == "00" or int(found[2], 16) in given:
            raise address.bad(f"keys: {pair!r} is no pair such as next:4E (keys: {', '.join(NAMES)})")
        given[int(found[2], 16)] = NAMES[found[1]]
    # `1 == True`-like equality of digits and keys is no danger here: keys and clear are no numbers.
    changed = set(given.values())
    return {**{code: meaning for code, meaning in KEYS.items() if meaning not in changed}, **given}


def addresses(address: Address, highest: int) -> tuple[int, ...]:
    """The option `addresses`, `1-4,7`; empty if not given."""
    numbers: set[int] = set()
    for part in filter(None, address.text("addresses").split(",")):
        found = re.fullmatch(r"([0-9]{1,3})(?:-([0-9]{1,3}))?", part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= highest:
            raise address.bad(f"addresses: {part!r} is no address or range within 1 to {highest}, as in 1-4,7")
        numbers |= set(range(first, last + 1))
    return tuple(sorted(numbers))
