"""Nobody signs without having read the fee, how it is paid and when the result is due; the receipt says the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, MARRIAGE
from kiosk.papers_out import receipt_slip
from kiosk.promise_words import fee_words, promised
from kiosk.speech import spoken
from kiosk.state import Screen
from kiosk.visit import events as visit
from kiosk.words import words
from queue_server.contract import DeclarationReply, Language, LocalText
from tests.kiosk.walking import ANSWERS, KEY, NOW, Walk, receipt

NOTE = LocalText(vi="Không quá 15.000đ", en="Up to 15,000đ")
DUE = NOW + timedelta(days=1)


def told(walk: Walk, reply: DeclarationReply) -> tuple[str, ...]:
    """What the declaration's screen says of fee and result once `reply` is there."""
    walk.declaration().did(visit.DeclarationArrived(reply, ("page-1",)), on.TurnPage(1))
    return promised(walk.state, words(Language.VI))


@pytest.mark.parametrize(
    ("reply", "vietnamese", "english"),
    [
        (DeclarationReply(pages=(), fee=0), "Phí, lệ phí: miễn phí", "Fee: free"),
        (
            DeclarationReply(pages=(), fee=20000),
            "Phí, lệ phí: 20.000\N{NO-BREAK SPACE}đ, nộp tại quầy",
            "Fee: 20,000\N{NO-BREAK SPACE}đ, paid at the counter",
        ),
        (
            DeclarationReply(pages=(), fee_note=NOTE),
            "Phí, lệ phí: Không quá 15.000đ. Cán bộ sẽ cho biết số tiền theo mức quy định; nộp tại quầy.",
            "Fee: Up to 15,000đ. The clerk tells you the exact amount by the set rates; it is paid at the counter.",
        ),
        (
            DeclarationReply(pages=()),
            "Phí, lệ phí: Cán bộ sẽ cho biết số tiền theo mức quy định; nộp tại quầy.",
            "Fee: The clerk tells you the exact amount by the set rates; it is paid at the counter.",
        ),
    ],
)
def test_the_declaration_says_the_fee_and_how_it_is_paid(
    reply: DeclarationReply, vietnamese: str, english: str
) -> None:
    walk = Walk().questions(BIRTH).fill(ANSWERS)
    assert " ".join(told(walk, reply)) == vietnamese
    assert " ".join(promised(walk.state, words(Language.EN))) == english


def test_it_says_when_the_result_is_due_if_filed_now_and_reads_it_aloud() -> None:
    walk = Walk().questions(BIRTH).fill(ANSWERS)
    said = told(walk, DeclarationReply(pages=(), fee=0, due_at=DUE))
    assert said == ("Phí, lệ phí: miễn phí", "Nộp bây giờ: hẹn trả 8 giờ 00, Thứ\N{NO-BREAK SPACE}Ba 24/11/2026")
    heard = spoken(walk.state, words(Language.VI))
    assert set(said) <= set(heard)
    assert heard.index(said[0]) < heard.index("Đúng rồi, nộp hồ sơ")


def test_what_a_clerk_must_receive_first_promises_no_day() -> None:
    walk = Walk().questions(MARRIAGE).fill(ANSWERS)
    said = told(walk, DeclarationReply(pages=(), fee=0, due_at=DUE))
    assert not any("24/11" in one for one in said)
    assert any(one.startswith("Thời gian giải quyết, từ khi cán bộ tiếp nhận: ") for one in said)


def test_the_receipt_tells_a_fee_that_the_clerk_decides() -> None:
    walk = Walk().questions(BIRTH).fill(ANSWERS).filing()
    open_fee = receipt().model_copy(update={"fee": None, "fee_note": NOTE})
    walk.did(visit.Filed(KEY, open_fee)).at(Screen.RECEIPT)
    wanted = fee_words(words(Language.VI), None, NOTE)
    assert set(wanted) <= set(spoken(walk.state, words(Language.VI)))
    assert walk.state.reply is not None
    assert set(wanted) <= set(receipt_slip(open_fee, walk.state.reply, Language.VI).lines)
