"""A Vietnamese syllable taken apart and put together again, so that its tone always stands where people write it.

The tone stands the usual way, as on most official papers: “hòa”, “thúy”, but “hoàn”, “thuyền”.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
TONES = frozenset({ACUTE, GRAVE, HOOK, TILDE, DOT})
_NUCLEI = """
    a ă â e ê i o ô ơ u ư y
    ai ao au ay âu ây eo êu ia iê iu oa oă oe oi oo ôi ơi ua uâ uê ui uô uơ uy ưa ưi ươ ưu yê
    iêu yêu oai oao oay oeo uây uêu uôi uya uyê uyu ươi ươu
"""
NUCLEI = frozenset(_NUCLEI.split())
OPEN = frozenset({"ia", "ua", "uya", "ưa", "uơ"})
"""Never before a final consonant."""
INITIALS = (
    "ngh ng nh gh kh th tr ch ph b c d đ g h k l m n p r s t v x"
    # In names of the Central Highlands, which are names of citizens and of communes.
    " chr kr kl km kp kb kd kđ kn ks bh sm pn pl pr bl br dl dr đr gl gr hl hm hr hn mđ ml mr rc rv rm rb sr tl j z w"
)
FINALS = "ch ng nh c k m n p t"
STOPS = frozenset({"c", "ch", "k", "p", "t"})
VOWELS = "aăâeêioôơuưy"


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_PATTERN = re.compile(
    rf"(?P<initial>qu(?=[{VOWELS}])|gi(?=[{VOWELS}])|{_any(INITIALS)}|)(?P<nucleus>[{VOWELS}]+)(?P<final>{_any(FINALS)}|)"
)


@dataclass(frozen=True, slots=True)
class Syllable:
    """`initial`, `nucleus`, `final`: letters with their shapes and their case, without the tone."""

    initial: str
    nucleus: str
    final: str
    tone: str = ""

    @property
    def bare(self) -> str:
        """Without its tone."""
        return self.initial + self.nucleus + self.final

    @property
    def text(self) -> str:
        """With its tone in its place, in NFC."""
        if not self.tone:
            return self.bare
        place = _tone_place(self.nucleus.lower(), bool(self.final))
        nucleus = self.nucleus[: place + 1] + self.tone + self.nucleus[place + 1 :]
        return unicodedata.normalize("NFC", self.initial + nucleus + self.final)


def _tone_place(nucleus: str, closed: bool) -> int:
    shaped = [place for place, letter in enumerate(nucleus) if unshaped(letter) != letter]
    if shaped:
        return shaped[-1]
    return 0 if len(nucleus) == 2 and not closed else min(1, len(nucleus) - 1)


def unshaped(letters: str) -> str:
    """Without circumflex, breve and horn: â, ă → a; đ stays."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in letters)


LOOSE = frozenset(unshaped(nucleus) for nucleus in NUCLEI)


def fits(nucleus: str, final: str) -> bool:
    """True where `nucleus` is written so before `final`."""
    return nucleus in NUCLEI and not (final and nucleus in OPEN)


def parse(word: str) -> Syllable | None:
    """`word` as a syllable, even one whose vowels still lack their shapes; None where it is none."""
    tones = [mark for mark in unicodedata.normalize("NFD", word) if mark in TONES]
    bare = toneless(word)
    low = bare.lower()
    found = _PATTERN.fullmatch(low) if len(tones) < 2 and len(low) == len(bare) else None
    if found is None or unshaped(found["nucleus"]) not in LOOSE:
        return None
    start, end = found.span("nucleus")
    return Syllable(bare[:start], bare[start:end], bare[end:], tones[0] if tones else "")


def toneless(word: str) -> str:
    """`word` without tones, its shapes kept."""
    marks = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
