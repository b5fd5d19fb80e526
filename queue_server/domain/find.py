"""Finds a procedure by what people type: without diacritics, with slips, in any order, by other words for it.

Each word of the query looks for its best word in a procedure's name and in each of its keywords; a rare word says more
than one that stands everywhere (“giấy”, “đăng ký”). Who types diacritics is taken at their word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from math import log
from typing import Protocol, TypeVar

LONGEST_QUERY = 200
LIKE = 0.6
"""From this score on a procedure is shown."""
NEAR_BEST = 0.75
"""What scores less than this part of the best one is left out."""
FILLERS = frozenset(
    word
    for line in (
        "toi minh em anh chi ong ba muon can xin lam di cho de cua va o the nao ve bi cai viec dang ky dk dky giay to",
        "a an the to for of my i want need get apply please",
    )
    for word in line.split()
)
_ONSETS = (("tr", "ch"), ("x", "s"), ("gi", "d"), ("r", "d"), ("n", "l"))
"""What is said alike in one part of the country or another, and therefore written for each other."""
_PREFIX, _SLIP, _OTHER_MARKS, _SCATTERED = 0.9, 0.85, 0.7, 0.85


class Texts(Protocol):
    """A text in both languages."""

    @property
    def vi(self) -> str: ...
    @property
    def en(self) -> str: ...


class Named(Protocol):
    """What is searched; a domain's procedure as well as a wire one."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> Texts: ...
    @property
    def keywords(self) -> tuple[str, ...]: ...


_Named = TypeVar("_Named", bound=Named)


def fold(text: str) -> str:
    """Lower case, no diacritics, words apart by single blanks: `Đăng ký` becomes `dang ky`."""
    return " ".join(_words(_without_marks(text)))


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(character for character in apart if not unicodedata.combining(character))


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()


def find(query: str, procedures: Iterable[_Named], limit: int = 8) -> tuple[_Named, ...]:
    """What fits `query`, the best first, at most `limit`; nothing for an empty query."""
    every = tuple(procedures)
    asked = query[:LONGEST_QUERY]
    digits = "".join(character for character in asked if character.isdigit())
    if len(digits) >= 3 and not any(character.isalpha() for character in asked):
        return tuple(each for each in every if digits in each.code.replace(".", ""))[:limit]
    words = _pairs(asked)
    if not words:
        return ()
    rarity = _rarity(every)
    scored = [(_score(words, each, rarity), place, each) for place, each in enumerate(every)]
    best = max((score for score, _, _ in scored), default=0.0)
    good = [one for one in scored if one[0] >= max(LIKE, NEAR_BEST * best)]
    return tuple(each for _, _, each in sorted(good, key=lambda one: (-one[0], one[1]))[:limit])


_Word = tuple[str, str]
"""Folded, and as it was written."""


def _pairs(text: str) -> list[_Word]:
    written = _words(unicodedata.normalize("NFC", text).casefold())
    return [(folded, each) for each in written if (folded := fold(each))]


def _phrases(each: Named) -> tuple[str, ...]:
    return (each.name.vi, each.name.en, *each.keywords)


def _rarity(every: Sequence[Named]) -> dict[str, float]:
    """What a word tells: 1 where one procedure has it, less the more have it."""
    counts: dict[str, int] = {}
    for each in every:
        for word in set(fold(" ".join(_phrases(each))).split()):
            counts[word] = counts.get(word, 0) + 1
    most = log(len(every) + 1)
    return {word: max(0.1, log((len(every) + 1) / count) / most) for word, count in counts.items()}


def _score(words: list[_Word], each: Named, rarity: dict[str, float]) -> float:
    phrases = [_pairs(phrase) for phrase in _phrases(each)]
    together = [word for phrase in phrases for word in phrase]
    best = max(_fit(words, phrase, rarity) for phrase in phrases)
    return max(best, _SCATTERED * _answered(words, together, rarity))


def _fit(words: list[_Word], phrase: list[_Word], rarity: dict[str, float]) -> float:
    """How much of the query the phrase answers, and a little of how much of the phrase was asked."""
    answered = _answered(words, phrase, rarity)
    joined = "".join(folded for folded, _ in words)
    if len(joined) >= 4 and joined in "".join(folded for folded, _ in phrase):
        answered = max(answered, _PREFIX)
    return answered * (0.85 + 0.15 * _answered(phrase, words, rarity))


def _answered(words: list[_Word], theirs: list[_Word], rarity: dict[str, float]) -> float:
    """The part of `words` that has its like among `theirs`, rare ones counting more."""
    found = total = 0.0
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        closeness, met = max(((_close(word, their, is_last), their[0]) for their in theirs), default=(0.0, ""))
        weight = _weight(met if closeness else word[0], rarity)
        found += weight * closeness
        total += weight
    return found / total if total else 0.0


def _weight(word: str, rarity: dict[str, float]) -> float:
    return 0.15 if word in FILLERS else rarity.get(word, 1.0)


def _close(word: _Word, their: _Word, is_last: bool) -> float:
    """1 for the same word, less for other diacritics than were typed, for its beginning (the last word is still being
    typed), for what sounds alike and for a slip."""
    asked, met = word[0], their[0]
    if asked == met:
        return 1.0 if word[1] in (asked, their[1]) else _OTHER_MARKS
    if is_last and len(asked) >= 2 and met.startswith(asked):
        return _PREFIX
    if min(len(asked), len(met)) < 3:
        return 0.0
    if _sound(asked) == _sound(met):
        return _SLIP
    allowed = 1 if len(met) < 7 else 2
    from rapidfuzz.distance import DamerauLevenshtein

    slips = DamerauLevenshtein.distance(asked, met, score_cutoff=allowed)
    return 1 - 1.6 * slips / len(met) if slips <= allowed else 0.0


def _sound(word: str) -> str:
    return next((like + word[len(onset) :] for onset, like in _ONSETS if word.startswith(onset)), word)
