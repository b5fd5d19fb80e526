"""A copy that the hall holds is offered while it is valid, from the right day on, and never once it was refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.procedure import Procedure
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import BORN, CATALOGUE, OWNER, PLACES, answers
from tests.queue_server.small_hall import SMALL_HALL

HELD = {"type": "GCS", "source": "held"}


def issued(catalogue: Catalogue, field: str) -> Catalogue:
    """The same catalogue, with the paper's day of issue asked for in `field`."""

    def dated(procedure: Procedure) -> Procedure:
        first, *others = procedure.papers
        return replace(procedure, papers=(replace(first, issued=field), *others))

    versions = {code: tuple(dated(each) for each in all_of) for code, all_of in catalogue.procedures.items()}
    return replace(catalogue, procedures=versions)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[FilingHouse]:
    with FilingHouse(tmp_path / "data", SMALL_HALL, catalogue=CATALOGUE, places=PLACES) as running:
        yield running


def offered(hall: FilingHouse) -> list[dict[str, Any]]:
    asked = {"owner": {"id": OWNER, "birth_date": BORN}, "types": ["GCS", "KHAC"]}
    return hall.post("/dossiers/held", hall.kiosk, asked).json()["papers"]


def put(hall: FilingHouse, dossier: int, kind: str, shade: int) -> dict[str, Any]:
    copy = hall.captured(kind, shade)
    answer = hall.request(
        "PUT", f"/dossiers/{dossier}/papers/{kind}", token=hall.clerk, json={"digest": copy["digest"]}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_copy_is_valid_from_the_day_on_which_a_clerk_received_it(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    assert offered(hall)[0]["valid_until"] == "2026-12-22", "two procedures on one day need it once"
    hall.later(days=3)
    hall.worked(1, "received", papers=["CCCD"])
    assert offered(hall) == [{"type": "GCS", "digitised_on": "2026-11-23", "valid_until": "2026-12-25"}]


def test_a_paper_that_says_when_it_was_issued_is_valid_from_then(tmp_path: Path) -> None:
    dated = issued(CATALOGUE, "born")
    with FilingHouse(tmp_path / "data", SMALL_HALL, catalogue=dated, places=PLACES) as hall:
        hall.filed(hall.captured(), answers=answers())
        assert offered(hall) == [], "issued on the day of birth, and over since"
        hall.worked(1, "received", papers=["CCCD"])
        assert offered(hall) == []


@pytest.mark.parametrize("act", ["refused", "supplement-requested"])
def test_what_a_clerk_turned_down_is_not_offered_wherever_it_came_from_first(hall: FilingHouse, act: str) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "received", papers=["CCCD"])
    hall.filed(HELD, answers=answers(copies=9))
    hall.worked(2, act, reason="Giấy chứng sinh mờ.")
    assert offered(hall) == []


def test_a_refused_copy_stays_refused_though_another_dossier_with_it_is_received(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.filed(HELD, answers=answers(copies=9))
    hall.worked(2, "refused", reason="Giấy chứng sinh mờ.")
    hall.worked(1, "received", papers=["CCCD"])
    assert offered(hall) == []
    put(hall, 1, "GCS", shade=9)
    assert len(offered(hall)) == 1, "a new copy is another paper"


def test_a_copy_that_was_asked_for_anew_is_not_offered_by_way_of_another_dossier(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.filed(HELD, answers=answers(copies=9))
    hall.worked(2, "supplement-requested", reason="Giấy chứng sinh mờ.")
    hall.worked(1, "received", papers=["CCCD"])
    assert offered(hall) == []
    hall.filed(hall.captured(), answers=answers(copies=8))
    assert offered(hall) == []
    put(hall, 2, "GCS", 77)
    hall.worked(2, "supplemented")
    hall.worked(2, "received", papers=["CCCD"])
    assert len(offered(hall)) == 1, "the copy that was brought, found right"


def test_a_supplemented_dossier_offers_its_papers_again_once_it_is_received(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "supplement-requested", reason="Giấy chứng sinh mờ.")
    better = put(hall, 1, "GCS", shade=9)["papers"][0]["digest"]
    hall.worked(1, "supplemented")
    hall.later(days=1)
    hall.worked(1, "received", papers=["CCCD"])
    assert [each["valid_until"] for each in offered(hall)] == ["2026-12-23"]
    assert hall.rows("SELECT digest FROM held_paper") == [(better,)]


def test_a_paper_digitised_at_the_counter_is_held_and_noted(hall: FilingHouse) -> None:
    hall.filed()
    put(hall, 1, "GCS", shade=9)
    assert len(offered(hall)) == 1
    assert hall.rows("SELECT actor, dossier FROM personal_audit WHERE act = 'paper-digitised'") == [("device:lan", 1)]


def test_a_paper_left_out_at_the_kiosk_can_be_added_at_the_counter(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    assert [each["type"] for each in hall.look(1)["papers"] if each["left_out"]] == ["KHAC"]
    view = put(hall, 1, "KHAC", shade=9)
    added = view["papers"][-1]
    assert (added["type"], added["source"], added["left_out"], added["pages"]) == ("KHAC", "captured", False, 1)
    assert hall.get("/dossiers/1/papers/KHAC", hall.clerk).status_code == 200
    strange = hall.request(
        "PUT", "/dossiers/1/papers/XYZ", token=hall.clerk, json={"digest": hall.captured(shade=3)["digest"]}
    )
    assert strange.json()["code"] == "paper-unknown"
    assert hall.faults() == []
