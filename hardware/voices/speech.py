"""The words of a call: a ticket number and a counter become the sentence that the hall hears.

Digits are read one by one, as on the ticket, and counters as a number in words. In Vietnamese a final 5 is "lăm"
after a tens digit other than 0 ("không hai lăm", but "không không năm"), as people say it.
"""

from __future__ import annotations

import re

from hardware.voices.errors import SpeechError

LANGUAGES = ("vi", "en")
HIGHEST_COUNTER = 999

_NUMBER = re.compile(r"([A-ZĐ]{0,4})-?([0-9]{1,6})")

_VI_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# The names of the letters, spelt as they sound. J is "gi", spelt "di": espeak-ng swallows the vowel of a lone "gi".
_VI_LETTERS = {
    "A": "A", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép", "G": "giê", "H": "hát", "I": "i",
    "J": "di", "K": "ca", "L": "e lờ", "M": "em mờ", "N": "en nờ", "O": "o", "P": "pê", "Q": "quy", "R": "e rờ",
    "S": "ét xì", "T": "tê", "U": "u", "V": "vê", "W": "vê kép", "X": "ích xì", "Y": "i dài", "Z": "dét",
}  # fmt: skip

_EN_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def sentence(number: str, counter: int, language: str) -> str:
    """Say that `number` (such as "A-025") goes to `counter` (1 to 999), in "vi" or "en".

    Raises SpeechError for a number of another shape, a counter out of range or another language.
    """
    prefix, digits = _parts(number)
    if language == "vi":
        words = " ".join([*(_VI_LETTERS[letter] for letter in prefix), vietnamese_digits(digits)])
        return f"Mời số {words} đến quầy số {vietnamese_count(counter)}."
    if language == "en":
        # A comma after the letters: without it "A" is taken for the article and swallowed.
        letters = f"{' '.join(prefix)}, " if prefix else ""
        words = letters + " ".join(_EN_SMALL[int(digit)] for digit in digits)
        return f"Number {words}, please go to counter {english_count(counter)}."
    raise SpeechError(f"no sentences in language {language!r}")


def vietnamese_digits(digits: str) -> str:
    """Read digits one by one: "025" is "không hai lăm", "005" is "không không năm"."""
    words = [_VI_DIGITS[int(digit)] for digit in digits]
    if len(digits) > 1 and digits[-1] == "5" and digits[-2] != "0":
        words[-1] = "lăm"
    return " ".join(words)


def vietnamese_count(value: int) -> str:
    """Say 1 to 999 as a count: 15 is "mười lăm", 21 "hai mươi mốt", 104 "một trăm linh bốn"."""
    hundreds, tens, units = _places(value)
    words = [_VI_DIGITS[hundreds], "trăm"] if hundreds else []
    if tens == 0:
        if units and hundreds:
            words.append("linh")
        if units:
            words.append(_VI_DIGITS[units])
        return " ".join(words)
    words += ["mười"] if tens == 1 else [_VI_DIGITS[tens], "mươi"]
    if units:
        after_tens = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
        words.append(after_tens.get(units, _VI_DIGITS[units]))
    return " ".join(words)


def english_count(value: int) -> str:
    """Say 1 to 999 as a count: 21 is "twenty-one", 104 "one hundred and four"."""
    hundreds, tens, units = _places(value)
    rest = tens * 10 + units
    words = [f"{_EN_SMALL[hundreds]} hundred"] if hundreds else []
    if rest:
        small = rest < len(_EN_SMALL)
        words.append(_EN_SMALL[rest] if small else _EN_TENS[tens] + (f"-{_EN_SMALL[units]}" if units else ""))
    return " and ".join(words)


def _parts(number: str) -> tuple[str, str]:
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise SpeechError(f"not a ticket number: {number[:40]!r}")
    return match[1], match[2]


def _places(value: int) -> tuple[int, int, int]:
    if not 1 <= value <= HIGHEST_COUNTER:
        raise SpeechError(f"not a counter: {value}")
    return value // 100, value // 10 % 10, value % 10
