"""The order of Vietnamese words: a ă â b c d đ e ê …; tones decide only between words of the same letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import chain

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Level, huyền, hỏi, ngã, sắc, nặng, as dictionaries have them."""
_PLACE = {letter: place + 1 for place, letter in enumerate(LETTERS)}
SortKey = tuple[tuple[tuple[int, ...], ...], tuple[int, ...], str]


def sort_key(text: str) -> SortKey:
    """Sort by this: word by word, letters first, then tones."""
    parts = [_part(part) for part in unicodedata.normalize("NFC", text.casefold()).split()]
    return (
        tuple(chain.from_iterable(each[0] for each in parts)),
        tuple(chain.from_iterable(each[1] for each in parts)),
        text,
    )


@lru_cache(maxsize=4096)
def _part(text: str) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]:
    """Letters and tones of the words of a text without spaces, nearly always one. Kept: the names of thousands of
    communes, sorted at each start, share their words."""
    words = "".join(each if each.isalnum() or unicodedata.combining(each) else " " for each in _apart(text)).split()
    letters = tuple(tuple(_PLACE.get(each, len(_PLACE) + 1) for each in word if each not in TONES) for word in words)
    return letters, tuple(_tone(word) for word in words)


def _apart(text: str) -> str:
    """Tones apart from their letters, the marks of ă â ê ô ơ ư kept on them."""
    return "".join(map(_letter, text))


@lru_cache(maxsize=1024)
def _letter(character: str) -> str:
    """Its letter with all marks but the tone, then the tone."""
    pieces = unicodedata.normalize("NFD", character)
    marks = "".join(piece for piece in pieces[1:] if piece not in TONES)
    return unicodedata.normalize("NFC", pieces[0] + marks) + "".join(each for each in pieces[1:] if each in TONES)


def _tone(word: str) -> int:
    return next((TONES.index(each) for each in word if each in TONES), 0)
