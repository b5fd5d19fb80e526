"""The words of a call, against rules written down another way."""

from __future__ import annotations

import re

import pytest

from hardware.voices.errors import SpeechError
from hardware.voices.speech import english_count, sentence, vietnamese_count, vietnamese_digits

NAMES = dict(zip("0123456789", ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], strict=True))

# How a count is said, as corrections to "hai trăm không mươi năm", applied in this order.
VIETNAMESE_CORRECTIONS = (
    (r"^không trăm ", ""),
    (r"^không mươi ", ""),
    (r"không mươi không$", ""),
    (r"không mươi", "linh"),
    (r"một mươi", "mười"),
    (r"(mươi|mười) không$", r"\1"),
    (r"mươi một$", "mươi mốt"),
    (r"mươi bốn$", "mươi tư"),
    (r"(mươi|mười) năm$", r"\1 lăm"),
)


def spelled_out(value: int) -> str:
    hundreds, tens, units = f"{value:03}"
    words = f"{NAMES[hundreds]} trăm {NAMES[tens]} mươi {NAMES[units]}"
    for pattern, correction in VIETNAMESE_CORRECTIONS:
        words = re.sub(pattern, correction, words)
    return words.strip()


def english_value(words: str) -> int:
    """Read an English count back: a parser that knows nothing of how it was made."""
    small = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
    ]
    small += ["seventeen", "eighteen", "nineteen"]
    tens = {
        name: 10 * (index + 2)
        for index, name in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
    }
    total = 0
    for word in words.replace("-", " ").replace(" and ", " ").split():
        if word == "hundred":
            total *= 100
        else:
            total += tens[word] if word in tens else small.index(word)
    return total


def test_the_call_of_the_domain_example() -> None:
    assert sentence("A-025", 3, "vi") == "Mời số A không hai lăm đến quầy số ba."
    assert sentence("A-025", 3, "en") == "Number A, zero two five, please go to counter three."


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("025", "không hai lăm"),
        ("005", "không không năm"),
        ("015", "không một lăm"),
        ("055", "không năm lăm"),
        ("555", "năm năm lăm"),
        ("105", "một không năm"),
        ("5", "năm"),
        ("1001", "một không không một"),
        ("021", "không hai một"),
        ("024", "không hai bốn"),
    ],
)
def test_digits_are_read_one_by_one(digits: str, words: str) -> None:
    assert vietnamese_digits(digits) == words


def test_every_three_digit_number_is_read_by_the_same_rule() -> None:
    for value in range(1000):
        digits = f"{value:03}"
        expected = [NAMES[digit] for digit in digits]
        if digits[2] == "5" and digits[1] in "123456789":
            expected[2] = "lăm"
        assert vietnamese_digits(digits).split() == expected


def test_every_counter_in_vietnamese_agrees_with_the_corrections() -> None:
    assert {value: vietnamese_count(value) for value in range(1, 1000)} == {n: spelled_out(n) for n in range(1, 1000)}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (20, "hai mươi"), (21, "hai mươi mốt"),
        (24, "hai mươi tư"), (55, "năm mươi lăm"), (100, "một trăm"), (101, "một trăm linh một"),
        (104, "một trăm linh bốn"), (105, "một trăm linh năm"), (110, "một trăm mười"), (115, "một trăm mười lăm"),
        (999, "chín trăm chín mươi chín"),
    ],
)  # fmt: skip
def test_counters_in_vietnamese_that_people_stumble_over(value: int, words: str) -> None:
    assert vietnamese_count(value) == words


def test_every_counter_in_english_reads_back() -> None:
    for value in range(1, 1000):
        assert english_value(english_count(value)) == value
    assert english_count(21) == "twenty-one"
    assert english_count(104) == "one hundred and four"


def test_prefixes_are_said_by_the_names_of_their_letters() -> None:
    assert sentence("HT-015", 12, "vi") == "Mời số hát tê không một lăm đến quầy số mười hai."
    assert sentence("1001", 1, "vi") == "Mời số một không không một đến quầy số một."
    assert sentence("1001", 1, "en") == "Number one zero zero one, please go to counter one."
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZĐ":
        assert "  " not in sentence(f"{letter}001", 1, "vi")


@pytest.mark.parametrize(
    "number", ["", "A", "-", "ABCDE-1", "A-1234567", "a-1", "A 1", "A-1\n", "A--1", "A-٣", "<b>1", "A-1; ls"]
)
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(SpeechError):
        sentence(number, 1, "vi")


@pytest.mark.parametrize(("counter", "language"), [(0, "vi"), (1000, "vi"), (-1, "en"), (1, "fr"), (1, "")])
def test_other_counters_and_languages_are_refused(counter: int, language: str) -> None:
    with pytest.raises(SpeechError):
        sentence("A-001", counter, language)
