"""A citizen files without a clerk, against the real server: once, whatever is cut off on the way."""

from __future__ import annotations

import io
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from PIL import Image

from kiosk import events as on
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.papers import wanted
from queue_server.contract import Form, PaperSource, Procedure
from tests.e2e.headless_kiosk import HeadlessKiosk
from tests.form_answers import valid
from tests.hall_server import RunningHall, running_hall

BIRTH, MARRIAGE = "1.001193", "1.000894"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    with running_hall(tmp_path, demo=True) as running:
        yield running


@pytest.fixture
def kiosk(hall: RunningHall, tmp_path: Path) -> Iterator[HeadlessKiosk]:
    made = HeadlessKiosk(hall.url, hall.token("kiosk", "kiosk-1"), tmp_path / "kiosk")
    yield made.ready()
    made.stop()


def filled(kiosk: HeadlessKiosk, code: str) -> HeadlessKiosk:
    """All questions of the procedure answered rightly, up to the papers."""
    procedure = offered(kiosk, code)
    assert procedure.form is not None
    answers = answers_for(procedure.form, datetime.now(UTC).date())
    kiosk.questions(code).fill(answers).did(visit.Done())
    kiosk.until(lambda state: state.visit is None or not state.visit.working)
    return kiosk


def answers_for(form: Form, today: date) -> dict[str, Any]:
    """Right answers to all that `form` asks."""
    calm = settings(
        database=None,
        derandomize=True,
        max_examples=20,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    return find(valid(form, today), lambda _: True, settings=calm)


def offered(kiosk: HeadlessKiosk, code: str) -> Procedure:
    assert kiosk.state.catalogue is not None
    return next(one for one in kiosk.state.catalogue.procedures if one.code == code)


def sheet() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((900, 1270), 40).save(made, "JPEG")
    return made.getvalue()


def dossiers(hall: RunningHall) -> int:
    with sqlite3.connect(f"file:{hall.data / 'motcua.db'}?mode=ro", uri=True) as opened:
        return int(opened.execute("SELECT count(*) FROM dossier").fetchone()[0])


def test_a_birth_is_filed_with_its_paper_and_looked_up(kiosk: HeadlessKiosk, hall: RunningHall) -> None:
    kiosk.did(visit.Equipped(scanner=False, camera=True))
    filled(kiosk, BIRTH).at(Screen.PAPERS)
    shot = next(paper.type for paper in wanted(kiosk.state) if paper.digitise and not paper.shown)
    kiosk.photograph(shot, sheet()).at(Screen.PAPERS)
    assert kiosk.state.visit is not None
    open_ones = [stand.type for stand in kiosk.state.visit.papers if stand.source is None]
    kiosk.did(*(visit.BringPaper(one) for one in open_ones), visit.Done())
    kiosk.on_screen(Screen.DECLARATION).read_all().did(visit.FileIt("key-of-a-birth"))
    receipt = kiosk.until(lambda state: state.screen is Screen.RECEIPT).visit.receipt  # type: ignore[union-attr]
    assert receipt is not None
    assert receipt.ticket is None
    assert dossiers(hall) == 1
    kiosk.did(on.Home()).ready().ways().did(visit.LookUpDossier()).type(receipt.code).did(visit.Done())
    status = kiosk.until(lambda state: state.screen is Screen.STATUS).visit.status  # type: ignore[union-attr]
    assert status is not None
    assert status.state == "submitted"


def test_a_marriage_ends_with_a_number_and_the_prepared_dossier(kiosk: HeadlessKiosk, hall: RunningHall) -> None:
    filled(kiosk, MARRIAGE)
    kiosk.did(visit.Done()).at(Screen.PRIORITY).did(on.ChoosePriority("pregnant"))
    kiosk.read_all().did(visit.FileIt("key-of-a-marriage"))
    receipt = kiosk.until(lambda state: state.screen is Screen.RECEIPT).visit.receipt  # type: ignore[union-attr]
    assert receipt is not None
    assert receipt.ticket is not None
    assert receipt.ticket.priority == "pregnant"
    assert dossiers(hall) == 1


def test_a_server_killed_while_it_files_files_once(kiosk: HeadlessKiosk, hall: RunningHall) -> None:
    filled(kiosk, BIRTH).did(visit.Done()).read_all()
    killer = threading.Timer(0.02, hall.kill)
    killer.start()
    kiosk.did(visit.FileIt("key-of-a-cut"))
    killer.join()
    hall.start()
    kiosk.on_screen(Screen.RECEIPT)
    sent = kiosk.took(ask.FileDossier)
    assert all(one == sent[0] for one in sent)
    assert dossiers(hall) == 1


def test_a_kiosk_cut_off_after_sending_prints_the_receipt_when_it_is_back(hall: RunningHall, tmp_path: Path) -> None:
    token = hall.token("kiosk", "kiosk-1")
    first = HeadlessKiosk(hall.url, token, tmp_path / "kiosk").ready()
    filled(first, BIRTH).did(visit.Done()).read_all().did(visit.FileIt("key-of-a-fall"))
    marks = tmp_path / "kiosk" / "state"
    end = time.monotonic() + 60
    while dossiers(hall) == 0:
        assert time.monotonic() < end
    first.stop()  # nobody there has heard the answer, and nothing was printed
    (mark,) = marks.glob("*.filing")
    mark.write_text(f"{time.time() - 300:.0f}")
    second = HeadlessKiosk(hall.url, token, tmp_path / "kiosk").ready()
    second.until(lambda _: bool(second.took(ask.PrintReceipt)))
    second.until(lambda _: not list(marks.glob("*.filing")))
    second.stop()
    assert list((tmp_path / "kiosk" / "paper").iterdir())
    assert dossiers(hall) == 1


def test_a_paper_that_the_hall_holds_is_offered_again(kiosk: HeadlessKiosk) -> None:
    kiosk.did(visit.Equipped(scanner=False, camera=True))
    held, shot = [], set()
    for key in ("first", "second"):
        filled(kiosk, BIRTH)
        here = kiosk.state.visit
        assert here is not None
        held.append({stand.type for stand in here.papers if stand.held})
        for stand in here.papers:
            if stand.held:
                kiosk.did(visit.ReusePaper(stand.type))
            elif stand.source is not PaperSource.AT_COUNTER:
                kiosk.photograph(stand.type, sheet())
                shot.add(stand.type)
        kiosk.did(visit.Done()).read_all().did(visit.FileIt(f"key-{key}")).on_screen(Screen.RECEIPT)
        kiosk.did(on.Home()).ready()
    assert shot
    assert held == [set(), shot], "what was shown once is not asked for again"
