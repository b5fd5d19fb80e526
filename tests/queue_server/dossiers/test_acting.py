"""Clerks work on dossiers by the table; what they say stands in the history; nobody else sees anything personal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from queue_server.domain.calendar import Hours, Session
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import BORN, NAME, OWNER, digest, picture
from tests.queue_server.small_hall import SMALL_HALL

NINE_TO_FIVE = Hours(week=((Session(time(7, 30), time(17, 0)),),) * 5 + ((), ()))


def test_from_filing_to_the_result(hall: FilingHouse) -> None:
    receipt = hall.filed(hall.captured())
    assert hall.look(1)["acts"] == ["received", "supplement-requested", "refused", "withdrawn"]
    assert hall.worked(1, "received", papers=["GCS"])["state"] == "received"
    assert hall.worked(1, "processing-begun")["state"] == "processing"
    assert hall.worked(1, "result-made")["state"] == "result-ready"
    ready = hall.get(f"/dossiers/status/{receipt['code']}").json()
    assert ready["state_name"]["vi"] == "đã có kết quả, mời Quý vị đến nhận"
    assert ready["note"]["en"].startswith("Please bring")
    done = hall.worked(1, "returned")
    assert (done["state"], done["acts"]) == ("returned", [])
    assert [each["act"] for each in done["events"]] == [
        *("submitted", "received", "processing-begun", "result-made", "returned")
    ]
    assert [each["actor"] for each in done["events"]] == ["device:kiosk-1", *["device:lan"] * 4]


def test_a_view_reads_as_people_speak(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    view = hall.look(1)
    texts = {each["field"]: each["text"] for each in view["answers"]}
    assert texts["born"] == "17/05/1990"
    assert texts["commune"] == "Xã Ngọc Sơn, Tỉnh Lào Cai"
    assert texts["way"] == "for myself (vi)"
    papers = [(paper["name"], paper["left_out"]) for paper in view["papers"]]
    assert papers == [(f"{OWNER}.GCS", False), (f"{OWNER}.CCCD", False), (f"{OWNER}.KHAC", True)]
    assert view["fee"] == 5000


def test_a_prepared_dossier_is_received_once_its_papers_were_seen(hall: FilingHouse) -> None:
    hall.hall = replace(SMALL_HALL, hours=NINE_TO_FIVE)
    hall.filed(procedure="1.002")
    refused = hall.work(1, "received")
    assert (refused.status_code, refused.json()["code"]) == (409, "papers-not-checked")
    assert "GCS" in refused.json()["detail"]
    done = hall.worked(1, "received", papers=["GCS", "CCCD"])
    assert all(paper["checked"] for paper in done["papers"] if not paper["left_out"])
    assert datetime.fromisoformat(done["due_at"]) == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_a_paper_brought_to_the_counter_is_digitised_there(hall: FilingHouse) -> None:
    hall.filed(procedure="1.002")
    hall.attach(picture(5), token=hall.clerk)
    body = {"digest": digest(picture(5))}
    answer = hall.request("PUT", "/dossiers/1/papers/GCS", token=hall.clerk, json=body)
    assert answer.json()["papers"][0]["digest"] == body["digest"]
    assert hall.get("/dossiers/1/papers/GCS", hall.clerk).content == picture(5)
    for path, content in (("XYZ", body), ("GCS", {"digest": "b" * 64})):
        assert hall.request("PUT", f"/dossiers/1/papers/{path}", token=hall.clerk, json=content).status_code == 422


def test_papers_are_asked_for_and_the_time_runs_anew(hall: FilingHouse) -> None:
    hall.hall = replace(SMALL_HALL, hours=NINE_TO_FIVE)
    hall.filed()
    assert hall.work(1, "supplement-requested").json()["code"] == "reason-missing"
    hall.worked(1, "supplement-requested", reason="Thiếu giấy chứng sinh")
    hall.later(days=3)
    again = hall.worked(1, "supplemented")
    assert again["state"] == "submitted"
    assert datetime.fromisoformat(again["due_at"]) == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    assert again["events"][1]["why"] == "Thiếu giấy chứng sinh"


@pytest.mark.parametrize(
    "reason", ["", "  \n", "\u200b\u00ad", "\ufeff", "\u202e\u202c", "\x07", "\u3164\u2800"], ids=ascii
)
def test_a_reason_that_nobody_can_see_is_none(hall: FilingHouse, reason: str) -> None:
    hall.filed(hall.captured())
    for act in ("supplement-requested", "refused", "withdrawn"):
        answer = hall.work(1, act, reason=reason)
        assert (answer.status_code, answer.json()["code"]) == (422, "reason-missing")
    assert hall.look(1)["state"] == "submitted"


def test_what_turns_the_order_of_reading_reaches_no_screen_and_no_paper(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "refused", reason="Đã \u202enhận\u202c đủ\u200b\r\nmột dòng nữa")
    assert hall.look(1)["events"][-1]["why"] == "Đã nhận đủ\nmột dòng nữa"


def test_it_is_put_off_to_a_working_day_only(hall: FilingHouse) -> None:
    hall.hall = replace(SMALL_HALL, hours=NINE_TO_FIVE)
    hall.filed(hall.captured())
    hall.worked(1, "received", papers=["GCS"])
    for day in (None, "2026-11-28", "2026-11-24", "2026-11-20"):  # none, a Saturday, the day promised, the past
        refused = hall.work(1, "extended", reason="Cần xác minh", new_due=day)
        assert refused.json()["code"] == "new-due-missing", day
    put_off = hall.worked(1, "extended", reason="Cần xác minh", new_due="2026-11-30")
    assert datetime.fromisoformat(put_off["due_at"]) == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


def test_what_is_not_possible_is_said_in_words(hall: FilingHouse) -> None:
    hall.filed()
    answer = hall.post("/dossiers/1/act", hall.clerk, {"act": "returned"}, language="vi")
    assert (answer.status_code, answer.json()["code"]) == (409, "dossier-act-illegal")
    assert "“đã nộp, chờ kiểm tra”; lúc này không thể “Trả kết quả”" in answer.json()["detail"]
    assert hall.work(9, "received").json()["code"] == "dossier-unknown"
    assert hall.work(1, "received", papers=["XYZ"]).json()["code"] == "paper-unknown"


def test_the_list_is_filtered_and_goes_on_page_by_page(hall: FilingHouse) -> None:
    for _day in range(5):
        hall.filed()
        hall.later(days=1)
    hall.worked(2, "refused", reason="Nộp nhầm")
    first = hall.get("/dossiers?limit=3", hall.clerk).json()
    assert [each["id"] for each in first["dossiers"]] == [5, 4, 3]
    rest = hall.get(f"/dossiers?limit=3&before={first['next_before']}", hall.clerk).json()
    assert [each["id"] for each in rest["dossiers"]] == [2, 1]
    assert rest["next_before"] is None
    assert first["counts"] == {"refused": 1, "submitted": 4}

    def found(query: str) -> list[int]:
        return [each["id"] for each in hall.get(f"/dossiers?{query}", hall.clerk).json()["dossiers"]]

    assert found("state=refused") == [2]
    assert found("state=refused&state=submitted&code=261124") == [2]
    assert found("late=true") == [4, 3, 1]
    assert hall.get("/dossiers?state=nothing", hall.clerk).status_code == 422


def test_anybody_with_the_code_sees_the_state_and_nothing_more(hall: FilingHouse) -> None:
    receipt = hall.filed()
    token = receipt["track_url"].rpartition("/")[2]
    by_code = hall.get(f"/dossiers/status/{receipt['code'].lower()}").json()
    assert hall.get(f"/dossiers/status/{token}").json() == by_code
    assert set(by_code) == {"code", "procedure_name", "state", "state_name", "filed_at", "due_at", "note"}
    for personal in (NAME, OWNER, BORN):
        assert personal not in str(by_code)


def test_guessing_codes_is_slowed_down_from_one_place_and_not_from_others(hall: FilingHouse) -> None:
    code = hall.filed()["code"]
    wrong = [hall.get(f"/dossiers/status/000.00.00.H00-261123-{n:04}").status_code for n in range(2, 14)]
    assert wrong == [404] * 10 + [429] * 2
    told = hall.get(f"/dossiers/status/{code}")
    assert (told.status_code, told.json()["code"]) == (429, "too-many-lookups")
    assert "5 min" in told.json()["action"] or "5 phút" in told.json()["action"]
    assert hall.get(f"/dossiers/status/{code}", hall.kiosk).status_code == 200
    hall.later(minutes=6)
    assert hall.get(f"/dossiers/status/{code}").status_code == 200


def test_who_looked_at_what_is_noted_once_in_ten_minutes(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    for _ in range(3):
        hall.look(1)
        hall.get("/dossiers/1/papers/GCS", hall.clerk)
    noted = "SELECT actor, act, dossier FROM personal_audit ORDER BY id"
    assert hall.rows(noted) == [("device:lan", "dossier-seen", 1), ("device:lan", "paper-seen", 1)]
    hall.later(minutes=11)
    hall.look(1)
    assert len(hall.rows(noted)) == 3


def test_each_act_is_nudged(hall: FilingHouse) -> None:
    before = hall.hub.version
    hall.filed()
    hall.worked(1, "withdrawn", reason="Nộp nhầm")
    assert hall.hub.version == before + 2
