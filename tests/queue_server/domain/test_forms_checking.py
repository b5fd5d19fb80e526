"""Each wrong answer gets the complaint that says what is wrong with it, at the right question; right ones get none."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.complaints import complaint_text
from queue_server.domain.forms import MESSAGES, Complaint, ComplaintCode, check, check_answer, kept, tidy
from queue_server.domain.forms.rules import years_after

from .small_form import ANSWERS, FORM

TODAY = date(2026, 11, 20)
LONG = "Ông " + "Nguyễn " * 8


def wrong(**changed: object) -> list[tuple[str, str, str]]:
    answers = {field: value for field, value in {**ANSWERS, **changed}.items() if value is not None}
    return [(each.field, each.code.value, each.limit) for each in check(FORM, answers, TODAY)]  # type: ignore[arg-type]


def test_nothing_is_wrong_with_right_answers() -> None:
    assert wrong() == []


@pytest.mark.parametrize(
    "name",
    [
        "Y",
        "Ê",
        "Đ",
        "H'Hen Niê",
        "Y-Thuyên Ê-ban",
        "O’Brien",
        "Nguyễn Ngọc Trường Sơn",
        ("Công Tằng Tôn Nữ " * 4)[:60].strip(),
        "N" * 60,
        unicodedata.normalize("NFD", "Nguyễn " * 8 + "Thị"),
        "  Nguyễn   Văn\tAn ",
        "សុខ សំណាង",
    ],
)
def test_a_name_that_somebody_has(name: str) -> None:
    assert wrong(name=name) == []


@pytest.mark.parametrize(
    ("field", "value", "code", "limit"),
    [
        ("name", None, "missing", ""),
        ("name", "   ", "missing", ""),
        ("name", "N" * 61, "too-long", "60"),
        ("name", "Nguyễn Văn 2", "not-a-name", ""),
        ("name", "-An", "not-a-name", ""),
        ("name", "An-", "not-a-name", ""),
        ("name", "An; DROP", "not-a-name", ""),
        ("name", 5, "not-a-name", ""),
        ("born", "1990-02-30", "not-a-date", ""),
        ("born", "28/02/1990", "not-a-date", ""),
        ("born", "19900228", "not-a-date", ""),
        ("born", "1870-01-01", "too-long-ago", "150"),
        ("born", "2026-11-21", "in-future", ""),
        ("ident", "00119001234", "not-a-citizen-id", ""),
        ("ident", "000190012345", "not-a-citizen-id", ""),
        ("ident", "001290012345", "not-a-citizen-id", ""),
        ("ident", "00119001234a", "not-a-citizen-id", ""),
        ("ident", "٠٠١١٩٠٠١٢٣٤٥", "not-a-citizen-id", ""),
        ("phone", "12345", "not-a-phone", ""),
        ("phone", "0123456789", "not-a-phone", ""),
        ("email", "ai-do", "not-an-email", ""),
        ("email", "a@b", "not-an-email", ""),
        ("home", "1", "not-a-place", ""),
        ("home", "Hà Nội", "not-a-place", ""),
        ("region", "001", "not-a-place", ""),
        ("colour", "pink", "not-an-option", ""),
        ("colour", ["red"], "not-an-option", ""),
        ("colours", ["red", "red"], "not-an-option", ""),
        ("colours", ["red", "pink"], "not-an-option", ""),
        ("colours", "red", "not-an-option", ""),
        ("colours", ["red", "green", "blue"], "too-large", "2"),
        ("married", "yes", "not-an-option", ""),
        ("children", "two", "not-a-number", ""),
        ("children", True, "not-a-number", ""),
        ("children", -1, "too-small", "0"),
        ("children", 21, "too-large", "20"),
        ("since", 2027, "in-future", ""),
        ("why", "a", "too-short", "2"),
        ("why", "a" * 21, "too-long", "20"),
        ("why", "a\u202e", "too-short", "2"),
        ("home_street", "a" * 201, "too-long", "200"),
        ("story", "a" * 2001, "too-long", "2000"),
        ("signature", None, "missing", ""),
        ("signature", "M10 10", "not-signed", ""),
        ("signature", "M10 10 L10 10", "not-signed", ""),
        ("signature", "M10 10 L2000 10", "not-signed", ""),
        ("signature", "M10 10 L20 500", "not-signed", ""),
        ("signature", '"/><script>', "not-signed", ""),
        ("signature", "M1 1 " + "L2 2 " * 20_000, "not-signed", ""),
        ("wedding", "2007-01-01", "too-young", "18"),
        ("wedding", "1980-01-01", "after-other", ""),
        ("spouse", "Nguyễn Thị  Hương", "same-as-other", ""),
        ("stranger", "x", "not-asked", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_question(field: str, value: object, code: str, limit: str) -> None:
    assert wrong(**{field: value}) == [(field, code, limit)]


def test_places_are_looked_up_only_where_they_are_known() -> None:
    answers = {**ANSWERS, "home": "99999"}
    assert check(FORM, answers, TODAY) == ()  # type: ignore[arg-type]
    assert [each.code for each in check(FORM, answers, TODAY, {"00004"})] == ["not-a-place"]  # type: ignore[arg-type]


def test_what_is_not_asked_is_neither_checked_nor_kept() -> None:
    answers = {**ANSWERS, "married": False, "spouse": "9", "wedding": "never"}
    assert check(FORM, answers, TODAY) == ()  # type: ignore[arg-type]
    assert kept(FORM, answers).keys() & {"spouse", "wedding"} == set()  # type: ignore[arg-type]


def test_answers_are_kept_tidy() -> None:
    answers = {**ANSWERS, "name": "  Le\u0302   Va\u0306n  An ", "phone": "091 234-5678", "story": " một \n\n hai  "}
    tidied = kept(FORM, answers)  # type: ignore[arg-type]
    assert (tidied["name"], tidied["phone"], tidied["story"]) == ("Lê Văn An", "0912345678", "một\n\nhai")


def test_answers_hold_nothing_that_cannot_be_seen() -> None:
    answers = {**ANSWERS, "name": "Lê \u202eVăn\u202c An\u200b", "story": "một\u00ad\u200b\n\ufeffhai"}
    seen = kept(FORM, answers)  # type: ignore[arg-type]
    assert (seen["name"], seen["story"]) == ("Lê Văn An", "một\nhai")
    name = FORM.question("name")
    assert name is not None
    assert check_answer(FORM, name, "\u200b\ufeff", ANSWERS, TODAY) == Complaint("name", ComplaintCode.MISSING)  # type: ignore[arg-type]


def test_a_rule_waits_for_both_its_answers() -> None:
    wedding = FORM.question("wedding")
    assert wedding is not None
    assert check_answer(FORM, wedding, "1980-01-01", {"married": True}, TODAY) is None
    found = check_answer(FORM, wedding, "1980-01-01", {"married": True, "born": "1990-02-28"}, TODAY)
    assert found == Complaint("wedding", ComplaintCode.AFTER_OTHER, "", FORM.question("born").short)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("born", "on", "of_age"), [("2008-02-29", "2026-02-28", False), ("2008-02-29", "2026-03-01", True)]
)
def test_who_is_born_on_a_leap_day_comes_of_age_the_day_after(born: str, on: str, of_age: bool) -> None:
    assert (years_after(date.fromisoformat(born), 18) <= date.fromisoformat(on)) is of_age


@given(
    st.sampled_from([q.field for q in FORM.questions]),
    st.one_of(st.text(), st.integers(), st.booleans(), st.lists(st.text())),
)
def test_no_answer_whatever_breaks_the_checking(field: str, value: str | int | bool | list[str]) -> None:
    for each in check(FORM, {**ANSWERS, field: value}, TODAY):  # type: ignore[dict-item]
        for language in ("vi", "en"):
            words = complaint_text(each, language)
            assert words
            assert "{" not in words


@given(st.text(max_size=80))
def test_tidying_twice_is_tidying_once(value: str) -> None:
    for each in FORM.questions:
        once = tidy(each, value)
        assert tidy(each, once) == once


def test_every_complaint_has_words_in_both_languages() -> None:
    assert set(MESSAGES) == set(ComplaintCode)
    for code in ComplaintCode:
        complaint = Complaint("name", code, "7", FORM.questions[0].short)
        assert complaint_text(complaint, "vi") != complaint_text(complaint, "en")
    assert complaint_text(Complaint("a", ComplaintCode.TOO_LONG, "60"), "vi").endswith("60 ký tự.")
