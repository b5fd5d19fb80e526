"""Reads a counter's number out of an address: anything may stand there, thousands of digits too."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[1-9][0-9]{0,2}")


def counter_number(text: str) -> int | None:
    """The counter, 1 to 999, or None when this cannot be one."""
    return int(text) if NUMBER.fullmatch(text) else None
