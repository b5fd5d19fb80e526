"""A hall that contradicts itself is refused with the word that is wrong; numbers are written as people know them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.errors import CounterUnknown, PriorityUnknown, RatingUnknown, ServiceUnknown
from queue_server.domain.hall import Counter, Group, Numbering, PriorityCategory, RatingLevel
from queue_server.domain.ids import ServiceCode
from tests.queue_server.small_hall import BIRTH, COPY, ELDERLY, HOME, SMALL_HALL, counter, service, text

H = SMALL_HALL


def helper(ident: int, backup: str) -> Counter:
    return replace(counter(ident, COPY), backup=frozenset({ServiceCode(backup)}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"services": (*H.services, service(COPY))}, "service given twice: copy"),
        ({"groups": (*H.groups, Group("civil", "C", text("x"), ()))}, "group given twice: civil"),
        ({"groups": (*H.groups, Group("more", "A", text("x"), ()))}, "prefix given twice: A"),
        ({"groups": (*H.groups, Group("more", "C", text("x"), (COPY,)))}, "service in groups given twice: copy"),
        ({"groups": H.groups[:1]}, "service copy is in no group"),
        ({"counters": (*H.counters, counter(1, COPY))}, "counter given twice: 1"),
        ({"counters": (counter(1, BIRTH, COPY),)}, "service home has no counter that serves it"),
        ({"counters": (*H.counters, counter(9, "visa"))}, "counter 9 names unknown services: visa"),
        ({"counters": (*H.counters, helper(9, "visa"))}, "counter 9 names unknown services: visa"),
        ({"counters": (*H.counters, helper(9, COPY))}, "counter 9 has as its own and as backup: copy"),
        ({"counters": (*H.counters[:1], helper(9, HOME))}, "service home has no counter that serves it"),
        ({"priorities": (PriorityCategory(ELDERLY, text("x")),) * 2}, "priority given twice: elderly"),
        ({"scale": (RatingLevel("good", text("x"), 1),) * 2}, "rating level given twice: good"),
    ],
)
def test_a_hall_that_contradicts_itself_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(H, **change)


def test_an_unknown_zone_is_refused() -> None:
    for zone in ("Mars/Phobos", "Asia", "", "../etc/passwd"):
        with pytest.raises(ValueError, match="timezone: there is no zone"):
            replace(H, timezone=zone)


def test_what_the_hall_does_not_have_is_a_named_refusal() -> None:
    with pytest.raises(ServiceUnknown):
        H.service("visa")
    with pytest.raises(ServiceUnknown):
        H.group_of("visa")
    with pytest.raises(CounterUnknown):
        H.counter(99)
    with pytest.raises(PriorityUnknown):
        H.priority("rich")
    with pytest.raises(RatingUnknown):
        H.level("superb")


def test_services_are_found_in_their_group() -> None:
    assert H.group_of(HOME).prefix == "B"
    assert H.service(COPY).mean_s == 300


@pytest.mark.parametrize(
    ("numbering", "prefix", "sequence", "written"),
    [
        (Numbering(), "A", 1, "A-001"),
        (Numbering(), "HT", 15, "HT-015"),
        (Numbering(), "A", 1000, "A-1000"),
        (Numbering(), "", 7, "007"),
        (Numbering(width=4, separator=""), "A", 25, "A0025"),
        (Numbering(start=1001, width=1), "", 1001, "1001"),
        (Numbering(separator=" "), "B", 12, "B 012"),
    ],
)
def test_numbers_are_written_as_configured(numbering: Numbering, prefix: str, sequence: int, written: str) -> None:
    assert numbering.format(prefix, sequence) == written


@given(
    st.builds(Numbering, width=st.integers(1, 6), separator=st.sampled_from(["", "-", " "])),
    st.lists(st.tuples(st.sampled_from(["", "A", "B", "AB"]), st.integers(0, 999_999)), unique=True, max_size=50),
)
def test_two_different_sequences_never_look_alike(numbering: Numbering, pairs: list[tuple[str, int]]) -> None:
    written = [numbering.format(prefix, sequence) for prefix, sequence in pairs]
    assert len(set(written)) == len(pairs)
