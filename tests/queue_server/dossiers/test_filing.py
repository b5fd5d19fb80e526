"""A dossier is filed whole and once; what does not fit is refused with a code of its own, and nothing is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from queue_server.domain.calendar import Hours, Session
from queue_server.service.dossiers.figures import reuse_between
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import BORN, NAME, OTHER_OWNER, OWNER, answers, request
from tests.queue_server.small_hall import SMALL_HALL

NINE_TO_FIVE = Hours(week=((Session(time(7, 30), time(17, 0)),),) * 5 + ((), ()))


def test_a_filed_dossier_gives_a_receipt_without_anything_personal(hall: FilingHouse) -> None:
    hall.hall = replace(SMALL_HALL, hours=NINE_TO_FIVE)
    receipt = hall.filed(hall.captured())
    assert receipt["code"] == "000.00.00.H00-261123-0001"
    assert receipt["state"] == "submitted"
    assert receipt["due_at"] == "2026-11-24T17:00:00+07:00" or receipt["due_at"].startswith("2026-11-24T10:00:00")
    assert receipt["fee"] == 5000
    assert receipt["track_url"].startswith("http://hall.test/d/")
    assert [paper["vi"] for paper in receipt["papers_at_counter"]] == ["Identity card (vi)"]
    assert receipt["ticket"] is None
    for personal in (NAME, OWNER, BORN):
        assert personal not in str(receipt)


def test_a_prepared_dossier_gives_a_ticket_and_waits_for_its_clerk(hall: FilingHouse) -> None:
    receipt = hall.filed(procedure="1.002", priority="elderly")
    assert (receipt["state"], receipt["due_at"]) == ("draft", None)
    assert receipt["ticket"]["number"] == "A-001"
    assert receipt["ticket"]["priority"] == "elderly"
    row = hall.newest()
    assert (row["ticket_number"], row["applicant"]) == ("A-001", NAME)
    found = hall.get(f"/dossiers?ticket={receipt['ticket']['id']}", hall.clerk).json()["dossiers"]
    assert [each["code"] for each in found] == [receipt["code"]]


def test_outside_the_hours_a_dossier_is_filed_all_the_same_but_no_ticket_is_given(hall: FilingHouse) -> None:
    hall.hall = replace(SMALL_HALL, hours=NINE_TO_FIVE)
    hall.now = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # 20:00
    assert hall.filed(procedure="1.002")["ticket"] is None
    late = hall.filed()
    assert datetime.fromisoformat(late["due_at"]) == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


def test_the_same_key_gives_the_same_receipt_and_another_request_under_it_is_refused(hall: FilingHouse) -> None:
    first = hall.filed(key="key-00001", procedure="1.002")
    assert hall.filed(key="key-00001", procedure="1.002") == first
    other = hall.file(key="key-00001", answers=answers(copies=4))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert hall.rows("SELECT COUNT(*) FROM dossier") == [(1,)]
    assert hall.rows("SELECT COUNT(*) FROM ticket") == [(1,)]


def test_the_same_content_on_the_same_day_is_the_same_dossier_until_it_has_ended(hall: FilingHouse) -> None:
    first = hall.filed()
    assert hall.filed()["code"] == first["code"]
    assert hall.filed(answers=answers(copies=4))["code"] != first["code"]
    hall.worked(1, "withdrawn", reason="Nộp nhầm")
    assert hall.filed()["code"].endswith("-0003")


def test_the_next_day_it_is_another_dossier_and_the_sequence_begins_anew(hall: FilingHouse) -> None:
    hall.now = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)  # one second before midnight in the hall
    assert hall.filed()["code"].endswith("-261231-0001")
    hall.later(seconds=1)
    assert hall.filed()["code"].endswith("-270101-0001")


def test_what_a_key_filed_can_be_asked_after_a_cut(hall: FilingHouse) -> None:
    assert hall.get("/dossiers/filed", hall.kiosk, key="key-00001").json() == {"receipt": None}
    receipt = hall.filed(key="key-00001")
    assert hall.get("/dossiers/filed", hall.kiosk, key="key-00001").json() == {"receipt": receipt}
    other = hall.token("kiosk", "kiosk-2")
    assert hall.get("/dossiers/filed", other, key="key-00001").json() == {"receipt": None}


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"procedure": "9.999"}, 422, "procedure-unknown"),
    ({"procedure": "1.003"}, 409, "procedure-not-filed"),
    ({"form_version": "2020-01-01"}, 409, "form-changed"),
    ({"answers": answers(name=None)}, 422, "answers-wrong"),
    ({"answers": answers(commune="99999")}, 422, "answers-wrong"),
    ({"confirmed": False}, 422, "confirmation-missing"),
    ({"owner": {"id": OTHER_OWNER, "birth_date": BORN}}, 422, "owner-differs"),
    ({"owner": {"id": OWNER, "birth_date": "1991-01-01"}}, 422, "owner-differs"),
    ({"papers": []}, 422, "paper-missing"),
    ({"papers": [{"type": "XYZ", "source": "at-counter"}]}, 422, "paper-unknown"),
    ({"papers": [{"type": "GCS", "source": "at-counter"}] * 2}, 422, "paper-unknown"),
    ({"papers": [{"type": "GCS", "source": "captured"}]}, 422, "attachment-unknown"),
    ({"papers": [{"type": "GCS", "source": "captured", "digest": "a" * 64}]}, 422, "attachment-unknown"),
    ({"papers": [{"type": "GCS", "source": "held"}]}, 409, "held-paper-gone"),
    ({"procedure": "1.002", "priority": "nobody"}, 422, "priority-unknown"),
]


def test_what_does_not_fit_is_refused_and_nothing_is_kept(hall: FilingHouse) -> None:
    for number, (changed, status, code) in enumerate(REFUSED):
        answer = hall.post("/dossiers", hall.kiosk, {**request(), **changed}, key=f"key-{number:05}")
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert NAME not in answer.text
    for table in ("dossier", "dossier_event", "dossier_paper", "dossier_sequence", "ticket", "idempotency"):
        assert hall.rows(f"SELECT COUNT(*) FROM {table}") == [(0,)], table


def test_a_refusal_says_which_answers_are_wrong_and_never_what_they_were(hall: FilingHouse) -> None:
    answer = hall.file(answers=answers(name="R2D2 Secret", commune="99999"))
    complaints = {each["field"]: each["code"] for each in answer.json()["complaints"]}
    assert complaints == {"name": "not-a-name", "commune": "not-a-place"}
    assert "R2D2" not in answer.text
    assert all(each["detail"] for each in answer.json()["complaints"])


def test_answers_to_what_was_not_asked_are_not_kept(hall: FilingHouse) -> None:
    hall.filed(answers=answers(child="Trần Bình"))
    fields = [each["field"] for each in hall.look(1)["answers"]]
    assert fields == ["name", "owner_id", "born", "commune", "phone", "way", "copies"]


def test_a_paper_in_the_hall_is_used_again_and_counted(hall: FilingHouse) -> None:
    assert hall.post("/dossiers/held", hall.kiosk, held()).json() == {"papers": []}
    hall.filed(hall.captured())
    (paper,) = hall.post("/dossiers/held", hall.kiosk, held()).json()["papers"]
    assert paper == {"type": "GCS", "digitised_on": "2026-11-23", "valid_until": "2026-12-22"}
    receipt = hall.filed({"type": "GCS", "source": "held"}, answers=answers(copies=9))
    assert receipt["reused"] == 1
    assert hall.look(2)["papers"][0]["digest"] == hall.look(1)["papers"][0]["digest"]


def test_what_share_of_dossiers_asked_for_no_paper_twice_is_known(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.filed({"type": "GCS", "source": "held"}, answers=answers(copies=9))
    hall.filed(hall.captured(shade=9), answers=answers(copies=8))
    today = hall.now.date()
    told = hall.db.submit(lambda tx: reuse_between(tx.sql, today, today)).result()
    assert (told.dossiers, told.asked_once, told.reused) == (3, 2, 1)
    assert round(told.share or 0, 2) == 0.67
    other = today.replace(year=2020)
    assert hall.db.submit(lambda tx: reuse_between(tx.sql, other, other)).result().share is None


def test_nobody_is_told_of_anothers_papers(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    for changed in ({"id": OTHER_OWNER}, {"birth_date": "1990-05-18"}):
        assert hall.post("/dossiers/held", hall.kiosk, held(**changed)).json() == {"papers": []}


def test_a_held_paper_is_offered_on_its_last_day_and_not_after_it(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.later(days=29)
    assert len(hall.post("/dossiers/held", hall.kiosk, held()).json()["papers"]) == 1
    hall.later(days=1)
    assert hall.post("/dossiers/held", hall.kiosk, held()).json() == {"papers": []}
    refused = hall.file({"type": "GCS", "source": "held"})
    assert refused.json()["code"] == "held-paper-gone"


def test_papers_of_a_refused_dossier_are_not_offered_again(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "refused", reason="Không đúng thẩm quyền")
    assert hall.post("/dossiers/held", hall.kiosk, held()).json() == {"papers": []}


def test_asking_for_many_owners_papers_is_slowed_down(hall: FilingHouse) -> None:
    codes = [hall.post("/dossiers/held", hall.kiosk, held()).status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]


def test_nothing_personal_stands_in_the_files_in_the_open(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "supplement-requested", reason=f"Thiếu giấy của {NAME}")
    folder = hall.db.path.parent
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"supplement-requested" in kept
    for personal in (NAME, OWNER, "0912345678", "Thiếu giấy", "\\u1ea5y"):
        assert personal.encode() not in kept, personal


def held(**changed: str) -> dict[str, Any]:
    return {"owner": {"id": OWNER, "birth_date": BORN, **changed}, "types": ["KHAC", "GCS"]}
