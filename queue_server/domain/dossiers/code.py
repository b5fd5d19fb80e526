"""The dossier code in its official form: unit code, the day, the sequence of the day.

Both forms of the unit code are in use: that of the government's document exchange (`000.00.12.H62`) and the short one
of the provinces' systems (`H57.132`); what follows is the same: `000.00.12.H62-201105-0004`, `H57.132-260804-0583`.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .errors import CodesExhausted

LONG_UNIT = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}")
SHORT_UNIT = re.compile(r"[A-Z][0-9]{2}\.[0-9]{1,3}(\.[0-9]{1,3})?")
CODE = re.compile(rf"({LONG_UNIT.pattern}|{SHORT_UNIT.pattern})-([0-9]{{6}})-([0-9]{{4,6}})")
LAST_SEQUENCE = 999_999


def is_unit(text: str) -> bool:
    """Whether `text` is a unit code in one of the two forms."""
    return bool(LONG_UNIT.fullmatch(text) or SHORT_UNIT.fullmatch(text))


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The day whose sequence counts at `moment`: the hall's own, not UTC's."""
    return moment.astimezone(zone).date()


def dossier_code(unit: str, day: date, sequence: int) -> str:
    """Sequence 4 of 5 November 2020 is `…-201105-0004`; the sequence gets longer after 9999. Raises ValueError for a
    unit code in neither form, CodesExhausted after 999,999."""
    if not is_unit(unit):
        raise ValueError(f"“{unit}” is no unit code like 000.00.12.H62 or H57.132")
    if sequence > LAST_SEQUENCE:
        raise CodesExhausted
    return f"{unit}-{day:%y%m%d}-{sequence:04d}"


def tidy_code(typed: str) -> str | None:
    """What somebody typed or scanned, as a code: without blanks, in capitals; None where it is none."""
    tidy = re.sub(r"\s+", "", typed).upper()
    return tidy if CODE.fullmatch(tidy) else None
