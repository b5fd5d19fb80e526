"""What counts as waiting, as clerk, manager and log see it: not lunch, not an absence, but all after closing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from queue_server.domain.calendar import Holiday, Hours, Session
from tests.queue_server.house import House
from tests.queue_server.small_hall import COPY, DAY, SMALL_HALL, text

MORNING = Session(time(7, 30), time(11, 30))
AFTERNOON = Session(time(13, 30), time(17, 0))
OFFICE = Hours(week=((MORNING, AFTERNOON),) * 5 + ((), ()), issue_during_lunch=True)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """A time in Hà Nội; the 23rd of November 2026 is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SMALL_HALL.zone).astimezone(UTC)


def desk(house: House, clerk: str, counter: int = 2) -> dict[str, Any]:
    answer = house.get(f"/counters/{counter}", clerk)
    assert answer.status_code == 200, answer.text
    return answer.json()


def minutes_logged(house: House) -> list[float]:
    """The wait of each call, as the log has it and the day's figures use it."""
    rows = house.rows("SELECT data FROM event WHERE kind = 'called' ORDER BY id")
    return [json.loads(data)["waited_s"] / 60 for (data,) in rows]


@pytest.mark.parametrize(
    ("came", "called", "waited"),
    [
        (at(11, 20), at(13, 35), 15),
        (at(12, 0), at(13, 40), 10),
        (at(16, 50), at(17, 20), 30),
        (at(9, 0), at(9, 20), 20),
    ],
)
def test_lunch_is_no_wait_and_the_time_after_closing_is(
    house: House, came: datetime, called: datetime, waited: int
) -> None:
    house.hall, house.now = replace(SMALL_HALL, hours=OFFICE), came
    house.issue(house.token("kiosk"))
    house.now = called
    clerk = house.clerk_at(2)
    queue = next(each for each in desk(house, clerk)["queues"] if each["service"] == "copy")
    assert (queue["longest_s"], queue["over_target"]) == (waited * 60, int(waited > 15))
    house.call_next(clerk, 2)
    house.later(hours=1)
    assert desk(house, clerk)["ticket"]["waited_s"] == waited * 60
    assert minutes_logged(house) == [waited]
    manager = house.get("/hall", house.token("manager")).json()
    assert (manager["mean_wait_s"], manager["over_target_today"]) == (waited * 60, int(waited > 15))


def test_on_a_holiday_on_which_somebody_works_all_the_same_every_minute_counts(house: House) -> None:
    house.hall, house.now = replace(SMALL_HALL, hours=OFFICE), at(11, 20)
    house.issue(house.token("kiosk"))
    house.hall = replace(SMALL_HALL, hours=replace(OFFICE, holidays=(Holiday(DAY, DAY, text("Founding day")),)))
    house.now = at(12, 20)
    house.call_next(house.clerk_at(2), 2)
    assert minutes_logged(house) == [60]


@pytest.mark.parametrize("verb", ["park", "no-show"])
def test_an_absence_is_no_wait_even_through_lunch(house: House, verb: str) -> None:
    house.hall, house.now = replace(SMALL_HALL, hours=OFFICE), at(11, 0)
    ident, clerk = house.issue(house.token("kiosk"))["id"], house.clerk_at(2)
    house.now = at(11, 5)
    house.call_next(clerk, 2)
    house.later(minutes=2)
    house.act(clerk, ident, verb)
    house.now = at(13, 40)
    away = desk(house, clerk)
    assert [each["waited_s"] for each in (*away["parked"], *away["missed"])] == [5 * 60]
    assert house.act(clerk, ident, "resume")["queued_at"] == "2026-11-23T04:00:00Z"
    house.later(minutes=3)
    queue = next(each for each in desk(house, clerk)["queues"] if each["service"] == "copy")
    assert queue["longest_s"] == 8 * 60
    house.call_next(clerk, 2)
    assert minutes_logged(house) == [5, 8]
    house.act(clerk, ident, "park")
    house.later(minutes=30)
    house.act(clerk, ident, "resume", {"counter": 2})
    assert minutes_logged(house) == [5, 8, 8]


def test_who_was_parked_and_is_sent_elsewhere_waits_on_from_the_call(house: House) -> None:
    ident, clerk, other = house.issue(house.token("kiosk"))["id"], house.clerk_at(2), house.clerk_at(4)
    house.later(minutes=10)
    house.call_next(clerk, 2)
    house.act(clerk, ident, "park")
    house.later(minutes=45)
    house.act(clerk, ident, "transfer", {"service": "home"})
    house.later(minutes=4)
    assert house.call_next(other, 4)["id"] == ident
    assert minutes_logged(house) == [10, 14]


def test_who_is_sent_on_from_a_counter_has_not_waited_while_there(house: House) -> None:
    ident, clerk, other = house.issue(house.token("kiosk"))["id"], house.clerk_at(2), house.clerk_at(4)
    house.later(minutes=10)
    house.call_next(clerk, 2)
    house.act(clerk, ident, "start")
    house.later(minutes=20)
    house.act(clerk, ident, "transfer", {"service": "home"})
    house.later(minutes=4)
    house.call_next(other, 4)
    assert minutes_logged(house) == [10, 14]


def test_in_a_hall_that_never_closes_midnight_is_a_minute_like_any_other(house: House) -> None:
    house.now = at(23, 50)
    ident, clerk = house.issue(house.token("kiosk"))["id"], house.clerk_at(2)
    house.now = at(23, 58)
    house.call_next(clerk, 2)
    house.act(clerk, ident, "park")
    house.now = at(0, 10, day=24)
    house.act(clerk, ident, "resume", {"counter": 2})
    shown = desk(house, clerk)["ticket"]
    assert (shown["waited_s"], minutes_logged(house)) == (8 * 60, [8, 8])


def test_a_ticket_may_be_sent_to_a_counter_that_only_helps_out(house: House) -> None:
    one, *others = SMALL_HALL.counters
    house.hall = replace(SMALL_HALL, counters=(replace(one, backup=frozenset({COPY})), *others))
    ident, clerk = house.issue(house.token("kiosk"))["id"], house.clerk_at(2)
    house.call_next(clerk, 2)
    assert house.act(clerk, ident, "transfer", {"counter": 1})["state"] == "waiting"
    assert house.call_next(house.clerk_at(1), 1)["id"] == ident
