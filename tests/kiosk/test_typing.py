"""Vietnamese by keys: every word that the house itself writes, and every place of the country, comes out as it is."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from kiosk.typing import Mark, Method, erase, mark_key, press

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"[^\W\d_]+")
PLACEHOLDER = re.compile(r"%\(\w+\)\w|\{\w*\}")
# Unicode's own names for the marks, apart from the code under test.
TELEX = {"ACUTE ACCENT": "s", "GRAVE ACCENT": "f", "HOOK ABOVE": "r", "TILDE": "x", "DOT BELOW": "j"}
VNI = {"ACUTE ACCENT": "1", "GRAVE ACCENT": "2", "HOOK ABOVE": "3", "TILDE": "4", "DOT BELOW": "5"}
BY_HAND = {
    "Ana": "Anaa",
    "Boòng": "Booongf",
    "Cuôr": "Cuoorr",
    "Dur": "Durr",
    "Kar": "Karr",
    "Khoong": "Khooong",
    "Loong": "Looong",
    "Loỏng": "Looongr",
    "Mar": "Marr",
    "Ngoong": "Ngooong",
    "Toong": "Tooong",
    "Tôr": "Toorr",
    "Uar": "Uarr",
    "Wer": "Werr",
    "gar": "garr",
}
"""Telex needs a key twice for a letter that is also a mark."""
BEYOND = {"Êê", "Dêê"}
"""Telex has no way for these two; they are chosen from the list of communes, or typed by VNI."""
APART = {"Avương"}
"""Two syllables in one word that begins like a foreign one: to be typed apart, or chosen from the list."""
HIGHLAND = {
    "Cuôr",
    "Dêê",
    "Khăl",
    "Khươl",
    "Kmăl",
    "Krêl",
    "Nuôl",
    "Păh",
    "Păl",
    "Pưh",
    "Sơmei",
    "Tôr",
    "Tẻh",
    "Êê",
    "Đakrông",
    "Đal",
}
"""Not spelt as Vietnamese: each mark must follow its letter."""


def communes() -> set[str]:
    found = find_spec("vietnamadminunits")
    assert found
    assert found.origin
    data = json.loads((Path(found.origin).parent / "data" / "parser_from_2025.json").read_text())
    names = {one["province"] for one in data["DICT_PROVINCE"].values()}
    rows = [
        one
        for key in ("", "NO_")
        for place in data[f"DICT_PROVINCE_WARD_{key}ACCENTED"].values()
        for one in place.values()
    ]
    assert len(rows) == 3321
    return names | {one["ward"] for one in rows}


def translations() -> Iterator[str]:
    for file in ROOT.glob("**/locale/vi/LC_MESSAGES/*.po"):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="vi"):
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                yield from (PLACEHOLDER.sub(" ", str(text)) for text in texts)


def words() -> list[str]:
    found = {word for name in communes() for word in WORD.findall(name)}
    # Words without any mark may be English there.
    found |= {word for text in translations() for word in WORD.findall(text) if not word.isascii()}
    return sorted(unicodedata.normalize("NFC", word) for word in found)


WORDS = words()


def taken_apart(letter: str) -> tuple[str, str, str]:
    """A letter's base, the name of its shape, and the name of its tone."""
    if letter in "đĐ":
        return {"đ": "d", "Đ": "D"}[letter], "STROKE", ""
    apart = unicodedata.normalize("NFD", letter)
    base, marks = apart[0], apart[1:]
    names = [unicodedata.name(mark).removeprefix("COMBINING ") for mark in marks]
    shape = next((name for name in names if name in ("CIRCUMFLEX ACCENT", "BREVE", "HORN")), "")
    tone = next((name for name in names if name in TELEX), "")
    return base, shape, tone


def shape_key(base: str, shape: str, method: Method) -> str:
    if not shape:
        return ""
    if method is Method.VNI:
        return {"CIRCUMFLEX ACCENT": "6", "HORN": "7", "BREVE": "8", "STROKE": "9"}[shape]
    return base.lower() if shape in ("CIRCUMFLEX ACCENT", "STROKE") else "w"


def ways(word: str, method: Method) -> dict[str, list[str]]:
    """The usual orders in which people press the keys of `word`."""
    parts = [taken_apart(letter) for letter in word]
    tones = TELEX if method is Method.TELEX else VNI
    tone = [tones[mark] for _, _, mark in parts if mark]
    at_once = [key for base, shape, _ in parts for key in (base, shape_key(base, shape, method)) if key]
    with_letter = [
        key for base, shape, mark in parts for key in (base, shape_key(base, shape, method), tones.get(mark, "")) if key
    ]
    late = [shape_key(base, shape, method) for base, shape, _ in parts]
    once = list(dict.fromkeys(key for key in late if key))
    return {
        "tone at the end": at_once + tone,
        "tone with its letter": with_letter,
        "all marks at the end": [base for base, _, _ in parts] + once + tone,
        "tone before the shapes": [base for base, _, _ in parts] + tone + once,
    }


def typed(keys: Iterable[str], method: Method) -> str:
    text = ""
    for key in keys:
        text = press(text, key, method)
    return text


@pytest.mark.parametrize("method", [Method.TELEX, Method.VNI])
def test_every_word_comes_out_as_it_is_written(method: Method) -> None:
    assert len(WORDS) > 1500
    wrong = []
    for word in WORDS:
        if word in APART or (method is Method.TELEX and word in BY_HAND.keys() | BEYOND):
            continue
        for way, keys in ways(word, method).items():
            if way != "tone with its letter" and word in HIGHLAND:
                continue
            if (found := typed(keys, method)) != word:
                wrong.append((word, way, "".join(keys), found))
    assert wrong == []


def test_letters_that_are_also_marks_are_typed_twice() -> None:
    assert {word: typed(keys, Method.TELEX) for word, keys in BY_HAND.items()} == {word: word for word in BY_HAND}


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ass", "as"),
        ("as", "á"),
        ("aaa", "aa"),
        ("aww", "aw"),
        ("ddd", "dd"),
        ("assa", "asa"),
        ("xooong", "xoong"),
        ("nguyenex", "nguyễn"),
        ("Nguyeenx Thij Huwowng", "Nguyễn Thị Hương"),
        ("NGUYEENX", "NGUYỄN"),
        ("hoaf", "hòa"),
        ("hofa", "hòa"),
        ("hofan", "hoàn"),
        ("thuys", "thúy"),
        ("khoer", "khỏe"),
        ("quys", "quý"),
        ("quocos", "quốc"),
        ("quowr", "quở"),
        ("gif", "gì"),
        ("gifa", "già"),
        ("gieengs", "giếng"),
        ("khuyur", "khuỷu"),
        ("thuowr", "thuở"),
        ("thuowng", "thương"),
        ("thuwong", "thương"),
        ("ngoawnf ngoeof", "ngoằn ngoèo"),
        ("hoas", "hóa"),
        ("hoasz", "hoa"),
        ("toansf", "toàn"),
        ("QDD", "QĐ"),
        ("NDD-CP", "NĐ-CP"),
        ("DDc", "Đc"),
        ("Alex", "Alex"),
        ("Windows", "Windows"),
        ("add", "add"),
        ("catf", "catf"),
        ("H'Hen Niee", "H'Hen Niê"),
        ("12 awnr", "12 ẳn"),
        ("www", "www"),
        ("zalo", "zalo"),
        ("ddakroong", "đakrông"),
    ],
)
def test_telex(keys: str, text: str) -> None:
    assert typed(keys, Method.TELEX) == text


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Nguye6n4 Thi5 Hu7o7ng", "Nguyễn Thị Hương"),
        ("nguyen64", "nguyễn"),
        ("d9uong72", "đường"),
        ("D9UONG72", "ĐƯỜNG"),
        ("a11", "a1"),
        ("toi66", "toi6"),
        ("thuo73", "thuở"),
        ("ho2a", "hòa"),
        ("hoan20", "hoan"),
        ("12 Tra62n Phu1", "12 Trần Phú"),
        ("QL1", "QL1"),
        ("xa4 3", "xã 3"),
        ("QD9", "QĐ"),
        ("La E6e6", "La Êê"),
    ],
)
def test_vni(keys: str, text: str) -> None:
    assert typed(keys, Method.VNI) == text


def test_plain_composes_nothing() -> None:
    assert typed("Tuaasn1@dd.vn", Method.PLAIN) == "Tuaasn1@dd.vn"


def test_erasing_takes_a_letter_with_its_marks_and_the_tone_moves_back() -> None:
    text, seen = "Thị hoàn", []
    while text:
        text = erase(text)
        seen.append(text)
    assert seen == ["Thị hòa", "Thị hò", "Thị h", "Thị ", "Thị", "Th", "T", ""]
    assert erase("") == ""
    assert erase("x\u0323\u0302") == ""


KEY = st.one_of(st.characters(), st.sampled_from("aăâbcdđeêghijknoôơpqrstuưvxywfz AEOWDS0123456789\u0301\u0323"))


@given(st.lists(st.one_of(KEY, st.none()), max_size=30), st.sampled_from(Method))
def test_keys_never_fail_and_the_text_stays_composed(keys: list[str | None], method: Method) -> None:
    text = ""
    for key in keys:
        text = erase(text) if key is None else press(text, key, method)
        assert unicodedata.is_normalized("NFC", text)


@given(st.text(max_size=20), KEY, st.sampled_from(Method))
def test_only_the_last_word_is_touched(text: str, key: str, method: Method) -> None:
    before = unicodedata.normalize("NFC", text) + " "
    assert press(before, key, method).startswith(before[:-1])


@given(st.lists(KEY, max_size=12), st.sampled_from([Method.TELEX, Method.VNI]))
def test_erasing_reaches_the_empty_text(keys: list[str], method: Method) -> None:
    text = typed(keys, method)
    for _ in range(3 * len(keys) + 3):
        text = erase(text)
    assert text == ""


@given(st.sampled_from(WORDS), st.sampled_from([Method.TELEX, Method.VNI]), st.sampled_from(Mark))
def test_a_mark_key_sets_the_same_mark_by_either_method(word: str, method: Method, mark: Mark) -> None:
    pressed = mark_key(word, mark, method)
    if pressed is not None:
        digit = mark_key(word, mark, Method.VNI)
        assert digit is not None
        assert press(word, pressed, method) == press(word, digit, Method.VNI)
        assert len(press(word, pressed, method)) == len(word)


def test_whoever_knows_neither_method_sets_marks_by_their_own_keys() -> None:
    text = ""
    for step in (
        "n",
        "g",
        "u",
        "y",
        "e",
        "n",
        Mark.HAT,
        Mark.TILDE,
        " ",
        "d",
        "u",
        "c",
        Mark.STROKE,
        Mark.HORN,
        Mark.ACUTE,
    ):
        key = mark_key(text, step, Method.TELEX) if isinstance(step, Mark) else step
        assert key is not None, (text, step)
        text = press(text, key, Method.TELEX)
    assert text == "nguyễn đứ" + "c"
    assert mark_key("hoa", Mark.HORN, Method.TELEX) is None
    assert mark_key("", Mark.ACUTE, Method.TELEX) is None
    assert mark_key("á", Mark.ACUTE, Method.TELEX) is None
    assert mark_key("a", Mark.ACUTE, Method.PLAIN) is None
