"""Each call says why, in words that are true and that fit its figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.dispatch import REASONS, Decision, PolicyName, Situation, Why, choose
from queue_server.domain.errors import fill
from queue_server.domain.hall import Counter
from queue_server.domain.ids import ServiceCode, TicketId
from tests.queue_server.domain.dispatch.situations import TARGETS, situation, waits
from tests.queue_server.small_hall import BIRTH, COPY, HOME, SMALL_HALL, counter

DESK = SMALL_HALL.counter(3)


def decided(now: Situation, at: Counter = DESK) -> tuple[Decision, str]:
    decision = choose(at, now)
    assert decision is not None
    return decision, fill(REASONS[decision.why], decision.params)


def test_who_has_waited_longest() -> None:
    _, words = decided(situation([waits(1, 60), waits(2, 90)]))
    assert words == "B-001 has waited longest: 60 min."


def test_who_is_about_to_miss_the_target_goes_before_who_is_not() -> None:
    targets = {**TARGETS, BIRTH: 1800.0}
    decision, words = decided(situation([waits(1, 104, BIRTH), waits(2, 107)], targets=targets))
    assert decision.why is Why.BEFORE_LATE
    assert words == "B-002 goes before B-001: 2 min remain of its 15 min; B-001 is on target."


def test_who_is_over_target_goes_before_who_is_not() -> None:
    targets = {**TARGETS, BIRTH: 1800.0}
    decision, words = decided(situation([waits(1, 100, BIRTH), waits(2, 102)], targets=targets))
    assert decision.why is Why.LATE
    assert words == "B-002 goes before B-001: it is 3 min over its 15 min; B-001 is on target."


def test_a_short_service_goes_first_and_says_so() -> None:
    decision, words = decided(situation([waits(1, 115, BIRTH), waits(2, 116)]))
    assert decision.why is Why.QUICK
    assert words.startswith("B-002 goes before B-001: it takes about 5 min, B-001 about 12 min;")


def test_priority_goes_first_and_says_so() -> None:
    decision, words = decided(situation([waits(1, 114), waits(2, 117, priority=True)]))
    assert decision.why is Why.PRIORITY
    assert words == "B-002 has priority; it has waited 3 min."


def test_a_stricter_target_and_a_larger_part_of_the_target_are_told_apart() -> None:
    even = replace(SMALL_HALL.durations, means={(s.code, None, None): 480.0 for s in SMALL_HALL.services})
    targets = {**TARGETS, HOME: 1800.0}
    now = situation([waits(1, 110, HOME), waits(2, 113)], targets=targets)
    now.durations = even
    decision, words = decided(now)
    assert decision.why is Why.LATER_THAN
    assert words == "B-002 goes before B-001: it has waited 7 of 15 min, B-001 10 of 30 min."
    now = situation([waits(1, 110, HOME), waits(2, 116)], targets=targets)
    now.durations = even
    decision, words = decided(now)
    assert decision.why is Why.STRICTER
    assert words == "B-002 goes before B-001: its target is 15 min, that of B-001 30 min."


def test_what_few_counters_serve_says_so() -> None:
    even = replace(SMALL_HALL.durations, means={(s.code, None, None): 480.0 for s in SMALL_HALL.services})
    copies, flexible = counter(2, COPY), counter(3, COPY, BIRTH)
    now = situation([waits(1, 114.9), waits(2, 115, BIRTH)], counters=[copies, flexible], busy={2: (COPY, 118)})
    now.durations = even
    decision, words = decided(now, flexible)
    assert decision.why is Why.SCARCE
    assert words == "B-002 goes before B-001: other counters would take longer to reach it."


def test_rails_and_other_policies_say_what_they_did() -> None:
    ordinary, elderly = waits(1, 60), waits(2, 110, priority=True)
    _, words = decided(situation([ordinary, elderly], runs={3: 2}))
    assert words == "B-001 goes now after 2 priority calls in a row; it has waited 60 min."
    limit = situation([waits(1, 60, BIRTH), elderly], passed={TicketId(1): 20})
    assert decided(limit)[1] == "B-001 goes now: 20 later arrivals have gone before it, and no more may."
    _, words = decided(situation([ordinary, waits(2, 100, priority=True)], policy=PolicyName.ACCUMULATING))
    assert words == "B-002 has the most points: 20 min of waiting, counted 4 times for priority."
    _, words = decided(situation([ordinary, elderly], policy=PolicyName.INTERLEAVED, runs={3: -3}))
    assert words == "B-002 has priority, and 3 ordinary calls have been made since the last one."


@pytest.mark.parametrize("why", Why)
def test_every_ground_has_words(why: Why) -> None:
    assert re.search(r"\{number\}", REASONS[why])


MEANS = {BIRTH: 12, COPY: 5, HOME: 8}


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(0, 119), st.sampled_from([BIRTH, COPY, HOME]), st.booleans()), min_size=2, max_size=6
    ),
    st.dictionaries(st.sampled_from([1, 2, 4]), st.tuples(st.sampled_from([BIRTH, COPY, HOME]), st.integers(0, 119))),
    st.fixed_dictionaries({code: st.sampled_from([600.0, 900.0, 1800.0]) for code in (BIRTH, COPY, HOME)}),
    st.sampled_from([PolicyName.LATENESS, PolicyName.GENERALIZED_C_MU]),
)
def test_what_is_said_is_true(
    people: list[tuple[int, ServiceCode, bool]],
    busy: dict[int, tuple[ServiceCode, int]],
    targets: dict[ServiceCode, float],
    policy: PolicyName,
) -> None:
    waiting = [waits(n, minute, service, priority=p) for n, (minute, service, p) in enumerate(people, 1)]
    decision, _ = decided(situation(waiting, busy=busy, targets=targets, policy=policy, priority_run=99))
    said, found = decision.params, {each.number: each for each in waiting}
    one, other = found[str(said["number"])], found.get(str(said.get("other")))
    waited = {each.number: 120 - people[each.id - 1][0] for each in waiting}
    target = {each.number: min(targets[each.service], 300.0 if each.priority else 1e9) / 60 for each in waiting}
    assert said["minutes"] == waited[one.number]
    if other is not None:
        assert waited[other.number] >= waited[one.number]
    match decision.why:
        case Why.LONGEST_WAIT:
            assert waited[one.number] == max(waited.values())
        case Why.PRIORITY:
            assert one.priority is not None
        case Why.QUICK:
            assert other is not None
            assert (said["mean"], said["other_mean"]) == (MEANS[one.service], MEANS[other.service])
            assert MEANS[one.service] < MEANS[other.service]
        case Why.STRICTER:
            assert other is not None
            assert said["target"] == target[one.number] < target[other.number] == said["other_target"]
        case Why.LATER_THAN:
            assert other is not None
            assert waited[one.number] / target[one.number] > waited[other.number] / target[other.number]
        case Why.LATE:
            assert other is not None
            assert waited[one.number] - target[one.number] == said["over"] > 0
            assert waited[other.number] <= target[other.number]
        case Why.BEFORE_LATE:
            assert other is not None
            assert max(1, target[one.number] - waited[one.number]) == said["left"]
            assert waited[other.number] <= target[other.number]
        case Why.SCARCE | Why.BALANCE:
            assert other is not None
        case unexpected:
            raise AssertionError(unexpected)
