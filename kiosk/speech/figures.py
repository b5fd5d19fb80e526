"""Codes as they are read aloud: sign by sign, so that nobody has to take a long number apart by ear."""

from __future__ import annotations

import re


def spelled(code: str) -> str:
    """`A-025` as `A 0 2 5`, groups parted by a short pause."""
    groups = re.findall(r"[A-Za-zĐđ]+|[0-9]+|[^A-Za-zĐđ0-9\s]", code)
    parts: list[str] = []
    for group in groups:
        if group.isalnum():
            parts.append(" ".join(group))
        elif parts:
            parts[-1] += ","
    return " ".join(parts).rstrip(",")
