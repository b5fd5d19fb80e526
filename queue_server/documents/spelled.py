"""Dates in Vietnamese words, as civil status forms ask for them beside the digits."""

from __future__ import annotations

from datetime import date

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def spelled_date(day: date) -> str:
    """“Ngày mười lăm tháng tư năm hai nghìn không trăm hai mươi lăm”."""
    month = "tư" if day.month == 4 else _below_hundred(day.month)
    return f"Ngày {_below_hundred(day.day)} tháng {month} năm {spelled_number(day.year)}"


def spelled_number(number: int) -> str:
    """0 to 9999; `ValueError` otherwise."""
    if not 0 <= number <= 9999:
        raise ValueError(number)
    thousands, rest = divmod(number, 1000)
    hundreds, below = divmod(rest, 100)
    words = []
    if thousands:
        words.append(f"{_DIGITS[thousands]} nghìn")
    if hundreds or (thousands and below):
        words.append(f"{_DIGITS[hundreds]} trăm")
    if below and below < 10 and words:
        words.append(f"linh {_DIGITS[below]}")
    elif below or not words:
        words.append(_below_hundred(below))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones == 0:
        return head
    if ones == 5:
        return f"{head} lăm"
    if ones == 1 and tens > 1:
        return f"{head} mốt"
    return f"{head} {_DIGITS[ones]}"
