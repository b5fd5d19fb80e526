"""Every refusal as problem+json: a status from the one table, words in both languages, what to do next."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from queue_server.api.problems import STATUS, language_of, problem
from queue_server.contract import PROBLEM_TYPE, Problem
from queue_server.domain.errors import HallError
from queue_server.service import nudges
from tests.queue_server.house import House

SAMPLE = {
    "number": "B-001",
    "state": "waiting",
    "verb": "start",
    "service": "copy",
    "priority": "elderly",
    "counter": 2,
    "holder": "lan",
    "score": "good",
    "opens_at": "07:30",
    "prefix": "B",
    "role": "clerk",
    "minutes": 5,
    "papers": "GCS",
    "code": "000.00.12.H62-261123-0004",
    "procedure": "1.001193",
    "version": "2025-07-01",
    "form": "khai-sinh/2025-07-01",
    "act": "extended",
    "dossier_state": "draft",
    "at": "09:00",
    "opens": "08:30",
    "closed": "09:15",
}


@pytest.mark.parametrize("error", sorted(STATUS, key=lambda each: each.code), ids=lambda each: each.code)
def test_every_refusal_is_said_in_vietnamese_and_in_english(error: type[HallError]) -> None:
    vi, en = (problem(error(**SAMPLE), language) for language in ("vi", "en"))
    assert vi.detail != en.detail
    assert vi.action != en.action
    assert vi.code == en.code == error.code
    assert vi.type == f"urn:motcua:problem:{error.code}"
    assert vi.status == STATUS[error]
    assert "{" not in vi.detail + vi.action + en.detail + en.action


def test_states_and_verbs_within_a_refusal_are_translated_too(house: House) -> None:
    clerk = house.clerk_at(2)
    ident = house.issue(house.token("kiosk"))["id"]
    said = {lang: house.post(f"/tickets/{ident}/start", clerk, language=lang).json() for lang in ("vi", "en")}
    assert said["en"]["detail"] == "Ticket B-001 is waiting; “start” is not possible now."
    assert "waiting" not in said["vi"]["detail"]
    assert "start" not in said["vi"]["detail"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "vi"),
        ("", "vi"),
        ("fr", "vi"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en;q=0.3, vi;q=0.8", "vi"),
        ("EN", "en"),
        ("en;q=nan", "vi"),
        ("en;q=0", "vi"),
        (";;,,q=1", "vi"),
    ],
)
def test_the_language_is_the_one_asked_for_and_else_vietnamese(header: str | None, expected: str) -> None:
    assert language_of(header) == expected


def test_an_unknown_address_and_a_wrong_method_are_refused_in_the_same_form(house: House) -> None:
    for method, path, status, code in (
        ("GET", "/nothing", 404, "not-found"),
        ("DELETE", "/tickets/1", 405, "method-not-allowed"),
    ):
        answer = house.request(method, path, language="en")
        assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM_TYPE)
        assert Problem.model_validate(answer.json()).code == code
        assert answer.headers["content-language"] == "en"


def test_a_wrong_method_is_told_the_right_one(house: House) -> None:
    assert house.request("DELETE", "/tickets/1").headers["allow"] == "GET"


def test_a_fault_of_our_own_is_said_without_its_details(house: House) -> None:
    kiosk = house.token("kiosk")
    ticket = house.issue(kiosk)
    (kept,) = house.rows("SELECT issued_at FROM ticket")[0]
    house.rows("UPDATE ticket SET issued_at = 'soon'")
    answer = house.get(f"/tickets/{ticket['id']}", kiosk)
    house.rows("UPDATE ticket SET issued_at = ?", kept)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert "soon" not in answer.text
    assert house.get(f"/tickets/{ticket['id']}", kiosk).json() == ticket


def test_a_full_disk_is_said_loses_nothing_and_is_survived(house: House) -> None:
    kiosk = house.token("kiosk")
    first = house.issue(kiosk)
    (pages,) = house.db.submit(lambda tx: tx.sql.execute("PRAGMA page_count").fetchone()).result()
    house.db.submit(lambda tx: tx.sql.execute(f"PRAGMA max_page_count = {pages}").fetchone()).result()
    part = {"kind": "printer", "state": "ready", "detail": "x" * 200}
    reports = [{"parts": [{**part, "part": f"p{n}-{m}"} for m in range(5)]} for n in range(60)]
    answers = [house.post("/devices/report", kiosk, said) for said in reports]
    refused = next(answer for answer in answers if answer.status_code != 204)
    assert (refused.status_code, refused.json()["code"]) == (503, "store-unavailable")
    assert house.get(f"/tickets/{first['id']}", kiosk).status_code == 200
    assert house.get("/board").status_code == 200
    house.db.submit(lambda tx: tx.sql.execute("PRAGMA max_page_count = 1000000").fetchone()).result()
    assert house.issue(kiosk)["number"] == "B-002"


def test_one_screen_too_many_is_told_so(house: House) -> None:
    async def crowd() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(nudges.MOST_LISTENERS):
                await stack.enter_async_context(house.hub.listen())
            answer = await asyncio.wait_for(house._request("GET", "/events", {}), 10)
            assert (answer.status_code, answer.json()["code"]) == (503, "too-many-listeners")

    house.run(crowd())
    assert house.hub.listeners == 0
