"""What the server does by itself: yesterday ends, and what need not be kept is forgotten."""

from __future__ import annotations

from datetime import timedelta

from queue_server.service import day_end
from tests.queue_server.house import House


def tidy(house: House) -> int:
    now, hall = house.now, house.hall
    closed = house.db.submit(lambda tx: day_end.close_past_days(tx, hall, now)).result()
    house.db.submit(lambda tx: day_end.forget(tx, now)).result()
    return closed


def states(house: House) -> list[str]:
    return [row[0] for row in house.rows("SELECT state FROM ticket ORDER BY id")]


def test_the_next_day_what_waits_is_cancelled_and_open_counters_are_closed(house: House) -> None:
    kiosk, two, three = house.token("kiosk"), house.clerk_at(2), house.clerk_at(3)
    tickets = [house.issue(kiosk)["id"] for _ in range(5)]
    house.served(two, 2)
    house.call_next(two, 2)
    house.act(two, tickets[1], "park")
    house.call_next(two, 2)
    house.call_next(three, 3)
    house.act(three, tickets[3], "start")
    assert tidy(house) == 0
    house.later(days=1)
    assert tidy(house) == 2
    assert states(house) == ["finished", "cancelled", "no-show", "finished", "cancelled"]
    assert house.rows("SELECT DISTINCT state FROM counter") == [("closed",)]
    ended = house.rows("SELECT DISTINCT actor, why FROM event WHERE actor = 'system'")
    assert ended == [("system", "day-ended")]
    assert tidy(house) == 0


def test_a_visit_that_was_not_over_ends_with_its_day(house: House) -> None:
    clerk = house.clerk_at(1)
    house.issue(house.token("kiosk"), "birth", then=["copy"])
    ident = house.call_next(clerk, 1)["id"]
    house.act(clerk, ident, "start")
    house.later(days=1)
    tidy(house)
    assert states(house) == ["cancelled"]


def test_a_hall_at_work_around_midnight_is_not_disturbed(house: House) -> None:
    house.now = house.now.replace(hour=16, minute=50)
    clerk = house.clerk_at(2)
    house.issue(house.token("kiosk"))
    house.call_next(clerk, 2)
    house.later(minutes=20)
    tidy(house)
    assert states(house) == ["called"]
    assert house.rows("SELECT state FROM counter") == [("open",)]


def test_a_new_day_begins_with_a_closed_counter_that_anybody_may_open(house: House) -> None:
    house.clerk_at(2, "lan")
    house.later(days=1)
    tidy(house)
    assert house.clerk_at(2, "minh")


def test_sessions_keys_and_failed_sign_ins_are_forgotten_in_time(house: House) -> None:
    house.session("lan", "clerk")
    house.issue(house.token("kiosk"))
    at = house.now.isoformat(timespec="microseconds")
    house.rows("INSERT INTO login_failure (name, address, at) VALUES ('x', 'y', ?)", at)

    def left() -> tuple[int, int, int]:
        return tuple(house.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in tables)  # type: ignore[return-value]

    tables = ("session", "login_failure", "idempotency")
    assert left() == (1, 1, 1)
    house.now += timedelta(hours=25)
    tidy(house)
    assert left() == (0, 0, 1)
    house.now += timedelta(days=7)
    tidy(house)
    assert left() == (0, 0, 0)
