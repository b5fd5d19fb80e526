"""A wait within its target, at risk of it, or over it."""

from __future__ import annotations

import pytest

from queue_server.domain.targets import Standing, standing


@pytest.mark.parametrize(
    ("waited_s", "expected"),
    [
        (0, Standing.WITHIN),
        (719, Standing.WITHIN),
        (720, Standing.AT_RISK),
        (900, Standing.AT_RISK),
        (901, Standing.OVER),
    ],
)
def test_a_wait_against_fifteen_minutes(waited_s: int, expected: Standing) -> None:
    assert standing(waited_s, 15 * 60) is expected
