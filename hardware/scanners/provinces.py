"""The first three digits of a citizen's number: where the birth was registered. They stay when provinces merge."""

from __future__ import annotations

# fmt: off
_NUMBERS = (
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
    45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89,
    91, 92, 93, 94, 95, 96,
)
# fmt: on
PROVINCES = frozenset(f"{number:03}" for number in _NUMBERS)
ABROAD = 100
"""From here on the numbers are countries'."""


def is_place_of_birth(code: str) -> bool:
    return code in PROVINCES or int(code) >= ABROAD
