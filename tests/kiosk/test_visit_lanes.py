"""What a visit asks of the server, by the real threads, and what the kiosk keeps on its disk meanwhile."""

from __future__ import annotations

import hashlib
import io
import queue
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kiosk import effects as do
from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, VERSION
from kiosk.fake_hall import FakeHall, problem
from kiosk.lanes import Hands
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.vault import Vault
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.state import CONSENT_VERSION
from kiosk.visit_lane import FINISHED_S, dossier_code
from queue_server.contract import (
    CheckInRequest,
    DeclarationReply,
    DossierDraft,
    DossierStatus,
    FileRequest,
    HeldRequest,
    HelpRequest,
    Language,
    Owner,
    PaperPart,
)
from tests.kiosk.walking import ANSWERS
from tests.waiting import until

WAIT_S = 30.0
KEY = "key-1"
OWNER = Owner(id=str(ANSWERS["declarant_id"]), birth_date=str(ANSWERS["declarant_born"]))  # type: ignore[arg-type]


def photograph() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((200, 280), 60).save(made, "JPEG")
    return made.getvalue()


def request(*papers: PaperPart) -> FileRequest:
    return FileRequest(
        procedure=BIRTH,
        form_version=VERSION,
        answers=ANSWERS,
        owner=OWNER,
        papers=papers,
        confirmed=True,
        consent=CONSENT_VERSION,
    )


class Bench:
    """Hands whose answers wait in a queue."""

    def __init__(self, hall: FakeHall, folder: Path) -> None:
        self.answers: queue.Queue[on.Event] = queue.Queue()
        self.hall = hall
        self.folder = folder
        self.vault = Vault()
        printers = (f"preview://{folder / 'paper'}",)
        settings = Settings(hall.url, hall.token, printers, state=folder / "state", spool=folder / "spool")
        self.hands = Hands(settings, self.answers.put, self.vault)

    def answer(self, effect: do.Effect) -> on.Event:
        self.hands.run(effect)
        return self.until(on.Event)

    def until(self, kind: type[on.Event]) -> on.Event:
        while True:
            answer = self.answers.get(timeout=WAIT_S)
            if isinstance(answer, kind):
                return answer

    def filing(self, key: str = KEY) -> ask.FileDossier:
        handles = (self.vault.put(photograph()), self.vault.put(photograph()))
        part = PaperPart(type="giay-chung-sinh", source="captured")  # type: ignore[arg-type]
        return ask.FileDossier(key, request(part), (("giay-chung-sinh", handles),))

    def marks(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "state").glob("*.filing"))


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    with FakeHall(self_service=True) as running:
        yield running


@pytest.fixture
def bench(hall: FakeHall, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(hall, tmp_path)
    yield made
    made.hands.stop()


def test_papers_go_first_as_pdf_under_their_digest_then_the_dossier(bench: Bench) -> None:
    filed = bench.answer(bench.filing())
    assert filed == visit.Filed(KEY, bench.hall.filing.receipts[KEY])
    (sent,) = bench.hall.filing.requests
    digest = sent[1].papers[0].digest
    assert digest is not None
    data = bench.hall.filing.attachments[digest]
    assert hashlib.sha256(data).hexdigest() == digest
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 2


def test_sent_again_a_filing_is_the_same_to_the_byte(bench: Bench) -> None:
    effect = bench.filing()
    bench.hall.broken = True
    assert isinstance(bench.answer(effect), visit.FilingUncertain)
    bench.hall.broken = False
    assert isinstance(bench.answer(effect), visit.Filed)
    assert isinstance(bench.answer(effect), visit.Filed)
    first, second = (made[1] for made in bench.hall.filing.requests)
    assert first == second
    assert len(bench.hall.filing.receipts) == 1


def test_the_key_stands_on_the_disk_until_the_receipt_is_spooled(bench: Bench) -> None:
    bench.hall.broken = True
    assert isinstance(bench.answer(bench.filing()), visit.FilingUncertain)
    assert bench.marks() == [f"{KEY}.filing"]
    bench.hall.broken = False
    filed = bench.answer(bench.filing())
    assert isinstance(filed, visit.Filed)
    assert bench.marks() == [f"{KEY}.filing"]
    bench.hands.run(ask.PrintReceipt(filed.receipt, bench.hall.reply, Language.VI))
    bench.until(on.Printed)
    bench.hands.stop()
    assert bench.marks() == []
    assert list((bench.folder / "paper").iterdir())


def test_sent_once_more_after_its_receipt_went_to_paper_it_leaves_no_key(bench: Bench) -> None:
    effect = ask.FileDossier(KEY, request(), ())
    filed = bench.answer(effect)
    assert isinstance(filed, visit.Filed)
    bench.hands.run(ask.PrintReceipt(filed.receipt, bench.hall.reply, Language.VI))
    bench.until(on.Printed)
    bench.hands.run(effect)
    bench.hands.stop()
    assert bench.marks() == []
    assert len(bench.hall.filing.requests) == 1


def test_a_refusal_leaves_no_key(bench: Bench) -> None:
    bench.hall.refusal = problem(422, "answers-wrong", "Có câu trả lời chưa đúng.", "Mời xem lại.")
    effect = ask.FileDossier(KEY, request(), ())
    assert bench.answer(effect) == visit.FilingRefused(KEY, bench.hall.refusal)
    assert bench.marks() == []


@pytest.mark.parametrize("heard", [True, False])
def test_after_a_restart_the_kiosk_asks_what_became_of_a_filing(hall: FakeHall, tmp_path: Path, heard: bool) -> None:
    shelf = Shelf(tmp_path / "state", lambda: 1.0)
    if heard:
        hall.filing.post("/dossiers", KEY, request().model_dump_json().encode())
    Shelf(tmp_path / "state").mark(KEY)
    old = (tmp_path / "state" / f"{KEY}.filing").read_text()
    (tmp_path / "state" / f"{KEY}.filing").write_text(f"{float(old) - FINISHED_S - 1:.0f}")
    assert shelf.marks()
    bench = Bench(hall, tmp_path)
    bench.hands.run(do.FetchServices())
    if heard:
        assert bench.until(visit.LeftOverFiled) == visit.LeftOverFiled(hall.filing.receipts[KEY])
        bench.hands.run(ask.PrintReceipt(hall.filing.receipts[KEY], hall.reply, Language.VI))
        bench.until(on.Printed)
    else:
        bench.until(on.ServicesArrived)
    bench.hands.stop()
    assert bench.marks() == []


def test_nothing_personal_is_on_the_disk(bench: Bench) -> None:
    filed = bench.answer(bench.filing())
    assert isinstance(filed, visit.Filed)
    bench.hands.run(ask.PrintReceipt(filed.receipt, bench.hall.reply, Language.VI))
    bench.until(on.Printed)
    bench.hands.stop()
    personal = [
        str(value).encode() for field, value in ANSWERS.items() if field.split("_")[-1] in {"name", "id", "born"}
    ]
    files = [path for path in bench.folder.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files for value in personal if value in path.read_bytes()]


def test_when_the_citizen_goes_pictures_and_papers_go(bench: Bench) -> None:
    bench.hall.broken = True
    bench.answer(bench.filing())
    assert len(bench.vault)
    bench.hands.run(ask.Wipe())
    bench.hands.stop()
    assert not len(bench.vault)


def test_a_filing_whose_pictures_are_gone_is_not_sent_without_them(bench: Bench) -> None:
    effect = bench.filing()
    bench.vault.wipe()
    assert isinstance(bench.answer(effect), visit.FilingUncertain)
    assert not bench.hall.filing.requests


def test_the_catalogue_is_there_after_a_restart_without_the_server(bench: Bench, hall: FakeHall) -> None:
    bench.hands.run(ask.FetchCatalogue())
    arrived = bench.until(visit.CatalogueArrived)
    assert isinstance(arrived, visit.CatalogueArrived)
    bench.hands.run(ask.KeepCatalogue(arrived.reply))
    bench.hands.stop()
    hall.silent = True
    again = Bench(hall, bench.folder)
    assert again.until(visit.PlacesArrived) == visit.PlacesArrived(hall.filing.places)
    assert again.until(visit.CatalogueArrived) == visit.CatalogueArrived(hall.filing.catalogue)
    hall.release()
    again.hands.stop()


def test_a_catalogue_on_the_disk_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text("{")
    assert Shelf(tmp_path).catalogue() is None


def test_the_pages_of_a_declaration_lie_in_the_vault(bench: Bench) -> None:
    asked = ask.DrawDeclaration(draft())
    drawn = bench.answer(asked)
    assert isinstance(drawn, visit.DeclarationArrived)
    assert drawn.asked == asked
    assert drawn.reply.pages == ()
    (page,) = (bench.vault.get(handle) for handle in drawn.pages)
    assert page is not None
    assert page.startswith(b"\x89PNG")


def draft() -> DossierDraft:
    return DossierDraft(**request().model_dump(include=set(DossierDraft.model_fields)))


def test_a_declaration_that_comes_when_the_citizen_has_left_stays_in_no_vault(bench: Bench) -> None:
    client = bench.hands._client("visit")
    drawn = client.declaration

    def drawn_too_late(draft: DossierDraft) -> DeclarationReply:
        reply = drawn(draft)
        bench.hands.run(ask.Wipe())
        return reply

    client.declaration = drawn_too_late  # type: ignore[method-assign]
    assert isinstance(bench.answer(ask.DrawDeclaration(draft())), visit.DeclarationArrived)
    until(lambda: len(bench.vault) == 0)


def test_a_paper_that_is_made_when_the_citizen_has_left_stays_in_no_vault(bench: Bench) -> None:
    effect, put = bench.filing(), bench.vault.put

    def put_too_late(data: bytes) -> str:
        bench.hands.run(ask.Wipe())
        return put(data)

    bench.vault.put = put_too_late  # type: ignore[method-assign]
    assert isinstance(bench.answer(effect), visit.Filed)
    until(lambda: len(bench.vault) == 0)


def test_what_the_next_citizen_asked_is_forgotten_too_though_the_lane_still_waits_for_the_one_before(
    bench: Bench,
) -> None:
    client, go_on = bench.hands._client("visit"), threading.Event()
    status = client.status

    def slow(code: str, language: Language) -> DossierStatus:
        go_on.wait(WAIT_S)
        return status(code, language)

    client.status = slow  # type: ignore[method-assign]
    bench.hands.run(ask.LookUp("H57.132-000000-0000", Language.VI))
    bench.hands.run(ask.Wipe())
    bench.hands.run(ask.DrawDeclaration(draft()))
    bench.hands.run(ask.Wipe())
    go_on.set()
    assert isinstance(bench.until(visit.DeclarationArrived), visit.DeclarationArrived)
    until(lambda: len(bench.vault) == 0)


def test_held_papers_status_help_and_check_in_are_asked(bench: Bench) -> None:
    bench.hall.filing.held = frozenset({"ket-hon"})
    held = bench.answer(ask.AskHeld(HeldRequest(owner=OWNER, types=("ket-hon", "can-cuoc"))))
    assert isinstance(held, visit.HeldArrived)
    assert [paper.type for paper in held.reply.papers] == ["ket-hon"]
    filed = bench.answer(ask.FileDossier(KEY, request(), ()))
    assert isinstance(filed, visit.Filed)
    for text in (filed.receipt.code, filed.receipt.track_url, filed.receipt.track_url + "/"):
        found = bench.answer(ask.LookUp(text, Language.VI))
        assert isinstance(found, visit.StatusArrived)
        assert found.status.code == filed.receipt.code
    unknown = bench.answer(ask.LookUp("H57.132-000000-0000", Language.VI))
    assert isinstance(unknown, visit.RequestFailed)
    assert unknown.problem is not None
    assert bench.answer(ask.AskForHelp(HelpRequest(screen="question"))) == visit.HelpIsComing(answered=False)
    assert bench.answer(ask.FetchHelp()) == visit.HelpIsComing(answered=False)
    ticket = bench.answer(ask.CheckInAt("k2", CheckInRequest(code="ABC234"), Language.VI))
    assert ticket == on.TicketIssued("k2", bench.hall.tickets["k2"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("H57.132-260804-0583", "H57.132-260804-0583"),
        (" 000.00.12.H62-201105-0004 ", "000.00.12.H62-201105-0004"),
        ("https://motcua.example/d/Zk3vQ8sWq1LrT0mX", "Zk3vQ8sWq1LrT0mX"),
        ("https://motcua.example/d/", None),
        ("../../etc/passwd", None),
        ("http://[", None),
        ("a" * 10_000, None),
        ("H57?x=1", None),
    ],
)
def test_what_is_typed_or_scanned_becomes_a_code_or_nothing(text: str, code: str | None) -> None:
    assert dossier_code(text) == code
