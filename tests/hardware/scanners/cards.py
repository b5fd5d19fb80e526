"""Invented citizens' cards, as many as a test wants; no real person's."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from hardware.scanners.cccd import Card, Sex
from hardware.scanners.provinces import PROVINCES

TODAY = date(2026, 11, 22)
CARD = "001185012345|012345678|Nguyễn Thị Hương Giang|07091985|Nữ|Số 5 ngõ 12, Xã Đông Anh, Hà Nội|15042021"
NEW_CARD = "048204001234||Trần Văn Ẩn|29022004|Nam|Tổ 3, Phường Hòa Khánh, Đà Nẵng|01072024||Trần Văn Bính|Lê Thị Cúc||"
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"

words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=7).map(str.capitalize)
names = st.lists(words, min_size=2, max_size=5).map(" ".join)
addresses = st.lists(st.one_of(words, st.integers(1, 999).map(str)), min_size=1, max_size=9).map(", ".join)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    born = draw(st.dates(date(1906, 1, 1), date(2026, 1, 1)))
    known = draw(st.integers(0, 9)) > 0
    issued = draw(st.dates(max(date(2016, 1, 1), born + timedelta(days=1)), TODAY))
    sex = draw(st.sampled_from(Sex))
    digit = (born.year - 1900) // 100 * 2 + (sex is Sex.FEMALE)
    number = f"{draw(st.sampled_from(sorted(PROVINCES)))}{digit}{born.year % 100:02}{draw(st.integers(0, 999999)):06}"
    old = draw(st.one_of(st.none(), st.from_regex(r"\A[0-9]{9}\Z"), st.from_regex(r"\A[0-9]{12}\Z")))
    rest = (*draw(st.lists(st.one_of(names, st.just("")), max_size=4)), draw(names)) if draw(st.booleans()) else ()
    name, address = draw(names), draw(addresses)
    return Card(number, old, name, born.year, born if known else None, sex, address, issued, rest)


def encoded(card: Card) -> str:
    """What stands in the code of `card`."""
    born = f"{card.birth_date:%d%m%Y}" if card.birth_date else str(card.birth_year)
    sex = "Nữ" if card.sex is Sex.FEMALE else "Nam"
    return "|".join(
        [card.id, card.old_id or "", card.name, born, sex, card.address, f"{card.issued:%d%m%Y}", *card.rest]
    )
