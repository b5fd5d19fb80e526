"""The live server and the simulator: a day worked through the API, then replayed, makes the same calls."""

from __future__ import annotations

import heapq
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from queue_server.domain.dispatch import Queue, Situation, policy_of, rules_of
from queue_server.domain.hall import Counter
from queue_server.domain.simulation import simulate
from queue_server.service import learn
from queue_server.simulate.recorded import read_day
from queue_server.store.database import FILE, connect
from tests.queue_server.house import House
from tests.queue_server.small_hall import DAY, NINE, SMALL_HALL

SERVICES = ("birth", "copy", "home", "copy", "birth", "copy", "home")
OPENED = SMALL_HALL.counters[:3]
PEOPLE = 36


def in_their_order() -> list[Counter]:
    """As the simulator lets counters call that become free at the same moment."""
    rules, durations, offered = rules_of(SMALL_HALL), SMALL_HALL.durations, SMALL_HALL.offered
    situation = Situation(Queue(), OPENED, rules, durations, offered, now=0.0, time=0.0)
    return list(policy_of(situation).serving_order(OPENED))


def work_a_morning(house: House) -> list[tuple[str, int, float]]:
    """Prompt clerks: whoever is free presses Next at once. Returns number, counter and seconds after nine of each
    call; people come at odd, services end at even tenths of a second, so that no two things happen at once."""
    kiosk = house.token("kiosk", "kiosk-1")
    clerks = {counter.id: house.clerk_at(counter.id, f"clerk-{counter.id}") for counter in OPENED}
    coming = [(61.1 + 97 * n, SERVICES[n % 7], {"priority": "elderly"} if n % 6 == 4 else {}) for n in range(PEOPLE)]
    ends: list[tuple[float, int, dict[str, Any]]] = []
    calls: list[tuple[str, int, float]] = []
    free = {counter.id for counter in OPENED}
    while coming or ends:
        if ends and (not coming or ends[0][0] < coming[0][0]):
            at, counter, ticket = heapq.heappop(ends)
            house.now = NINE + timedelta(seconds=at)
            house.act(clerks[counter], ticket["id"], "finish")
            free.add(counter)
        else:
            at, service, more = coming.pop(0)
            house.now = NINE + timedelta(seconds=at)
            house.issue(kiosk, service, **more)
        for each in in_their_order():
            if each.id not in free:
                continue
            answer = house.post(f"/counters/{each.id}/next", clerks[each.id])
            if answer.status_code == 200:
                called = answer.json()["ticket"]
                house.act(clerks[each.id], called["id"], "start")
                free.remove(each.id)
                calls.append((called["number"], each.id, at))
                takes = 200.0 + 53 * (len(calls) % 9) + 0.02 * len(calls)
                heapq.heappush(ends, (round(at + takes, 2), each.id, called))
    return calls


def test_a_day_worked_by_prompt_clerks_is_replayed_call_by_call(tmp_path: Path) -> None:
    with House(tmp_path) as house:
        live = work_a_morning(house)
    with closing(connect(tmp_path / FILE, read_only=True)) as sql:
        recorded = read_day(sql, SMALL_HALL, DAY)
        durations = learn.durations(sql, SMALL_HALL, DAY)
    clock = recorded.day.clock
    again = simulate(recorded.rosters, clock, recorded.arrivals, rules_of(SMALL_HALL), durations)
    numbers = {arrival.id: arrival.number for arrival in recorded.arrivals}
    nine = 9 * 3600
    assert [(numbers[each.id], each.counter, round(each.called_s - nine, 2)) for each in again.served] == [
        (number, counter, round(at, 2)) for number, counter, at in live
    ]
    assert len(live) == PEOPLE
    assert max(each.waited_s for each in again.served) > 600, "a queue that nobody had to choose from proves little"
    assert again.lost == ()
