"""Which words a recorded voice needs for the calls of a hall, and how a sentence is laid out of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from hardware.voices.errors import SpeechError
from hardware.voices.speech import HIGHEST_COUNTER, LANGUAGES, sentence

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"
FIXED = {"vi": ("mời số", "đến quầy số"), "en": ("number", "please go to counter")}
"""What stands in every sentence, best recorded in one breath."""
_SIGNS = re.compile(r"[\s.,;:!?–-]+")


def plain(text: str) -> str:
    """`text` as words are compared: composed letters, small, without signs, single spaces."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()


def cover(text: str, known: Collection[str]) -> tuple[list[str], list[str]]:
    """Lay `text` out of the phrases in `known` (plain), the longest that fits each time; (phrases, missing words)."""
    longest = max((phrase.count(" ") + 1 for phrase in known), default=1)
    words = plain(text).split()
    phrases: list[str] = []
    missing: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + length])
            if phrase in known:
                phrases.append(phrase)
                place += length
                break
        else:
            missing.append(words[place])
            place += 1
    return phrases, missing


def needed(language: str, *, letters: Iterable[str] = LETTERS, highest: int = HIGHEST_COUNTER) -> tuple[str, ...]:
    """The phrases of every call with prefixes of `letters` to the counters 1 to `highest`, in the order of recording:
    the fixed ones, letters by their names, digits, counts. Raises SpeechError for what cannot be called."""
    if language not in LANGUAGES:
        raise SpeechError(f"no sentences in language {language!r}")
    fixed = FIXED[language]
    found = dict.fromkeys(fixed)
    for letter in letters:
        found[_between(sentence(f"{letter}1", 1, language), fixed).removesuffix(_ONE[language]).strip()] = None
    for digit in range(10):
        found[_between(sentence(str(digit), 1, language), fixed)] = None
    for tens in range(10):  # a final five has a name of its own
        found.update(dict.fromkeys(_between(sentence(f"{tens}5", 1, language), fixed).split()))
    for counter in range(1, highest + 1):
        found.update(dict.fromkeys(plain(sentence("1", counter, language)).rpartition(fixed[1])[2].split()))
    return tuple(found)


_ONE = {"vi": "một", "en": "one"}


def _between(text: str, fixed: tuple[str, str]) -> str:
    """What stands between the two fixed phrases."""
    return plain(text).removeprefix(fixed[0]).rpartition(fixed[1])[0].strip()
