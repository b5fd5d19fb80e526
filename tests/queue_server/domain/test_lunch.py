"""Lunch in turns: every service keeps somebody wherever that is possible at all, and what is not is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calendar import Break, Hours, Session, bridge
from queue_server.domain.hall import Counter, Hall, Lunch
from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.lunch import at_work, lunches, plan, uncovered
from tests.queue_server.small_hall import BIRTH, COPY, DAY, HOME, SMALL_HALL, counter

NOON = Lunch(Break(time(11, 30), time(13, 30)), 60)
FIRST, SECOND = NOON.turns
OPEN = (Session(time(7, 30), time(17)),)
CODES = [BIRTH, COPY, HOME]
H = 3600.0


def helper(ident: int, own: str, *backup: str) -> Counter:
    return replace(counter(ident, own), backup=frozenset(ServiceCode(code) for code in backup))


def open_at_noon(*counters: Counter, lunch: Lunch | None = NOON) -> Hall:
    hours = Hours(week=(OPEN,) * 5 + ((Session(time(7, 30), time(11)),), ()))
    return replace(SMALL_HALL, counters=counters or SMALL_HALL.counters, hours=hours, lunch=lunch)


def test_the_turns_fill_the_window_one_after_the_other() -> None:
    assert NOON.turns == (Break(time(11, 30), time(12, 30)), Break(time(12, 30), time(13, 30)))
    assert len(Lunch(NOON.window, 45).turns) == 2
    assert len(Lunch(NOON.window, 30).turns) == 4
    with pytest.raises(ValueError, match="150 minutes do not fit into 11:30-13:30"):
        Lunch(NOON.window, 150)


def test_every_service_keeps_a_counter() -> None:
    counters = [counter(1, BIRTH), counter(2, BIRTH, COPY), counter(3, COPY, HOME), counter(4, HOME)]
    found = plan(counters, CODES, NOON, OPEN)
    assert found.uncovered == {}
    assert set(found.breaks) == {1, 2, 3, 4}
    assert found.breaks[CounterId(1)] != found.breaks[CounterId(2)] != found.breaks[CounterId(3)]


def test_like_counters_are_spread_over_the_turns() -> None:
    counters = [counter(n, *("birth" if n % 2 else "copy",)) for n in range(1, 9)]
    found = plan(counters, CODES[:2], NOON, OPEN)
    for kind in (1, 0):
        first = [ident for ident, at in found.breaks.items() if at == FIRST and ident % 2 == kind]
        assert len(first) == 2


def test_no_more_are_away_at_once_than_must_be() -> None:
    skills = [(BIRTH,), (BIRTH, COPY), (COPY,), (HOME,), (COPY, HOME), (BIRTH, COPY, HOME)]
    found = plan([counter(n, *each) for n, each in enumerate(skills, 1)], CODES, NOON, OPEN)
    assert found.uncovered == {}
    assert sorted(found.breaks.values(), key=str) == [FIRST] * 3 + [SECOND] * 3


def test_a_backup_keeps_a_service_open() -> None:
    alone = [counter(1, BIRTH), counter(2, COPY)]
    assert set(plan(alone, CODES[:2], NOON, OPEN).uncovered) == {BIRTH, COPY}
    found = plan([helper(1, "birth", "copy"), helper(2, "copy", "birth")], CODES[:2], NOON, OPEN)
    assert found.uncovered == {}
    assert set(found.breaks.values()) == {FIRST, SECOND}


def test_a_counters_own_lunch_stands_and_the_others_go_round_it() -> None:
    own = Break(time(12), time(13))
    counters = [counter(1, BIRTH), replace(counter(2, BIRTH), lunch=own), counter(3, COPY), counter(4, COPY)]
    found = plan(counters, CODES[:2], Lunch(NOON.window, 30), OPEN)
    assert found.breaks[CounterId(2)] == own
    assert found.breaks[CounterId(1)] in (Break(time(11, 30), time(12)), Break(time(13), time(13, 30)))
    assert found.uncovered == {}


def test_a_service_that_must_be_left_alone_is_named_and_does_not_harm_the_others() -> None:
    counters = [counter(1, HOME), counter(2, BIRTH, COPY), counter(3, BIRTH), counter(4, COPY)]
    found = plan(counters, [HOME, BIRTH, COPY], NOON, OPEN)
    assert dict(found.uncovered) == {HOME: found.breaks[CounterId(1)]}


def test_with_one_turn_for_all_every_service_is_named() -> None:
    found = plan(SMALL_HALL.counters, CODES, Lunch(FIRST, 60), OPEN)
    assert set(found.breaks.values()) == {FIRST}
    assert dict(found.uncovered) == dict.fromkeys(CODES, FIRST)


def test_without_turns_only_own_lunches_are_planned() -> None:
    own = [replace(counter(1, BIRTH), lunch=FIRST), counter(2, BIRTH)]
    assert dict(plan(own, [BIRTH], None, OPEN).breaks) == {1: FIRST}
    assert plan(own[:1], [BIRTH], None, OPEN).uncovered == {BIRTH: FIRST}


def test_nobody_has_lunch_while_the_hall_is_closed() -> None:
    closed_at_noon = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17)))
    own = [replace(counter(1, BIRTH), lunch=FIRST)]
    assert plan(own, [BIRTH], None, closed_at_noon).breaks == {}
    assert plan(own, [BIRTH], None, closed_at_noon).uncovered == {}
    assert plan(SMALL_HALL.counters, CODES, NOON, ()).breaks == {}


def test_the_plan_of_a_day_says_when_each_counter_is_manned() -> None:
    hall = open_at_noon(counter(1, BIRTH, COPY, HOME), counter(2, BIRTH, COPY, HOME))
    assert dict(lunches(hall, DAY).breaks) == {1: FIRST, 2: SECOND}
    assert at_work(hall, DAY) == {
        1: ((7.5 * H, 11.5 * H), (12.5 * H, 17 * H)),
        2: ((7.5 * H, 12.5 * H), (13.5 * H, 17 * H)),
    }
    saturday, sunday = DAY + timedelta(days=5), DAY + timedelta(days=6)
    assert at_work(hall, saturday) == dict.fromkeys((1, 2), ((7.5 * H, 11 * H),))
    assert at_work(hall, sunday) == {1: (), 2: ()}


def test_what_is_left_alone_on_any_weekday_is_told_before_that_day_comes() -> None:
    assert uncovered(open_at_noon()) == {}
    single = open_at_noon(counter(1, BIRTH, HOME), counter(2, BIRTH), counter(3, COPY))
    assert set(uncovered(single)) == {COPY, HOME}


@pytest.mark.parametrize(
    ("sessions", "joined"),
    [
        (((7, 11), (13, 17)), ((7, 17),)),
        (((7, 12), (13, 17)), ((7, 17),)),
        (((7, 9), (10, 11), (13, 17)), ((7, 9), (10, 17))),
        (((7, 11),), ((7, 11),)),
        (((7, 17),), ((7, 17),)),
        (((14, 16), (17, 19)), ((14, 16), (17, 19))),
        ((), ()),
    ],
)
def test_turns_at_lunch_close_the_gap_and_no_other(
    sessions: Sequence[tuple[int, int]], joined: Sequence[tuple[int, int]]
) -> None:
    def given_as(pairs: Sequence[tuple[int, int]]) -> tuple[Session, ...]:
        return tuple(Session(time(a), time(b)) for a, b in pairs)

    assert bridge(given_as(sessions), Break(time(11), time(13))) == given_as(joined)


@pytest.mark.parametrize("gap", [(10, 13), (11, 14), (10, 14), (12, 14)])
def test_a_gap_longer_than_lunch_is_a_contradiction(gap: tuple[int, int]) -> None:
    sessions = (Session(time(7), time(gap[0])), Session(time(gap[1]), time(17)))
    with pytest.raises(ValueError, match="reaches beyond the lunch 11:00-13:00"):
        bridge(sessions, Break(time(11), time(13)))


SKILLS = st.lists(st.sets(st.sampled_from(CODES), min_size=1), min_size=1, max_size=5)
OWN = st.sampled_from([None, None, FIRST, Break(time(12), time(13)), Break(time(10), time(11))])


def left_alone(counters: Sequence[Counter], breaks: dict[CounterId, Break]) -> set[ServiceCode]:
    """By looking at every five minutes of the day."""
    found = set()
    for minute in range(7 * 60 + 30, 17 * 60, 5):
        now = time(minute // 60, minute % 60)
        there = [c for c in counters if c.id not in breaks or not breaks[c.id].begins <= now < breaks[c.id].ends]
        found |= {code for code in CODES if not any(code in c.able for c in there)}
    return found


@given(SKILLS, st.data(), st.sampled_from([60, 40]))
def test_no_plan_of_all_keeps_every_service_where_this_one_does_not(
    skills: list[set[ServiceCode]], data: st.DataObject, minutes: int
) -> None:
    lunch = Lunch(NOON.window, minutes)
    counters = [replace(counter(n, *sorted(each)), lunch=data.draw(OWN)) for n, each in enumerate(skills, 1)]
    found = plan(counters, CODES, lunch, OPEN)
    assert found == plan(counters, CODES, lunch, OPEN)
    assert set(found.uncovered) == left_alone(counters, dict(found.breaks))
    assert set(found.breaks) == {c.id for c in counters}
    free = [c for c in counters if c.lunch is None]
    fixed = {c.id: c.lunch for c in counters if c.lunch is not None}
    for turns in product(lunch.turns, repeat=len(free)):
        other = {**fixed, **{c.id: turn for c, turn in zip(free, turns, strict=True)}}
        assert not left_alone(counters, other) < set(found.uncovered)


def test_a_plan_is_found_soon_also_where_there_is_none() -> None:
    """Thirty counters, each pair alone able to do something: two turns cannot part all pairs of three."""
    codes = [ServiceCode(f"{a}-{b}") for a in range(1, 31) for b in range(a + 1, 31) if (a + b) % 7 == 0]
    counters = [counter(n, *(code for code in codes if str(n) in code.split("-"))) for n in range(1, 31)]
    found = plan(counters, codes, NOON, OPEN)
    assert set(found.breaks) == {c.id for c in counters}
    assert dict(found.uncovered) == {
        code: found.breaks[CounterId(int(code.split("-")[0]))]
        for code in codes
        if len({found.breaks[CounterId(int(n))] for n in code.split("-")}) == 1
    }
    assert found.uncovered
