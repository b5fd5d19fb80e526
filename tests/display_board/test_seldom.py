"""One warning a minute, and none is uncounted."""

from __future__ import annotations

from display_board.seldom import Seldom


def test_one_in_a_minute_goes_through_and_tells_how_many_did_not() -> None:
    at = [1000.0]
    seldom = Seldom(60.0, lambda: at[0])
    assert [seldom.now() for _ in range(4)] == [0, None, None, None]
    at[0] += 59.9
    assert seldom.now() is None
    at[0] += 0.1
    assert seldom.now() == 4
    at[0] += 60.0
    assert seldom.now() == 0
