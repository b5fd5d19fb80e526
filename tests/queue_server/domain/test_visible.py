"""What nobody can see is no text, and nothing turns the order in which a text is read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.visible import visible

NOTHING = [
    *("", " ", "\t\n", "\u200b", "\u00ad", "\ufeff", "\u2060", "\x00\x07", "\u202e\u202c", "\u00a0\u3000"),
    *("\u3164", "\u2800", "\u115f\u1160", "\ufe0f", "\U000e0041", "\u0301", "\ue000", "\u200b \u200b\n\u2028"),
]


@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_what_cannot_be_seen_is_nothing(text: str) -> None:
    assert visible(text) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Thiếu\u200b giấy\u00ad chứng sinh", "Thiếu giấy chứng sinh"),
        ("Đã \u202enhận\u202c đủ", "Đã nhận đủ"),
        ("\u2066Nguyễn\u2069 Văn An\ufeff", "Nguyễn Văn An"),
        ("một \u200b hai", "một hai"),
        ("e\u200b\u0302", "ê"),
        ("Từ\u0335" + "\u0336" * 90 + " chối", "Từ\u0335\u0336\u0336\u0336 chối"),
        ("một\r\nhai\u2028ba\r", "một\nhai\nba"),
        ("  một\t\thai  \n\n ba ", "một hai\n\nba"),
        ("Ngõ 5, “số 3” – 10.000 ₫ 😀", "Ngõ 5, “số 3” – 10.000 ₫ 😀"),
    ],
    ids=ascii,
)
def test_what_can_be_seen_is_kept_in_its_order(written: str, read: str) -> None:
    assert visible(written) == read


@given(st.text())
def test_what_is_left_can_be_seen_and_stays_as_it_is(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cn", "Cs", "Co") for sign in once.replace("\n", ""))
    assert once == once.strip()
    assert "  " not in once
