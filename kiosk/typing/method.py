"""What a key does to the text so far."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """How diacritics are typed; the citizen switches it on the keyboard."""

    TELEX = "telex"
    VNI = "vni"
    PLAIN = "plain"
    """Keys are letters; for e-mail addresses and codes."""


def press(text: str, key: str, method: Method) -> str:
    """`text` after `key` (one character) at its end: the last word is composed anew by `method`, in NFC."""
    return text + key


def erase(text: str) -> str:
    """`text` without its last letter, as people see it."""
    return text[:-1]
