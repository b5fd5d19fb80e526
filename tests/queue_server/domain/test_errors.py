"""Every refusal has a stable code of its own, a message, and what to do next."""

from __future__ import annotations

import re

import pytest

from queue_server.api.problems import STATUS
from queue_server.domain.errors import HallError, fill


def every_error(root: type[HallError] = HallError) -> list[type[HallError]]:
    return [each for child in root.__subclasses__() for each in (child, *every_error(child))]


def test_every_refusal_of_the_server_has_a_status_and_a_code_of_its_own() -> None:
    ours = [each for each in every_error() if each.__module__.startswith("queue_server.")]
    assert set(ours) == set(STATUS)
    codes = [each.code for each in ours]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize("error", sorted(STATUS, key=lambda each: each.code), ids=lambda each: each.code)
def test_every_refusal_says_what_is_wrong_and_what_to_do(error: type[HallError]) -> None:
    assert error.message.endswith((".", "!"))
    assert error.action.endswith((".", "!"))
    assert str(error()) == error.message


def test_a_value_that_is_missing_leaves_its_place_visible() -> None:
    assert fill("Ticket {number} is {state}.", {"number": "A-001"}) == "Ticket A-001 is {state}."
