"""Citizens' cards are read in both formats; everything else is refused with words that help."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scanners.cccd import Card, Sex, parse
from hardware.scanners.provinces import PROVINCES
from hardware.scanners.refusal import Problem, Refusal
from tests.hardware.scanners.cards import CARD, NEW_CARD, TODAY, cards, encoded

FIELDS = CARD.split("|")


def changed(at: int, value: str) -> str:
    return "|".join([*FIELDS[:at], value, *FIELDS[at + 1 :]])


def test_the_older_format() -> None:
    card = parse(CARD, TODAY)
    assert isinstance(card, Card)
    assert (card.id, card.old_id, card.name) == ("001185012345", "012345678", "Nguyễn Thị Hương Giang")
    assert (card.birth_date, card.birth_year, card.sex) == (date(1985, 9, 7), 1985, Sex.FEMALE)
    assert (card.address, card.issued, card.rest) == ("Số 5 ngõ 12, Xã Đông Anh, Hà Nội", date(2021, 4, 15), ())


def test_the_newer_format_with_fields_at_its_end() -> None:
    card = parse(NEW_CARD, TODAY)
    assert isinstance(card, Card)
    assert (card.old_id, card.sex, card.birth_date) == (None, Sex.MALE, date(2004, 2, 29))
    assert card.rest == ("", "Trần Văn Bính", "Lê Thị Cúc")


@given(cards())
def test_every_card_survives_the_round_trip(card: Card) -> None:
    assert parse(encoded(card), TODAY) == card


@given(cards(), st.sampled_from(["\r\n", "  ", "\t", "||", "\0", "|\r\n"]))
def test_endings_and_decomposed_letters_do_no_harm(card: Card, ending: str) -> None:
    import unicodedata

    assert parse("\ufeff" + unicodedata.normalize("NFD", encoded(card)) + ending, TODAY) == card


@given(st.text() | st.text(st.sampled_from("|0123456789NamNữ ?")) | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_text_is_too_strange(text: str) -> None:
    assert isinstance(parse(text), Card | Refusal)
    assert isinstance(parse(text, date.max), Card | Refusal)


@given(cards(), st.data())
def test_a_card_cut_anywhere_is_never_another_card(card: Card, data: st.DataObject) -> None:
    text = encoded(card)
    begin, end = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))
    read = parse(text[begin:end], TODAY)
    if isinstance(read, Card):
        # Only fields at the end, which older cards do not have, can be missing without being missed.
        assert (read.id, read.issued, read.name) == (card.id, card.issued, card.name)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.NOT_A_CARD),
        ("hello", Problem.NOT_A_CARD),
        ("x" * 5000, Problem.NOT_A_CARD),
        ("https://motcua.hanoi.example/t/AbC-9_", Problem.TICKET),
        ("HTTP://10.0.0.5:8000/t/AbC", Problem.TICKET),
        ("https://vneid.gov.vn/app", Problem.LINK),
        ("8934563138165", Problem.BARCODE),
        ("12345678", Problem.BARCODE),
        ("HC4010123456789|4e677579|07/09/1985|2|48c3a0|01-001|01/01/2024|-|01/01/2024|-|-|4|x|$", Problem.HEALTH_CARD),
        ("001185012345", Problem.CUT_OFF),
        (CARD[:60], Problem.CUT_OFF),
        (CARD[:-3], Problem.CUT_OFF),
        (CARD[40:], Problem.CUT_OFF),
        (changed(0, "00118501234"), Problem.WRONG_ID),
        (changed(0, "003185012345"), Problem.WRONG_ID),
        (changed(0, "000185012345"), Problem.WRONG_ID),
        (changed(1, "12345"), Problem.WRONG_OLD_ID),
        (changed(2, ""), Problem.WRONG_NAME),
        (changed(2, "Nguyễn 7"), Problem.WRONG_NAME),
        (changed(2, "Nguy?n Th? H??ng"), Problem.LETTERS_LOST),
        (changed(4, "Nu"), Problem.LETTERS_LOST),
        (changed(4, "X"), Problem.WRONG_SEX),
        (changed(3, "31021985"), Problem.WRONG_DATE),
        (changed(3, "1985"), None),
        (changed(3, "00001985"), None),
        (changed(6, "15041999"), Problem.WRONG_DATE),
        (changed(6, "15042031"), Problem.WRONG_DATE),
        (changed(3, "07091986"), Problem.DISAGREES),
        (changed(4, "Nam"), Problem.DISAGREES),
        (changed(0, "001385012345"), Problem.DISAGREES),
    ],
)
def test_what_is_told_of_other_codes(text: str, problem: Problem | None) -> None:
    read = parse(text, TODAY)
    assert (read.problem if isinstance(read, Refusal) else None) == problem


def test_a_clock_that_stands_still_refuses_nobody() -> None:
    assert isinstance(parse(CARD, None), Card)


def test_nothing_personal_is_shown() -> None:
    card = parse(NEW_CARD, TODAY)
    assert repr(card) == "Card()"
    assert all(field not in f"{card}" for field in NEW_CARD.split("|") if field)


@pytest.mark.parametrize("problem", Problem)
def test_every_refusal_has_words_for_the_citizen(problem: Problem) -> None:
    vietnamese, english = Refusal(problem).words(), Refusal(problem).words("en")
    assert vietnamese.what
    assert vietnamese.do
    assert vietnamese.what != english.what
    assert vietnamese.do != english.do


def test_the_table_has_the_provinces_that_the_numbers_were_given_for() -> None:
    assert len(PROVINCES) == 63


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\x7f", "\u202e", "\u200b", "\ud800"])
def test_no_sign_without_a_shape_is_part_of_an_address(sign: str) -> None:
    for text in (changed(5, f"Số 5{sign} ngõ 12"), f"{CARD}||Trần{sign} Văn Bính"):
        assert parse(text, TODAY) == Refusal(Problem.WRONG_ADDRESS)
