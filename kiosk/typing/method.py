"""What a key does to the text so far."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .syllable import ACUTE, DOT, GRAVE, HOOK, STOPS, TILDE, Syllable, fits, parse, toneless, unshaped


class Method(StrEnum):
    """How diacritics are typed; the citizen switches it on the keyboard."""

    TELEX = "telex"
    VNI = "vni"
    PLAIN = "plain"
    """Keys are letters; for e-mail addresses and codes."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The marks that keys set. `shapes`: for each key the letters it changes; an empty tone takes the tone away."""

    tones: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stroke: str = ""


KEYS: Mapping[Method, Keys] = {
    Method.TELEX: Keys(
        {"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT, "z": ""},
        {"a": {"a": "â"}, "e": {"e": "ê"}, "o": {"o": "ô"}, "w": {"u": "ư", "o": "ơ", "a": "ă"}},
        "d",
    ),
    Method.VNI: Keys(
        {"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT, "0": ""},
        {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"u": "ư", "o": "ơ"}, "8": {"a": "ă"}},
        "9",
    ),
    Method.PLAIN: Keys(),
}
_LAST_WORD = re.compile(r"[^\W\d_]*\Z")
_HALF_HORNED = re.compile(r"uơ|ưo", re.IGNORECASE)


def press(text: str, key: str, method: Method) -> str:
    """`text` after `key` (one character) at its end: the last word is composed anew by `method`, in NFC.

    The same key twice takes its mark away again and stands as a letter: “as” is á, “ass” is as.
    """
    text = unicodedata.normalize("NFC", text)
    before, word = _last_syllable(text)
    keys, low = KEYS[method], key.lower()
    changed = _marked(word, key, low, keys) if word else None
    if changed is None:
        changed = word + key
        if method is not Method.PLAIN and key.isalpha():
            changed = _settled(changed)
    return unicodedata.normalize("NFC", before + changed)


def erase(text: str) -> str:
    """`text` without its last letter, as people see it; the tone of what is left moves to its place."""
    text = unicodedata.normalize("NFC", text)
    while text and unicodedata.combining(text[-1]):
        text = text[:-1]
    before, word = _last_syllable(text[:-1])
    syllable = parse(word)
    return unicodedata.normalize("NFC", before + (syllable.text if syllable else word))


def _last_syllable(text: str) -> tuple[str, str]:
    """What comes before the last word, and that word; of two syllables in one word (“Đakrông”) only the second, if
    a letter of the first shows that it is no foreign word."""
    found = _LAST_WORD.search(text)
    start = found.start() if found else len(text)
    word = text[start:]
    if not word.isascii() and parse(word) is None:
        for place in range(1, len(word)):
            if not word[:place].isascii() and parse(word[:place]) and parse(word[place:]):
                return text[: start + place], word[place:]
    return text[:start], word


def _marked(word: str, key: str, low: str, keys: Keys) -> str | None:
    """`word` with the mark of the key, or without it where it had it; None where the key is just a letter here."""
    if low and low == keys.stroke:
        return _stroked(word, key)
    syllable = parse(word)
    if syllable is None:
        return None
    if low in keys.tones:
        return _toned(syllable, key, keys.tones[low])
    if low in keys.shapes:
        return _shaped(syllable, key, keys.shapes[low])
    return None


def _stroked(word: str, key: str) -> str | None:
    """With its d turned into đ, or back: of a syllable the first letter, of an abbreviation (“QĐ”) the last."""
    bare = toneless(word).lower()
    syllable = parse(word)
    if syllable is not None and bare[0] in "dđ":
        place = 0
    elif bare[-1] in "dđ" and not set(unshaped(bare)) & set("aeiouy"):
        place = len(word) - 1
    else:
        return None
    turned = {"d": "đ", "D": "Đ", "đ": "d", "Đ": "D"}[word[place]]
    changed = word[:place] + turned + word[place + 1 :]
    return changed if turned in "đĐ" else changed + key


def _toned(syllable: Syllable, key: str, tone: str) -> str | None:
    if not tone:
        return syllable.bare if syllable.tone else None
    if syllable.tone == tone:
        return syllable.bare + key
    if syllable.final.lower() in STOPS and tone in (GRAVE, HOOK, TILDE):
        return None
    return replace(syllable, tone=tone).text


def _shaped(syllable: Syllable, key: str, shapes: Mapping[str, str]) -> str | None:
    nucleus, final = syllable.nucleus.lower(), syllable.final.lower()
    had = [letter in shapes.values() for letter in nucleus]
    if any(had) and not (nucleus == "ưo" and "u" in shapes):
        plain = "".join(unshaped(letter) if was else letter for letter, was in zip(nucleus, had, strict=True))
        return replace(syllable, nucleus=_cased(plain, syllable.nucleus)).text + key
    for tried in _candidates(nucleus, final, shapes):
        if fits(tried, final):
            return replace(syllable, nucleus=_cased(tried, syllable.nucleus)).text
    return None


def _candidates(nucleus: str, final: str, shapes: Mapping[str, str]) -> list[str]:
    """How the nucleus may look with the key's shape, likeliest first."""
    plain = unshaped(nucleus)
    found = []
    if plain.startswith("uo") and "u" in shapes:
        # “thuở” has one horn, “thương” has two.
        open_ = nucleus == "uo" and not final
        found.append(("uơ" if open_ else "ươ") + nucleus[2:])
    for place, letter in enumerate(plain):
        if letter in shapes:
            found.append(nucleus[:place] + shapes[letter] + nucleus[place + 1 :])
            found.append(plain[:place] + shapes[letter] + plain[place + 1 :])
    return found


def _settled(word: str) -> str:
    """`word` after a further letter: its tone in its place, and both horns where one was typed (“thuơng”)."""
    syllable = parse(word)
    if syllable is None:
        return word
    if (syllable.final or len(syllable.nucleus) > 2) and _HALF_HORNED.match(syllable.nucleus):
        nucleus = _cased("ươ", syllable.nucleus[:2]) + syllable.nucleus[2:]
        syllable = replace(syllable, nucleus=nucleus)
    return syllable.text


def _cased(letters: str, like: str) -> str:
    return "".join(letter.upper() if model.isupper() else letter for letter, model in zip(letters, like, strict=True))
