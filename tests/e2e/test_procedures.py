"""Each procedure of the catalogue from the first touch to its receipt or ticket, in both languages, against one real
server, with a card from a real scanner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from hardware.scanners.fake_device import FakeDevice, fake_serial
from kiosk import effects as do
from kiosk import events as on
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.course import procedure
from kiosk.visit.papers import wanted
from queue_server.contract import SIGNED_AT_COUNTER, Control, Language, Outcome, Value
from tests.e2e.headless_kiosk import HeadlessKiosk
from tests.e2e.test_filing import answers_for, dossiers, offered, sheet
from tests.faults import runs
from tests.hall_server import RunningHall, running_hall
from tests.kiosk.real_catalogue import filed_here, real_catalogue
from tests.kiosk.test_cards import card

OLD = date(1951, 3, 4)
FILED = [
    (code, language)
    for place, code in enumerate(filed_here())
    for turn, language in enumerate(Language)
    if runs(0, 1) or (place + turn) % 2 == 0
]
"""Each in both languages under `make faults`; else in one, by turns."""
EXPLAINED = tuple(one.code for one in real_catalogue().procedures if one.code not in filed_here())


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with running_hall(tmp_path_factory.mktemp("hall"), demo=True) as running:
        yield running


@pytest.fixture(scope="module")
def scanner() -> Iterator[FakeDevice]:
    with fake_serial() as device:
        yield device


@pytest.fixture(scope="module")
def kiosk(hall: RunningHall, scanner: FakeDevice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadlessKiosk]:
    folder = tmp_path_factory.mktemp("kiosk")
    made = HeadlessKiosk(hall.url, hall.token("kiosk", "kiosk-1"), folder, f"{scanner.url}?again_s=0")
    yield made.ready()
    made.stop()


@pytest.fixture(autouse=True)
def welcome(kiosk: HeadlessKiosk) -> None:
    kiosk.until(lambda state: state.equipment.scanner)
    if kiosk.state.screen is not Screen.ATTRACT:
        kiosk.did(on.Home(), on.Home())
    kiosk.effects.clear()
    kiosk.ready()


def told(kiosk: HeadlessKiosk, code: str, language: Language) -> HeadlessKiosk:
    kiosk.advice(code)
    kiosk.did(on.SwitchLanguage(language)).at(Screen.ADVICE)
    return kiosk


@pytest.mark.parametrize(("code", "language"), FILED)
def test_a_procedure_is_filed_from_the_first_touch_to_the_receipt(
    kiosk: HeadlessKiosk, hall: RunningHall, scanner: FakeDevice, code: str, language: Language
) -> None:
    before, papers = dossiers(hall), len(list((kiosk.folder / "paper").glob("*")))
    form = offered(kiosk, code).form
    assert form is not None
    answers: dict[str, Value] = dict(answers_for(form, datetime.now(UTC).date()))
    if language is Language.EN:
        # Somebody else, and one who cannot draw.
        answers |= {one.field: f"{answers[one.field]} Hai" for one in form.questions if _names(one.field, answers)}
        answers |= {one.field: SIGNED_AT_COUNTER for one in form.questions if one.control is Control.SIGNATURE}
    told(kiosk, code, language).did(visit.FillIn(), visit.Agree()).at(Screen.IDENTIFY)
    scanner.show("https://example.com/a-prize")
    kiosk.until(lambda state: bool(state.visit and state.visit.scan_problem))
    scanner.show_slowly(card(OLD, new=language is Language.EN))
    seen = kiosk.until(lambda state: bool(state.visit and state.visit.card)).visit
    assert seen is not None
    assert (seen.age_priority, seen.scan_problem) == ("elderly", None)
    kiosk.did(visit.Done()).at(Screen.QUESTION).fill(answers).did(visit.Equipped(scanner=True, camera=True))
    kiosk.did(visit.Done()).until(lambda state: state.visit is None or not state.visit.working)
    if shown := [one.type for one in wanted(kiosk.state) if one.digitise and not one.shown][:1]:
        kiosk.photograph(shown[0], sheet()).at(Screen.PAPERS)
    assert kiosk.state.visit is not None
    kiosk.did(*(visit.BringPaper(stand.type) for stand in kiosk.state.visit.papers if stand.source is None))
    if kiosk.state.screen is Screen.PAPERS:
        kiosk.did(visit.Done())
    chosen = procedure(kiosk.state)
    assert chosen is not None
    if chosen.outcome is Outcome.PREPARED:
        kiosk.at(Screen.PRIORITY).did(on.ChoosePriority("elderly"))
    kiosk.read_all().did(visit.FileIt(f"key-{code}-{language}")).on_screen(Screen.RECEIPT)
    here = kiosk.state.visit
    assert here is not None
    assert here.receipt is not None
    receipt = here.receipt
    assert dossiers(hall) == before + 1
    assert (receipt.ticket is not None) is (chosen.outcome is Outcome.PREPARED)
    assert (receipt.due_at is not None) is (chosen.outcome is not Outcome.PREPARED)
    if receipt.ticket is not None:
        assert receipt.ticket.priority == "elderly"
    signs = any("Tờ khai" in paper.vi for paper in receipt.papers_at_counter)
    assert signs is (language is Language.EN)
    slips = len(kiosk.took(do.Print)) + len(kiosk.took(ask.PrintReceipt))
    assert slips == (2 if receipt.ticket else 1)
    kiosk.until(lambda _: len(list((kiosk.folder / "paper").glob("*"))) == papers + slips)
    assert not list((kiosk.folder / "state").glob("*.filing"))
    kiosk.did(on.Home()).ready()
    kiosk.ways().did(on.SwitchLanguage(language), visit.LookUpDossier()).type(receipt.code).did(visit.Done())
    status = kiosk.until(lambda state: state.screen is Screen.STATUS).visit
    assert status is not None
    assert status.status is not None
    assert status.status.code == receipt.code


def _names(field: str, answers: dict[str, Value]) -> bool:
    return field.endswith("_name") and isinstance(answers.get(field), str)


@pytest.mark.parametrize("code", EXPLAINED)
def test_what_is_only_explained_ends_with_a_list_and_a_number(kiosk: HeadlessKiosk, code: str) -> None:
    language = list(Language)[EXPLAINED.index(code) % 2]
    told(kiosk, code, language).did(visit.FillIn()).at(Screen.ADVICE).did(visit.PrintChecklist())
    kiosk.did(visit.TakeNumber()).at(Screen.PRIORITY).did(on.ChoosePriority(None)).at(Screen.CONFIRM)
    kiosk.did(on.Confirm(f"key-{code}")).on_screen(Screen.TICKET)
    assert kiosk.state.ticket is not None
    assert kiosk.state.ticket.service == offered(kiosk, code).service
    kiosk.until(lambda state: state.printing.value == "done")
    assert len(kiosk.took(ask.PrintList)) == 1
