"""What stands in a page's address and cannot be is passed over, not stumbled over."""

from __future__ import annotations

from datetime import date

import pytest

from queue_server.console.appointments import day_asked


@pytest.mark.parametrize("text", ["", "x", "2026-13-01", "0001-01-01", "1849-12-31", "2201-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_has_is_none(text: str) -> None:
    assert day_asked(text) is None


def test_a_day_of_our_time_is_taken() -> None:
    assert day_asked("2026-11-23") == date(2026, 11, 23)
