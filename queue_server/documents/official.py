"""The forms 01 to 07 of Circular 03/2025/TT-VPCP."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

from . import typesetting
from .facts import FormFacts, OfficialNumber
from .qr import qr_picture
from .typesetting import LAYOUTS, SCREEN_PPI


def official_form(number: OfficialNumber | str, facts: FormFacts) -> bytes:
    """The form as PDF/A-2b: A5, the register (07) A4 across. `number`: "01" to "07", `ValueError` otherwise."""
    chosen = OfficialNumber(number)
    return typesetting.pdf(_source(chosen), _data(chosen, facts), facts.made_at, name=_name(chosen))


def official_pages(number: OfficialNumber | str, facts: FormFacts, ppi: int = SCREEN_PPI) -> tuple[bytes, ...]:
    """The same as one PNG a page."""
    chosen = OfficialNumber(number)
    return typesetting.pictures(_source(chosen), _data(chosen, facts), name=_name(chosen), ppi=ppi)


def _name(number: OfficialNumber) -> str:
    return f"{number}-{number.name.lower()}.typ"


def _source(number: OfficialNumber) -> bytes:
    return (LAYOUTS / _name(number)).read_bytes()


def _data(number: OfficialNumber, facts: FormFacts) -> dict[str, Any]:
    told = {key: _plain(value) for key, value in _fields(facts).items()}
    fee = "" if facts.fee is None else "không thu" if facts.fee == 0 else f"{facts.fee:,} đồng".replace(",", ".")
    return {**told, "number": str(number), "fee_words": fee, "qr_picture": qr_picture(facts.qr)}


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _plain(value: Any) -> Any:
    """Times in parts, so that each layout says them in its own words; values of values likewise."""
    if isinstance(value, datetime):
        parts = {"hour": f"{value:%H}", "minute": f"{value:%M}"}
        return {**parts, **_day(value.date()), "short": f"{value:%H:%M %d/%m/%Y}"}
    if isinstance(value, date):
        return {**_day(value), "short": f"{value:%d/%m/%Y}"}
    if dataclasses.is_dataclass(value):
        return {key: _plain(each) for key, each in _fields(value).items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _day(value: date) -> dict[str, str]:
    return {"day": f"{value:%d}", "month": f"{value:%m}", "year": f"{value.year:04d}"}
