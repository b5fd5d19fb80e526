"""The formats that a Vietnamese form needs and JSON Schema lacks: names, identity and telephone numbers, places.

Each says of a text whether it has the form; that a place exists or a person is the one named is not theirs to know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from .complaint import ComplaintCode

SIGNATURE_BOX = (1000, 400)
"""A signature's width and height, in the units of its path."""
SIGNED_AT_COUNTER = "at-counter"
"""In place of a signature: of whoever cannot draw on the kiosk's screen, and signs the printed declaration."""
MOST_SIGNATURE = 60_000
"""Characters of a signature's path: minutes of scribbling."""
_NAME_SIGNS = frozenset("'’-")
_CITIZEN_ID = re.compile(r"[0-9]{12}")
_PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PROVINCE = re.compile(r"[0-9]{2}")
_COMMUNE = re.compile(r"[0-9]{5}")
_NUMBER = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_SIGNATURE = re.compile(rf"(?:[MLQC] ?{_NUMBER}(?:[ ,]{_NUMBER})*[ ,]?|Z ?)+")


def is_person_name(text: str) -> bool:
    """Letters of any script with their marks, words apart by single spaces; `'` and `-` stand inside a name only."""
    previous = " "
    for character in text:
        kind = unicodedata.category(character)[0]
        before = unicodedata.category(previous)[0]
        if kind == "M" and before in "LM":
            pass  # a mark belongs to the letter before it
        elif kind == "L":
            pass
        elif character == " " or character in _NAME_SIGNS:
            if before not in "LM" and not (character == " " and previous in _NAME_SIGNS and previous != "-"):
                return False
        else:
            return False
        previous = character
    return bool(text) and unicodedata.category(previous)[0] in "LM"


def is_citizen_id(text: str) -> bool:
    """Twelve digits, the first three a place: 3 place of registration, 1 century and sex, 2 year of birth, 6 random."""
    return bool(_CITIZEN_ID.fullmatch(text)) and text[:3] != "000"


def birth_year(citizen_id: str) -> int:
    """The year of birth that an identity number states."""
    return 1900 + 100 * (int(citizen_id[3]) // 2) + int(citizen_id[4:6])


def is_phone(text: str) -> bool:
    """A mobile number of ten digits, or a fixed line of eleven that begins with 02."""
    return bool(_PHONE.fullmatch(text))


def is_email(text: str) -> bool:
    return len(text) <= 254 and bool(_EMAIL.fullmatch(text))


def is_date(text: str) -> bool:
    """`YYYY-MM-DD`, a day that exists."""
    return day_of(text) is not None


def day_of(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_province(text: str) -> bool:
    return bool(_PROVINCE.fullmatch(text))


def is_commune(text: str) -> bool:
    return bool(_COMMUNE.fullmatch(text))


def is_signature(text: str) -> bool:
    """SVG path data (M, L, Q, C, Z with absolute coordinates) that stays in its box and draws more than a dot; or that
    it is signed at the counter."""
    if text == SIGNED_AT_COUNTER:
        return True
    if len(text) > MOST_SIGNATURE or not text.startswith("M") or not _SIGNATURE.fullmatch(text):
        return False
    numbers = [float(number) for number in re.findall(_NUMBER, text)]
    across, down = numbers[::2], numbers[1::2]
    width, height = SIGNATURE_BOX
    inside = all(x <= width for x in across) and all(y <= height for y in down)
    return len(across) == len(down) and inside and len(set(zip(across, down, strict=True))) > 1


FORMATS: dict[str, tuple[Callable[[str], bool], ComplaintCode]] = {
    "person-name": (is_person_name, ComplaintCode.NOT_A_NAME),
    "citizen-id": (is_citizen_id, ComplaintCode.NOT_A_CITIZEN_ID),
    "vn-phone": (is_phone, ComplaintCode.NOT_A_PHONE),
    "email": (is_email, ComplaintCode.NOT_AN_EMAIL),
    "date": (is_date, ComplaintCode.NOT_A_DATE),
    "province": (is_province, ComplaintCode.NOT_A_PLACE),
    "commune": (is_commune, ComplaintCode.NOT_A_PLACE),
    "signature": (is_signature, ComplaintCode.NOT_SIGNED),
}
"""By the name under which a schema asks for it: the test, and what is said where it fails."""
