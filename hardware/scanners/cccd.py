"""What the QR code of a citizen's card says, taken apart, or refused with words that help the citizen.

The code is `id|old id|name|ddMMyyyy|Nam or Nữ|address|ddMMyyyy of issue`; newer cards add fields at the end. It is
unsigned: good for filling in a form, never a proof of who somebody is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from hardware.scanners.provinces import is_place_of_birth
from hardware.scanners.refusal import Problem, Refusal

FIELDS = 7
LONGEST = 2000
"""Characters; a QR code can hold more, a card's does not."""
LONGEST_ADDRESS = 400
EARLIEST_BIRTH = date(1900, 1, 1)
EARLIEST_ISSUE = date(2016, 1, 1)
"""When citizen cards with twelve digits began by law."""


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


@dataclass(frozen=True, slots=True)
class Card:
    """What the card says; nothing of it is shown by accident. `old_id`: nine or twelve digits; `birth_date`: None where
    only the year is known; `rest`: the fields of newer cards as they are."""

    id: str = field(repr=False)
    old_id: str | None = field(repr=False)
    name: str = field(repr=False)
    birth_year: int = field(repr=False)
    birth_date: date | None = field(repr=False)
    sex: Sex = field(repr=False)
    address: str = field(repr=False)
    issued: date = field(repr=False)
    rest: tuple[str, ...] = field(repr=False, default=())


def parse(text: str, today: date | None = None) -> Card | Refusal:
    """The card whose code is `text`, or why it is none; never raises. `today`: dates after it are refused; None where
    the clock cannot be trusted."""
    text = unicodedata.normalize("NFC", text.strip("\ufeff\0 \t\r\n")) if len(text) <= LONGEST else ""
    if not text:
        return Refusal(Problem.NOT_A_CARD)
    fields = [" ".join(each.split()) for each in text.split("|")]
    if (problem := _other(text, fields)) is not None:
        return Refusal(problem)
    # A day more, for clocks that go a little wrong.
    found = _card(fields, today + timedelta(days=1) if today and today < date.max else date.max)
    return found if isinstance(found, Card) else Refusal(found)


def _other(text: str, fields: list[str]) -> Problem | None:
    """What this is if it is not the code of a card; None if it may be one."""
    if len(fields) >= FIELDS and re.fullmatch(r"[0-9]{12}", fields[0]):
        return None
    if re.match(r"https?://", text, re.IGNORECASE):
        return Problem.TICKET if re.match(r"https?://[^/\s]+/t/[\w-]+", text, re.IGNORECASE) else Problem.LINK
    if re.fullmatch(r"[A-Z]{2}[0-9]{13}|[0-9]{10}", fields[0]) and len(fields) > FIELDS:
        return Problem.HEALTH_CARD
    if re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", text) and not _is_id(text):
        return Problem.BARCODE
    if len(fields) >= FIELDS and re.fullmatch(r"[0-9]{1,11}|[0-9]{13,}|[0-9]*[^0-9|]+[0-9]*", fields[0]):
        return Problem.WRONG_ID if re.match(r"[0-9]", fields[0]) else Problem.NOT_A_CARD
    if _is_id(fields[0]) or (len(fields) > 1 and any(each.casefold() in SEXES for each in fields)):
        return Problem.CUT_OFF
    return Problem.NOT_A_CARD


def _card(fields: list[str], latest: date) -> Card | Problem:
    number, old_id, name, born, sex_word, address, issued_on, *rest = fields
    if not _is_id(number):
        return Problem.WRONG_ID
    if old_id and not re.fullmatch(r"[0-9]{9}|[0-9]{12}", old_id):
        return Problem.WRONG_OLD_ID
    if any(sign in name + sex_word + address for sign in ("?", "\N{REPLACEMENT CHARACTER}")) or sex_word == "Nu":
        return Problem.LETTERS_LOST
    if not _is_name(name):
        return Problem.WRONG_NAME
    if len(address) > LONGEST_ADDRESS or any(map(_unseen, (address, *rest))):
        return Problem.WRONG_ADDRESS
    sex = SEXES.get(sex_word.casefold())
    if sex is None:
        return Problem.WRONG_SEX
    year, day = _birth(born)
    issue = _date(issued_on)
    if issue is None and not rest and re.fullmatch(r"[0-9]{0,7}", issued_on):
        return Problem.CUT_OFF
    if year is None or issue is None or not EARLIEST_ISSUE <= issue <= latest:
        return Problem.WRONG_DATE
    if not EARLIEST_BIRTH <= (day or date(year, 1, 1)) <= issue:
        return Problem.WRONG_DATE
    if year != _year_of(number) or sex is not _sex_of(number):
        return Problem.DISAGREES
    while rest and not rest[-1]:
        rest.pop()
    return Card(number, old_id or None, name, year, day, sex, address, issue, tuple(rest))


def _is_id(number: str) -> bool:
    """Twelve digits: place of birth (3), century and sex (1), year of birth (2), chance (6)."""
    return re.fullmatch(r"[0-9]{12}", number) is not None and is_place_of_birth(number[:3])


def _year_of(number: str) -> int:
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def _sex_of(number: str) -> Sex:
    return Sex.FEMALE if int(number[3]) % 2 else Sex.MALE


def _is_name(name: str) -> bool:
    kinds = {unicodedata.category(letter)[0] for letter in name if letter not in " '’.,-"}
    return 2 <= len(name) <= 150 and bool(kinds) and kinds <= {"L", "M"}


def _unseen(text: str) -> bool:
    """Control signs, marks without a shape and halves of letters: of noise, or of somebody who means harm."""
    return any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in text)


def _birth(digits: str) -> tuple[int | None, date | None]:
    """Year and, where it is known, day of birth: of some old people only the year is (`1950`, `00001950`)."""
    if only := re.fullmatch(r"(?:0000)?([12][0-9]{3})", digits):
        return int(only[1]), None
    day = _date(digits)
    return (day.year if day else None), day


def _date(digits: str) -> date | None:
    if not re.fullmatch(r"[0-9]{8}", digits):
        return None
    try:
        return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
