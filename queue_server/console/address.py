"""Reads numbers out of an address: anything may stand there, thousands of digits too."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[1-9][0-9]{0,2}")
RECORD = re.compile(r"[1-9][0-9]{0,14}")


def counter_number(text: str) -> int | None:
    """The counter, 1 to 999, or None when this cannot be one."""
    return int(text) if NUMBER.fullmatch(text) else None


def record_number(text: str) -> int | None:
    """The id of a dossier or an appointment, or None when this cannot be one."""
    return int(text) if RECORD.fullmatch(text) else None
