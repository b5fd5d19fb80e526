"""A broken seal, keys that go away, several clerks at once, guesses in a burst: each is told, and the rest goes on."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import time

import pytest

from queue_server.domain.calendar import Hours, Session
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import NAME, answers
from tests.queue_server.small_hall import SMALL_HALL

NINE_TO_FIVE = Hours(week=((Session(time(7, 30), time(17, 0)),),) * 5 + ((), ()))


def test_one_broken_seal_takes_nothing_else_away_and_its_dossier_can_be_withdrawn(hall: FilingHouse) -> None:
    hall.filed()
    hall.filed(hall.captured())
    hall.rows("UPDATE dossier SET owner = X'4D31', answers = X'4D31' WHERE id = 1")
    rows = hall.get("/dossiers", hall.clerk).json()["dossiers"]
    assert [(row["applicant"], row["unreadable"]) for row in rows] == [(NAME, False), ("", True)]
    assert hall.get("/dossiers/2/forms/07", hall.clerk).status_code == 200
    view = hall.look(1)
    assert (view["unreadable"], view["answers"]) == (True, [])
    assert "withdrawn" in view["acts"]
    assert hall.worked(1, "withdrawn", reason="Không mở được")["state"] == "withdrawn"


@pytest.mark.parametrize("mishap", ["gone", "open to others", "damaged"])
def test_keys_that_go_bad_while_the_hall_works_are_told_and_the_rest_goes_on(hall: FilingHouse, mishap: str) -> None:
    hall.filed()
    keys = hall.vault.path
    kept = keys.read_bytes()
    if mishap == "gone":
        os.rename(keys, keys.with_suffix(".away"))
    elif mishap == "open to others":
        keys.chmod(0o644)
    else:
        keys.write_bytes(b"{}")
    for answer in (hall.file(answers={}), hall.get("/dossiers/1", hall.clerk), hall.get("/healthz")):
        assert (answer.status_code, answer.json()["code"]) == (503, "keys-unusable"), answer.request.url
    assert hall.get("/services").status_code == 200
    keys.write_bytes(kept)
    keys.chmod(0o600)
    assert hall.get("/healthz").status_code == 200
    assert hall.look(1)["applicant"] == NAME


def test_of_clerks_who_act_on_the_same_sight_one_is_heard(hall: FilingHouse) -> None:
    hall.hall = replace(SMALL_HALL, hours=NINE_TO_FIVE)
    hall.filed(hall.captured())
    seen = len(hall.worked(1, "received", papers=["GCS"], after=1)["events"])
    bodies = [
        {"act": "extended", "reason": "Cần xác minh", "new_due": f"2026-12-0{day}", "after": seen}
        for day in (1, 2, 3, 4)
    ]
    answers = hall.at_once(("POST", "/dossiers/1/act", {"token": hall.clerk, "json": body}) for body in bodies)
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers if answer.status_code == 409} == {"dossier-changed"}
    assert [each["act"] for each in hall.look(1)["events"]].count("extended") == 1


def test_guesses_in_a_burst_are_slowed_down_like_one_after_the_other(hall: FilingHouse) -> None:
    guesses = [("GET", f"/dossiers/status/000.00.00.H00-261123-{number:04}", {}) for number in range(2, 62)]
    assert sorted(answer.status_code for answer in hall.at_once(guesses)) == [404] * 10 + [429] * 50


def test_looking_up_what_is_there_is_no_guess(hall: FilingHouse) -> None:
    code = hall.filed()["code"]
    for _ in range(30):
        assert hall.get(f"/dossiers/status/{code}").status_code == 200


def test_pages_that_name_many_are_noted_with_which(hall: FilingHouse) -> None:
    hall.filed()
    hall.filed(hall.captured())
    hall.get("/dossiers", hall.clerk)
    hall.get("/dossiers/1/forms/07", hall.clerk)
    noted = "SELECT actor, act, dossier, data ->> 'count', data ->> 'dossiers' FROM personal_audit ORDER BY id"
    assert hall.rows(noted) == [
        ("device:lan", "list-seen", None, 2, "2 1"),
        ("device:lan", "form-drawn", 1, None, None),
        ("device:lan", "register-drawn", None, 2, "1 2"),
    ]
    hall.get("/dossiers?state=refused", hall.clerk)
    assert len(hall.rows(noted)) == 3, "nobody was named"


def test_no_browser_keeps_what_is_told_of_dossiers(hall: FilingHouse) -> None:
    made = hall.file()
    answers = (made, *(hall.get(path, hall.clerk) for path in ("/dossiers", "/dossiers/1", "/dossiers/9")))
    assert [answer.headers["cache-control"] for answer in answers] == ["no-store"] * 4


@pytest.mark.parametrize("query", [f"before={10**30}", f"ticket={10**30}", f"before={2**53 + 1}"])
def test_numbers_beyond_reason_are_refused_in_words(hall: FilingHouse, query: str) -> None:
    assert hall.get(f"/dossiers?{query}", hall.clerk).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_beyond_reason_are_refused_in_words(hall: FilingHouse, day: str) -> None:
    hall.filed()
    assert hall.work(1, "extended", reason="Cần xác minh", new_due=day).status_code == 422
    assert hall.file(owner={"id": "001190123456", "birth_date": day}).status_code == 422


@pytest.mark.parametrize("copies", [10**13, -(10**13), 10**400])
def test_a_number_beyond_all_sense_is_a_wrong_answer_and_no_failure(hall: FilingHouse, copies: int) -> None:
    refused = hall.file(hall.captured(), answers=answers(copies=copies))
    assert (refused.status_code, refused.json()["code"]) == (422, "answers-wrong")
    assert [each["field"] for each in refused.json()["complaints"]] == ["copies"]
