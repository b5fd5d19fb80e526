"""What is erased is gone from the disk, and its dossier stands as ended: nobody is sent to a counter with it."""

from __future__ import annotations

import pytest

from queue_server.domain.ids import Actor
from queue_server.service.dossiers import forgetting
from tests.queue_server.dossiers.filing_house import FilingHouse

SYSTEM = Actor("system")


def erased(hall: FilingHouse) -> int:
    return forgetting.erase_due(hall.db, hall.app.state.context.dossiers.files, hall.hall, hall.now, SYSTEM)


def test_an_erased_draft_is_ended_and_sends_nobody_to_the_counter(hall: FilingHouse) -> None:
    code = hall.filed(procedure="1.002")["code"]
    hall.later(days=7)
    assert erased(hall) == 1
    told = hall.get(f"/dossiers/status/{code}").json()
    assert (told["state"], told["note"]) == ("withdrawn", None)
    view = hall.look(1)
    assert ([each["act"] for each in view["events"]], view["acts"]) == (["prepared", "lapsed"], [])
    assert hall.get("/dossiers", hall.clerk).json()["counts"] == {"withdrawn": 1}
    assert hall.get("/dossiers?state=draft", hall.clerk).json()["dossiers"] == []


@pytest.mark.parametrize(
    "acts",
    [
        (),
        (("supplement-requested", {"reason": "Thiếu giấy"}),),
        (("received", {"papers": ["GCS"]}), ("result-made", {})),
    ],
)
def test_a_dossier_that_nobody_went_on_with_is_erased_a_year_after_its_last_event(
    hall: FilingHouse, acts: tuple[tuple[str, dict[str, object]], ...]
) -> None:
    hall.filed(hall.captured())
    hall.later(days=100)
    for act, more in acts:
        hall.worked(1, act, **more)
    hall.later(days=364 if acts else 264)
    assert erased(hall) == 0
    hall.later(days=1)
    assert erased(hall) == 1
    view = hall.look(1)
    assert (view["state"], view["applicant"], view["events"][-1]["act"]) == ("withdrawn", "", "lapsed")
    assert view["events"][-1]["actor"] == "system"


def test_what_a_clerk_works_on_is_never_erased_by_itself(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "received", papers=["GCS"])
    hall.later(days=3000)
    assert erased(hall) == 0


def test_nobody_lapses_a_dossier_by_hand(hall: FilingHouse) -> None:
    hall.filed()
    assert hall.work(1, "lapsed").json()["code"] == "dossier-act-illegal"


def test_what_was_erased_is_in_no_byte_of_the_database_or_its_log(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "refused", reason="Giấy của ông Nam không hợp lệ")
    pieces = [
        bytes(piece)[at : at + 24]
        for (piece,) in hall.rows(
            "SELECT owner FROM dossier UNION ALL SELECT answers FROM dossier UNION ALL SELECT owner_key FROM dossier"
            " UNION ALL SELECT reason FROM dossier_reason"
        )
        for at in range(0, len(bytes(piece)) - 24, 24)
    ]
    assert pieces

    def on_the_disk() -> int:
        content = b"".join(path.read_bytes() for path in hall.db.path.parent.glob("motcua.db*"))
        return sum(piece in content for piece in pieces)

    assert on_the_disk() > 0
    hall.later(days=365)
    assert erased(hall) == 1
    assert on_the_disk() == 0
