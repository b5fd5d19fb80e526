"""Whoever has filed is served to the end, also where the catalogue has changed since or no longer has the procedure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from queue_server.domain.catalogue import Catalogue
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import CATALOGUE, NAME, PLACES

LATER = replace(
    CATALOGUE,
    procedures={
        code: tuple(replace(each, version=date(2026, 11, 24)) for each in versions)
        for code, versions in CATALOGUE.procedures.items()
    },
)
"""As a hall's own file leaves it that took the earlier version out."""
WITHOUT = replace(CATALOGUE, procedures={})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two dossiers that were filed by the catalogue as it was, one of them received."""
    with FilingHouse(tmp_path / "data", catalogue=CATALOGUE, places=PLACES) as hall:
        hall.filed(hall.captured())
        hall.filed(hall.captured(shade=9), procedure="1.002")
        hall.worked(1, "received", papers=["CCCD"])
    return tmp_path / "data"


@pytest.mark.parametrize("catalogue", [LATER, WITHOUT], ids=["a later version", "without the procedure"])
def test_a_dossier_of_an_earlier_catalogue_is_worked_on_to_its_end(data: Path, catalogue: Catalogue) -> None:
    with FilingHouse(data, catalogue=catalogue, places=PLACES) as hall:
        view = hall.look(1)
        known = catalogue is LATER
        assert view["procedure_name"]["vi"] == ("Thủ tục 1.001" if known else "1.001")
        assert (view["applicant"], len(view["answers"])) == (NAME, 7)
        assert hall.get("/dossiers/1/declaration", hall.clerk).content.startswith(b"%PDF")
        for act, more in (
            ("processing-begun", {}),
            ("extended", {"reason": "Cần xác minh.", "new_due": "2026-12-30"}),
            ("supplement-requested", {"reason": "Giấy chứng sinh"}),
            ("supplemented", {}),
            ("received", {"papers": ["CCCD"]}),
            ("result-made", {}),
            ("returned", {}),
        ):
            hall.worked(1, act, **more)
        for number in ("01", "02", "04", "06", "07"):
            assert hall.get(f"/dossiers/1/forms/{number}", hall.clerk).content.startswith(b"%PDF"), number
        copy = hall.captured(shade=77)["digest"]
        put = hall.request("PUT", "/dossiers/2/papers/GCS", token=hall.clerk, json={"digest": copy})
        assert put.status_code == 200, put.text
        hall.worked(2, "withdrawn", reason="Người dân không làm nữa.")
        assert hall.faults() == []


def test_a_form_that_is_gone_is_said_to_be_gone_and_not_erased(data: Path) -> None:
    with FilingHouse(data, catalogue=Catalogue(), places=PLACES) as hall:
        refused = hall.get("/dossiers/1/declaration", hall.clerk, language="en")
        assert (refused.status_code, refused.json()["code"]) == (503, "form-gone")
        assert "small/2025-07-01" in refused.json()["detail"]
        hall.worked(1, "refused", reason="Không đủ điều kiện.")
        for number in ("03", "06", "07"):
            assert hall.get(f"/dossiers/1/forms/{number}", hall.clerk).content.startswith(b"%PDF"), number
