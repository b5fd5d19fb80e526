"""A citizen's whole visit without a clerk, walked without a screen."""

from __future__ import annotations

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from queue_server.contract import Language, Value
from tests.kiosk.walking import KEY, Walk, receipt

ANSWERS: dict[str, Value] = {
    "declarant_name": "Nguyễn Thị Hương",
    "declarant_id": "015190012345",
    "declarant_born": "1990-02-28",
    "phone": "0912345678",
    "home": "02680",
    "child_name": "Trần Minh An",
    "child_born": "2026-11-20",
    "child_sex": "female",
    "child_home": "02680",
    "birth_province": "15",
    "married": True,
    "married_year": 2020,
    "copies": 2,
    "languages": ["vi", "en"],
    "place": "Bệnh viện đa khoa",
    "signature": "M10 20 L30 40 L50 60 M100 100 L200 200",
}


def test_a_birth_is_found_filled_in_filed_and_its_receipt_printed() -> None:
    walk = Walk().questions(BIRTH).fill(ANSWERS).filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert sent.key == KEY
    assert dict(sent.request.answers) == ANSWERS
    assert sent.request.owner.id == ANSWERS["declarant_id"]
    assert sent.request.confirmed
    walk.did(visit.Filed(KEY, receipt())).at(Screen.RECEIPT)
    assert walk.took(ask.PrintReceipt) == [ask.PrintReceipt(receipt(), walk.state.reply, Language.VI)]
    walk.did(on.Home()).at(Screen.ATTRACT)
    assert walk.state.visit is None
    assert walk.took(ask.Wipe)
