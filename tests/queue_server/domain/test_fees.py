"""Fees: never below nothing, never above the cap, never less for more pages; certified copies as the law has them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.catalogue.folder import BUILT_IN, read_procedures
from queue_server.domain.fees import fee_for, price
from queue_server.domain.forms import Condition
from queue_server.domain.procedure import FeeRule, Procedure
from queue_server.domain.text import LocalText

NAME = LocalText("Phí", "Fee")
TODAY = date(2026, 11, 20)
STEPS = ((1, 2000), (3, 1000))


def procedure(*fees: FeeRule) -> Procedure:
    (version, *_) = read_procedures(BUILT_IN)["2.000884"][1].versions
    bare = version.procedure("2.000884", None)
    return Procedure(**{**{name: getattr(bare, name) for name in bare.__dataclass_fields__}, "fees": fees})


COPIES = procedure(FeeRule(NAME, per="pages", steps=STEPS, cap=200_000, times="copies"))


@pytest.mark.parametrize(
    ("pages", "copies", "fee"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (10, 1, 12_000),
        (10, 3, 36_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (5_000, 2, 400_000),
        (0, 5, 0),
    ],
)
def test_certified_copies_by_page_and_copy(pages: int, copies: int, fee: int) -> None:
    assert fee_for(COPIES, {"pages": pages, "copies": copies}, TODAY) == fee


def test_a_fee_that_is_not_known_yet_is_not_guessed() -> None:
    assert fee_for(COPIES, {"pages": 3}, TODAY) is None
    assert fee_for(COPIES, {"pages": "3", "copies": 1}, TODAY) is None
    assert fee_for(COPIES, {"pages": True, "copies": 1}, TODAY) is None
    assert fee_for(procedure(), {}, TODAY) is None
    assert fee_for(COPIES, {"pages": 3, "copies": 10**12}, TODAY) is None, "a slip of the finger"


@pytest.mark.parametrize(("days", "fee"), [(0, 0), (60, 0), (61, 8_000)])
def test_free_when_on_time(days: int, fee: int) -> None:
    birth = procedure(FeeRule(NAME, 0, within=("born", 60)), FeeRule(NAME, 8_000))
    assert fee_for(birth, {"born": (TODAY - timedelta(days=days)).isoformat()}, TODAY) == fee
    assert fee_for(birth, {}, TODAY) is None


def test_the_first_rule_that_holds_decides() -> None:
    poor = FeeRule(NAME, 0, when=(Condition("poor", ("yes",)),))
    both = procedure(poor, FeeRule(NAME, 20_000))
    assert (fee_for(both, {"poor": True}, TODAY), fee_for(both, {"poor": False}, TODAY)) == (0, 20_000)


@st.composite
def rules(draw: st.DrawFn) -> FeeRule:
    firsts = draw(st.lists(st.integers(2, 50), unique=True, max_size=4).map(sorted))
    prices = draw(st.lists(st.integers(0, 10**6), min_size=len(firsts) + 1, max_size=len(firsts) + 1))
    steps = tuple(zip((1, *firsts), prices, strict=True))
    cap = draw(st.none() | st.integers(0, 10**7))
    return FeeRule(NAME, draw(st.integers(0, 10**6)), "pages", steps, cap, "copies")


@given(rules(), st.integers(-5, 10_000), st.integers(-5, 500))
def test_never_negative_never_above_the_cap_never_less_for_more(rule: FeeRule, pages: int, copies: int) -> None:
    def fee(pages: int, copies: int) -> int:
        found = fee_for(procedure(rule), {"pages": pages, "copies": copies}, TODAY)
        assert found is not None
        return found

    here = fee(pages, copies)
    assert here >= 0
    assert rule.cap is None or here <= rule.cap * max(0, copies)
    assert here <= fee(pages + 1, copies)
    assert here <= fee(pages, copies + 1)


@given(st.integers(0, 300))
def test_the_price_is_that_of_each_page_added_up(pages: int) -> None:
    assert price(STEPS, pages) == sum(2000 if page < 3 else 1000 for page in range(1, pages + 1))
