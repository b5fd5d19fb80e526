"""Papers, the declaration and the filing of a dossier at the kiosk, walked without a screen."""

from __future__ import annotations

import pytest

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH
from kiosk.fake_hall import problem
from kiosk.flow import GIVE_UP_S
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit import papers
from kiosk.visit.own_problems import unanswered
from kiosk.visit.state import Advice
from queue_server.contract import (
    ComplaintCode,
    ComplaintView,
    HeldPaper,
    HeldReply,
    Language,
    PaperSource,
)
from tests.kiosk.walking import ANSWERS, KEY, NOTHING, NOW, Walk, here, receipt, reviewed


def test_papers_are_photographed_used_again_or_brought() -> None:
    walk = Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done()).at(Screen.PAPERS)
    (asked,) = walk.took(ask.AskHeld)
    assert isinstance(asked, ask.AskHeld)
    assert asked.request.types == ("ket-hon",)
    walk.did(
        visit.HeldArrived(HeldReply(papers=(HeldPaper(type="ket-hon", digitised_on=NOW.date(), valid_until=None),)))
    )
    walk.did(visit.Done()).at(Screen.PAPERS)
    walk.did(visit.ReusePaper("ket-hon"), visit.ReusePaper("giay-chung-sinh"), visit.ShowPaper("giay-chung-sinh"))
    walk.at(Screen.CAPTURE).did(visit.PaperSeen("seen-1", Advice.MOVING), visit.Shoot(), visit.Shoot())
    assert walk.took(ask.WatchPaper) == [ask.WatchPaper(on=True)]
    assert len(walk.took(ask.ShootPaper)) == 1
    walk.did(
        visit.PaperShot("shot-1", Advice.BLURRED), visit.Retake(), visit.Shoot(), visit.PaperShot("s2", Advice.GOOD)
    )
    walk.did(visit.KeepPage(more=True), visit.Shoot(), visit.PaperShot("s3", Advice.GOOD), visit.KeepPage())
    walk.at(Screen.PAPERS)
    assert walk.took(ask.WatchPaper)[-1] == ask.WatchPaper(on=False)
    walk.filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert sent.pages == (("giay-chung-sinh", ("s2", "s3")),)
    assert {part.type: part.source for part in sent.request.papers} == {
        "giay-chung-sinh": PaperSource.CAPTURED,
        "can-cuoc": PaperSource.AT_COUNTER,
        "ket-hon": PaperSource.HELD,
    }


def test_a_paper_held_for_somebody_else_is_not_used_for_the_one_who_files_now() -> None:
    mine = HeldPaper(type="ket-hon", digitised_on=NOW.date(), valid_until=None)
    walk = (
        Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done(), visit.HeldArrived(HeldReply(papers=(mine,))))
    )
    walk.did(visit.ReusePaper("ket-hon"), on.Back(), visit.ChangeAnswer("declarant_id")).answer("015190099999")
    walk.did(visit.Done(), visit.HeldArrived(HeldReply(papers=()))).at(Screen.PAPERS)
    (stand,) = (one for one in here(walk).papers if one.type == "ket-hon")
    assert (stand.source, stand.held) == (None, None)


def test_without_a_camera_papers_are_brought_to_the_counter() -> None:
    walk = reviewed().did(visit.Done()).at(Screen.PAPERS)
    assert {stand.type: stand.source for stand in here(walk).papers} == {
        "giay-chung-sinh": PaperSource.AT_COUNTER,
        "can-cuoc": PaperSource.AT_COUNTER,
        "ket-hon": None,
    }
    walk.did(visit.ShowPaper("giay-chung-sinh")).at(Screen.PAPERS).did(visit.Done()).at(Screen.DECLARATION)


def test_a_paper_that_is_not_required_may_be_left_out_and_keeps_nobody_from_going_on() -> None:
    walk = Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done(), visit.BringPaper("giay-chung-sinh"))
    assert papers.missing(walk.state) == ()
    walk.did(visit.BringPaper("ket-hon"), visit.LeaveOutPaper("ket-hon"), visit.LeaveOutPaper("giay-chung-sinh"))
    stands = {stand.type: stand for stand in here(walk).papers}
    assert (stands["ket-hon"].source, stands["ket-hon"].left_out) == (None, True)
    assert stands["giay-chung-sinh"].source is PaperSource.AT_COUNTER, "what is required cannot be left out"
    walk.did(visit.BringPaper("ket-hon"), visit.LeaveOutPaper("ket-hon")).filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert "ket-hon" not in {part.type for part in sent.request.papers}


def test_a_camera_lost_under_the_paper_is_looked_for_until_it_is_there_again() -> None:
    walk = Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done(), visit.ShowPaper("giay-chung-sinh"))
    walk.did(visit.Equipped(scanner=False, camera=False, camera_lost=True)).at(Screen.CAPTURE)
    assert walk.took(ask.WatchPaper) == [ask.WatchPaper(on=True)]
    walk.did(visit.Equipped(scanner=False, camera=True), visit.PaperSeen("seen", Advice.GOOD)).at(Screen.CAPTURE)
    assert here(walk).camera == "seen"


def test_a_picture_of_nothing_is_not_kept_and_back_leaves_the_paper_as_it_stood() -> None:
    walk = Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done(), visit.BringPaper("giay-chung-sinh"))
    walk.did(visit.ShowPaper("giay-chung-sinh"), visit.Shoot(), visit.PaperShot("s", Advice.NO_PAPER), visit.KeepPage())
    walk.at(Screen.CAPTURE).did(on.Back()).at(Screen.PAPERS)
    assert here(walk).papers[0].source is PaperSource.AT_COUNTER


# --- the declaration and the filing ----------------------------------------------------------------------------


def test_nothing_is_filed_before_all_pages_were_on_the_screen() -> None:
    walk = reviewed().did(visit.Done(), visit.Done()).at(Screen.DECLARATION)
    walk.did(visit.FileIt(KEY)).at(Screen.DECLARATION).did(visit.DeclarationArrived(NOTHING, ("p1", "p2")))
    for _ in range(3):
        walk.did(visit.FileIt(KEY)).at(Screen.DECLARATION).did(on.TurnPage(1))
    walk.did(on.TurnPage(-1), visit.FileIt(KEY)).at(Screen.FILING)


def test_a_declaration_that_does_not_come_is_asked_for_again() -> None:
    walk = reviewed().did(visit.Done(), visit.Done(), visit.RequestFailed("DrawDeclaration")).at(Screen.DECLARATION)
    assert not here(walk).working
    assert unanswered(here(walk).problem), "the screen says so, and offers to try again"
    walk.did(visit.Retake())
    assert here(walk).working
    assert here(walk).problem is None
    assert len(walk.took(ask.DrawDeclaration)) == 2


def test_an_answer_changed_makes_the_declaration_anew() -> None:
    walk = reviewed().declaration().did(on.Back()).at(Screen.PAPERS).did(on.Back()).at(Screen.REVIEW)
    walk.did(visit.ChangeAnswer("copies")).answer(3).did(visit.Done(), visit.Done()).at(Screen.DECLARATION)
    assert here(walk).declaration is None


def test_while_nobody_knows_whether_it_is_filed_the_same_is_sent_with_the_same_key() -> None:
    walk = reviewed().filing()
    for _ in range(5):
        walk.did(visit.FilingUncertain(KEY, "timeout")).quiet(6).at(Screen.FILING)
    sent = walk.took(ask.FileDossier)
    assert len(sent) == 6
    assert all(one == sent[0] for one in sent)
    walk.did(visit.Filed(KEY, receipt())).at(Screen.RECEIPT)


def test_a_fresh_filing_cannot_be_left_and_one_without_an_answer_can() -> None:
    walk = reviewed().filing().did(on.Home(), on.Back()).at(Screen.FILING)
    for _ in range(3):
        walk.did(visit.FilingUncertain(KEY, "timeout"))
    assert walk.state.waits_in_vain
    walk.did(on.Home()).at(Screen.ATTRACT)
    walk.did(visit.Filed(KEY, receipt())).at(Screen.ATTRACT)


@pytest.mark.parametrize("given_up", [False, True])
def test_whoever_leaves_while_the_filing_is_under_way_finds_one_receipt_on_paper(given_up: bool) -> None:
    walk = reviewed().filing()
    if given_up:
        walk.quiet(GIVE_UP_S + 1)
    else:
        walk.did(*[visit.FilingUncertain(KEY, "timeout")] * 3).quiet(6).did(on.Home())
    walk.at(Screen.ATTRACT).did(visit.Filed(KEY, receipt())).at(Screen.ATTRACT)
    walk.ways().did(visit.Filed(KEY, receipt())).at(Screen.WAY)
    assert walk.took(ask.PrintReceipt) == [ask.PrintReceipt(receipt(), walk.state.reply, Language.VI)]


def test_a_filing_heard_of_twice_is_printed_once() -> None:
    walk = reviewed().filing().did(visit.Filed(KEY, receipt()), visit.Filed(KEY, receipt())).at(Screen.RECEIPT)
    walk.did(on.Home(), visit.Filed(KEY, receipt()))
    assert len(walk.took(ask.PrintReceipt)) == 1


def test_a_filing_without_an_answer_ends_when_nobody_can_be_there_any_more() -> None:
    walk = reviewed().filing().quiet(60).at(Screen.FILING)
    walk.quiet(GIVE_UP_S)
    assert walk.state.visit is None
    assert walk.took(ask.Wipe)


def test_a_complaint_of_the_server_leads_to_its_question() -> None:
    complaint = ComplaintView(field="child_born", code=ComplaintCode.IN_FUTURE, detail="Ngày này chưa đến.")
    refusal = problem(422, "answers-wrong", "x", "y").model_copy(update={"complaints": (complaint,)})
    walk = reviewed().filing().did(visit.FilingRefused(KEY, refusal)).at(Screen.QUESTION)
    asking = here(walk).asking
    assert asking is not None
    assert asking.complaint is not None
    assert (walk.field, asking.complaint.code) == ("child_born", ComplaintCode.IN_FUTURE)
    walk.answer("2026-11-19").at(Screen.REVIEW)


def test_another_refusal_is_told_and_nothing_is_lost() -> None:
    walk = reviewed().filing().did(visit.FilingRefused(KEY, problem(409, "held-paper-gone", "x", "y")))
    walk.at(Screen.DECLARATION)
    assert here(walk).problem is not None
    assert here(walk).declaration is None, "else the reason would not be seen"
    assert dict(here(walk).answers) == ANSWERS
    walk.did(on.Back()).at(Screen.PAPERS).declaration().did(visit.FileIt("another-key")).at(Screen.FILING)


def test_after_a_restart_the_receipt_of_before_is_printed() -> None:
    walk = Walk().did(visit.LeftOverFiled(receipt())).at(Screen.ATTRACT)
    assert walk.took(ask.PrintReceipt) == [ask.PrintReceipt(receipt(), walk.state.reply, Language.VI)]
