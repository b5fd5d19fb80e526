"""How often the agent does what, in seconds: one place, so that a test can let hours of waiting pass quickly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """`poll_s`: the board is fetched at least this often, as a nudge may be lost; sooner than a server closes a
    connection that is not used, after 5 seconds. `back_off_s`: pauses while the server is away, the last one stays.
    `away_after_s`: a shorter silence is a hiccup, over which a key is simply sent again.

    `look_s`: a call stops blinking, and a number grows too old, at most this much too late. `refresh_s`: a device that
    lost its power shows its number again after this, where its driver does not see to that sooner. `broken_s`: one dead
    display must not slow the others on its line, so it is tried this often.

    `read_s`: how long one read of a keypad line waits; `answer_s`: how long an answer stands before the keypad shows
    its counter's number again; `lost_s`: between two tries to use a line that is lost.

    `tries_s`: no new try of a key begins later than this after the press; the last one ends some 5 seconds later.
    `pauses_s`: between two tries, the last one stays. `press_s`: later the server no longer carries it out, since the
    keypad has said by then that there is no connection. `doubt_s`: for how long a key without an answer is remembered;
    `truth_s`: so long does somebody need to see on the displays what became of it.

    `report_s`: reports are sent at least this often; `gather_s`: a cable that is pulled out changes several parts,
    which go in one report; `report_again_s`: pauses after a report that did not arrive. `watch_s`: between two looks at
    a device whose health alone is told. `fault_s`: after a turn that failed in a way nobody thought of.
    """

    poll_s: float = 4.0
    back_off_s: tuple[float, ...] = (0.3, 0.6, 1.0, 2.0)
    away_after_s: float = 3.0
    look_s: float = 1.0
    refresh_s: float = 15.0
    broken_s: float = 3.0
    read_s: float = 0.5
    answer_s: float = 4.0
    lost_s: float = 0.5
    tries_s: float = 10.0
    press_s: float = 15.0
    pauses_s: tuple[float, ...] = (0.2, 0.4, 0.8, 1.5)
    doubt_s: float = 120.0
    truth_s: float = 2.0
    report_s: float = 60.0
    gather_s: float = 0.2
    report_again_s: tuple[float, ...] = (1.0, 2.0, 5.0, 15.0)
    watch_s: float = 10.0
    fault_s: float = 5.0


def step(pauses: tuple[float, ...], failures: int) -> float:
    """The pause after the `failures`-th failure in a row, counted from 1."""
    return pauses[min(failures, len(pauses)) - 1]
