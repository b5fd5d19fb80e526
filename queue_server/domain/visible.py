"""The one rule for free text: what nobody can see, or what turns the order of reading, is not kept.

A reason of zero-width signs looks like no reason, and a sign that turns the direction makes a screen or a paper say
something else than what is kept. Reasons, answers and names all go through here, at the kiosk and at the server.
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
"""Controls, formats (zero width, soft hyphen, byte order, direction), what is no character, private ones, halves."""
_EMPTY_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Letters and marks that are drawn as nothing, whatever kind they are said to be: joiners, fillers, variants."""
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_MOST_MARKS = 4
"""On one letter: as many as any script needs; more only cover the lines around."""


def visible(text: str) -> str:
    """`text` composed (NFC) of what can be seen, lines kept, without blanks at their ends and runs of them. Empty where
    nothing can be seen: marks without a letter are nothing."""
    lines = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    blanked = _BLANKS.sub(" ", _EMPTY_LETTERS.sub("", lines))
    seen = "".join(sign for sign in blanked if sign == "\n" or unicodedata.category(sign) not in _UNSEEN)
    # What is taken out may leave two blanks, or letter and mark, side by side.
    composed = _few_marks(unicodedata.normalize("NFC", _BLANKS.sub(" ", seen)))
    kept = "\n".join(line.strip() for line in composed.split("\n")).strip()
    return kept if any(not unicodedata.category(sign).startswith(("M", "Z", "C")) for sign in kept) else ""


def _few_marks(text: str) -> str:
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign).startswith("M") else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
