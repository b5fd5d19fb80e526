"""An expected wait in figures: never narrower than what is expected, and told in hours where minutes would be idle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.wait_span import SpanForm, wait_span


@pytest.mark.parametrize(
    ("low_min", "high_min", "told"),
    [
        (0, 0, ("under", "1", False)),
        (0, 5, ("under", "5", False)),
        (10, 25, ("between", "10–25", False)),
        (9.9, 24.1, ("between", "9–25", False)),
        (10, 10, ("about", "10", False)),
        (5, 40, ("between", "5–40", False)),
        (4, 40, ("under", "40", False)),
        (60, 119, ("between", "60–119", False)),
        (60, 120, ("between", "1–2", True)),
        (75, 150, ("between", "1–3", True)),
        (45, 130, ("between", "45–130", False)),
        (10, 130, ("under", "3", True)),
        (120, 120, ("about", "2", True)),
        (10, 5, ("about", "5", False)),
        (-3, -1, ("under", "1", False)),
    ],
)
def test_a_wait_is_told_in_a_form_that_says_something(
    low_min: float, high_min: float, told: tuple[str, str, bool]
) -> None:
    assert wait_span(low_min * 60, high_min * 60) == told


@given(st.integers(0, 14_400), st.integers(0, 14_400))
def test_what_is_told_holds_what_is_expected(low_s: int, more_s: int) -> None:
    high_s = low_s + more_s
    form, figures, in_hours = wait_span(low_s, high_s)
    ends = [int(each) * (3600 if in_hours else 60) for each in figures.split("–")]
    assert ends[-1] >= high_s
    assert len(ends) == (2 if form is SpanForm.BETWEEN else 1)
    assert form is SpanForm.UNDER or 0 < ends[0] <= low_s
