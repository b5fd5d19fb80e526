"""Marks for whoever knows neither Telex nor VNI: the key that sets a mark on what was typed, if it can stand there."""

from __future__ import annotations

from enum import StrEnum

from .method import Method, press


class Mark(StrEnum):
    """In the order in which they are taught."""

    GRAVE = "grave"
    ACUTE = "acute"
    HOOK = "hook"
    TILDE = "tilde"
    DOT = "dot"
    HAT = "hat"
    HORN = "horn"
    BREVE = "breve"
    STROKE = "stroke"


_VNI = {
    Mark.ACUTE: "1",
    Mark.GRAVE: "2",
    Mark.HOOK: "3",
    Mark.TILDE: "4",
    Mark.DOT: "5",
    Mark.HAT: "6",
    Mark.HORN: "7",
    Mark.BREVE: "8",
    Mark.STROKE: "9",
}
_TELEX = {
    Mark.ACUTE: "s",
    Mark.GRAVE: "f",
    Mark.HOOK: "r",
    Mark.TILDE: "x",
    Mark.DOT: "j",
    Mark.HAT: "aeo",
    Mark.HORN: "w",
    Mark.BREVE: "w",
    Mark.STROKE: "d",
}


def mark_key(text: str, mark: Mark, method: Method) -> str | None:
    """The key of `method` that sets `mark` on the last word of `text`; None where it cannot stand there."""
    digit = _VNI[mark]
    wanted = press(text, digit, Method.VNI)
    if method is Method.PLAIN or wanted.endswith(digit):
        return None
    if method is Method.VNI:
        return digit
    return next((key for key in _TELEX[mark] if press(text, key, Method.TELEX) == wanted), None)
