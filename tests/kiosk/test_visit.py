"""A citizen's whole visit without a clerk, walked without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk import effects as do
from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, COPY, MARRIAGE, VERSION, catalogue_reply
from kiosk.fake_hall import problem
from kiosk.flow import GIVE_UP_S
from kiosk.state import ALONE, Help, Printing, Screen, pages, seconds_left, warned
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit import papers
from kiosk.visit.own_problems import unanswered
from kiosk.visit.state import Advice, CardFields, Visit
from queue_server.contract import (
    CheckInRequest,
    ComplaintCode,
    ComplaintView,
    DeclarationReply,
    DossierState,
    DossierStatus,
    HeldPaper,
    HeldReply,
    HelpRequest,
    Language,
    LocalText,
    PaperSource,
    Value,
)
from tests.kiosk.walking import KEY, NOW, Walk, offer, receipt, ticket

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
EMPTY = DeclarationReply(pages=())
CARD = CardFields(
    id="015160000001",
    name="Lò Văn Pao",
    birth_year=1960,
    birth_date=date(1960, 5, 19),
    sex="male",
    address="Xã Cốc San, Lào Cai",
    issued=date(2021, 3, 4),
)


def here(walk: Walk) -> Visit:
    assert walk.state.visit is not None
    return walk.state.visit


def reviewed() -> Walk:
    return Walk().questions(BIRTH).fill(ANSWERS)


# --- from the first touch to the receipt -----------------------------------------------------------------------


def test_a_birth_is_found_filled_in_filed_and_its_receipt_printed() -> None:
    walk = reviewed().filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert sent.key == KEY
    assert dict(sent.request.answers) == ANSWERS
    assert sent.request.owner.id == ANSWERS["declarant_id"]
    assert sent.request.confirmed
    walk.did(visit.Filed(KEY, receipt())).at(Screen.RECEIPT)
    assert walk.took(ask.PrintReceipt) == [ask.PrintReceipt(receipt(), walk.state.reply, Language.VI)]
    walk.did(on.Printed(0))
    assert walk.state.printing is Printing.DONE
    walk.did(on.Home()).at(Screen.ATTRACT)
    assert walk.state.visit is None
    assert walk.took(ask.Wipe)


def test_what_both_must_sign_ends_with_a_number_and_its_receipt_after_asking_who_goes_first() -> None:
    walk = Walk().questions(MARRIAGE).fill(ANSWERS).did(visit.Done()).at(Screen.PAPERS)
    walk.did(visit.Done()).at(Screen.PRIORITY).did(on.Back()).at(Screen.PAPERS).did(visit.Done())
    walk.did(on.ChoosePriority("pregnant")).at(Screen.DECLARATION)
    walk.did(visit.DeclarationArrived(EMPTY, ("p",)), on.TurnPage(1), on.Confirm(KEY)).at(Screen.FILING)
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert sent.request.priority == "pregnant"
    given = receipt(ticket=ticket())
    walk.did(visit.Filed(KEY, given)).at(Screen.RECEIPT)
    assert walk.took(do.Print) == [do.Print(ticket(), walk.state.reply, Language.VI)]
    assert walk.took(ask.PrintReceipt) == [ask.PrintReceipt(given, walk.state.reply, Language.VI)]
    walk.did(on.PrintFailed(0), on.Printed(9))
    assert walk.state.printing is Printing.FAILED, "one of two slips did not come"
    before = len(walk.effects)
    walk.did(visit.PrintReceiptAgain())
    assert len(walk.effects) == before + 2


def test_what_is_only_explained_ends_with_a_number_and_a_list_to_take_home() -> None:
    walk = Walk().advice(COPY).did(visit.FillIn()).at(Screen.ADVICE)
    walk.did(visit.PrintChecklist())
    assert len(walk.took(ask.PrintList)) == 1
    walk.did(visit.TakeNumber()).at(Screen.PRIORITY).did(on.Back()).at(Screen.ADVICE)
    walk.did(visit.TakeNumber(), on.ChoosePriority(None)).at(Screen.CONFIRM).did(on.Confirm(KEY)).at(Screen.ISSUING)
    (asked,) = walk.took(do.IssueTicket)
    assert isinstance(asked, do.IssueTicket)
    assert asked.request.service == COPY


def test_without_self_service_or_a_catalogue_a_number_is_offered_at_once() -> None:
    for walk in (
        Walk(offer(self_service=False)),
        Walk(catalogue=catalogue_reply(NOW).model_copy(update={"procedures": ()})),
    ):
        walk.did(on.Start(), on.ChooseLanguage(Language.VI)).at(Screen.GROUP).did(on.Back()).at(Screen.LANGUAGE)


def test_only_a_number() -> None:
    Walk().ways().did(visit.TakeNumber()).at(Screen.GROUP).did(on.Back()).at(Screen.WAY).did(on.Back()).at(
        Screen.LANGUAGE
    )


# --- finding ---------------------------------------------------------------------------------------------------


def test_life_event_group_search_and_questions_lead_to_the_advice_and_back_the_same_way() -> None:
    walk = Walk().ways().did(visit.FindProcedure()).at(Screen.FIND)
    walk.did(visit.ChooseLifeEvent("birth")).at(Screen.ADVICE).did(on.Back()).at(Screen.FIND)
    walk.did(visit.ChooseFindGroup("ho-tich")).at(Screen.FOUND)
    assert here(walk).found == (BIRTH, MARRIAGE)
    walk.did(visit.ChooseProcedure(MARRIAGE)).at(Screen.ADVICE).did(on.Back()).at(Screen.FOUND).did(on.Back())
    walk.at(Screen.FIND).did(visit.StartGuide()).at(Screen.GUIDE).did(visit.AnswerGuide(0)).at(Screen.GUIDE)
    walk.did(visit.AnswerGuide(1)).at(Screen.FOUND).did(on.Back()).at(Screen.GUIDE).did(on.Back()).at(Screen.GUIDE)
    walk.did(visit.AnswerGuide(1)).at(Screen.ADVICE)
    assert here(walk).procedure == COPY
    walk.did(on.Back(), on.Back()).at(Screen.FIND).did(on.Back()).at(Screen.WAY)


def test_what_was_searched_stands_there_again() -> None:
    walk = Walk().ways().did(visit.FindProcedure(), visit.StartSearch()).at(Screen.SEARCH)
    walk.type("khai sinh")
    assert here(walk).found == (BIRTH,)
    walk.did(visit.Done()).at(Screen.ADVICE).did(visit.FillIn(), visit.Agree()).at(Screen.QUESTION)
    walk.type("Hương").did(on.Back()).at(Screen.CONSENT).did(on.Back()).at(Screen.ADVICE).did(on.Back())
    walk.at(Screen.SEARCH)
    assert here(walk).entry.text == "khai sinh"
    assert here(walk).found == (BIRTH,)


def test_nothing_is_kept_of_whoever_does_not_agree() -> None:
    walk = Walk().advice(BIRTH).did(visit.FillIn(), visit.Decline()).at(Screen.PRIORITY)
    assert here(walk).consent is None
    walk.did(on.Back()).at(Screen.ADVICE)


# --- the card --------------------------------------------------------------------------------------------------


def test_a_card_proposes_answers_and_age_proposes_priority() -> None:
    walk = Walk(scanner=True).advice(BIRTH).did(visit.FillIn(), visit.Agree()).at(Screen.IDENTIFY)
    assert walk.took(ask.WatchScanner) == [ask.WatchScanner(on=True)]
    walk.did(visit.ScanRefused("barcode")).at(Screen.IDENTIFY)
    assert here(walk).scan_problem == "barcode"
    walk.did(visit.CodeScanned("http://x/d/y")).at(Screen.IDENTIFY).did(visit.CardScanned(CARD)).at(Screen.IDENTIFY)
    walk.did(visit.Done()).at(Screen.QUESTION)
    assert walk.took(ask.WatchScanner)[-1] == ask.WatchScanner(on=False)
    asking = here(walk).asking
    assert asking is not None
    assert asking.proposed
    assert here(walk).entry.text == CARD.name
    assert not here(walk).answers, "nothing is an answer before the citizen has said so"
    walk.did(visit.Done())
    assert here(walk).entry.text == CARD.id
    walk.did(visit.Done(), visit.Done())
    assert here(walk).answers["declarant_born"] == "1960-05-19"


def test_a_card_under_the_scanner_counts_only_where_it_was_asked_for() -> None:
    walk = Walk(scanner=True).ways().did(visit.CardScanned(CARD), visit.FindProcedure(), visit.CardScanned(CARD))
    assert here(walk).card is None


# --- one question after the other -----------------------------------------------------------------------------------


def test_what_is_wrong_is_said_at_once_and_the_question_stays() -> None:
    walk = Walk().questions(BIRTH).did(visit.Done())
    asking = here(walk).asking
    assert asking is not None
    assert asking.complaint is not None
    assert asking.complaint.code is ComplaintCode.MISSING
    walk.type("Hương 2").did(visit.Done())
    asking = here(walk).asking
    assert asking is not None
    assert asking.complaint is not None
    assert asking.complaint.code is ComplaintCode.NOT_A_NAME
    assert here(walk).entry.text == "Hương 2", "nothing has to be typed again"
    walk.did(visit.Erase())
    asking = here(walk).asking
    assert asking is not None
    assert asking.complaint is None, "while it is being mended nobody complains"


def test_going_back_loses_nothing_not_even_what_is_half_typed() -> None:
    walk = Walk().questions(BIRTH).answer("Hương").enter("015")
    walk.did(on.Back())
    assert walk.field == "declarant_name"
    assert here(walk).entry.text == "Hương"
    walk.did(on.Back()).at(Screen.CONSENT).did(on.Back()).at(Screen.ADVICE).did(visit.FillIn()).at(Screen.QUESTION)
    assert here(walk).entry.text == "Hương"
    walk.did(visit.Done())
    assert (walk.field, here(walk).entry.text) == ("declarant_id", "015")


def test_from_the_communes_back_leads_to_the_provinces_first() -> None:
    walk = Walk().questions(BIRTH)
    while walk.field != "home":
        walk.answer(ANSWERS.get(walk.field))
    walk.did(visit.PickOption("15"), visit.PickOption("02680"), on.Back())
    asking = here(walk).asking
    assert asking is not None
    assert (walk.field, asking.province, asking.picked) == ("home", None, ("02680",))
    walk.did(visit.PickOption("15"), visit.Done())
    assert here(walk).answers["home"] == "02680", "the commune was still chosen"


def test_the_same_answer_as_before_is_one_touch() -> None:
    walk = Walk().questions(BIRTH)
    while walk.field != "child_home":
        walk.answer(ANSWERS.get(walk.field))
    walk.did(visit.TakeSameAs("phone")).did(visit.TakeSameAs("home"), visit.Done())
    assert here(walk).answers["child_home"] == ANSWERS["home"]


def test_a_date_is_turned_or_typed() -> None:
    walk = Walk().questions(BIRTH)
    while walk.field != "declarant_born":
        walk.answer(ANSWERS.get(walk.field))
    walk.did(visit.TypeFigures(0), *(visit.TypeKey(digit) for digit in "31121999"))
    walk.did(visit.TurnWheel(0, 1), visit.TurnWheel(1, 1), visit.TurnWheel(2, -9))
    asking = here(walk).asking
    assert asking is not None
    assert asking.parts == (1, 1, 1990), "day and month wrap round"
    walk.did(visit.TurnWheel(0, -1), visit.TurnWheel(1, 1), visit.Done())
    asking = here(walk).asking
    assert asking is not None
    assert asking.complaint is not None
    assert asking.complaint.code is ComplaintCode.NOT_A_DATE


def test_a_question_that_need_not_be_answered_is_passed_over_and_others_are_not() -> None:
    walk = Walk().questions(BIRTH).did(visit.Skip())
    assert walk.field == "declarant_name"
    while walk.field != "phone":
        walk.answer(ANSWERS.get(walk.field))
    walk.enter("0912").did(visit.Skip())
    assert walk.field == "email"
    assert "phone" not in here(walk).answers


# --- the review page -------------------------------------------------------------------------------------------


def test_one_answer_is_changed_and_the_review_page_is_back() -> None:
    walk = reviewed().did(visit.ChangeAnswer("copies")).at(Screen.QUESTION).answer(5).at(Screen.REVIEW)
    assert here(walk).answers["copies"] == 5
    walk.did(visit.ChangeAnswer("copies"), on.Back()).at(Screen.REVIEW)


def test_an_answer_that_raises_new_questions_asks_just_those() -> None:
    answers = {**ANSWERS, "married": False}
    walk = Walk().questions(BIRTH).fill(answers).did(visit.ChangeAnswer("married")).answer(True)
    assert walk.field == "married_year"
    walk.answer(2019).at(Screen.REVIEW).did(visit.ChangeAnswer("married")).answer(False).at(Screen.REVIEW)
    walk.filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert "married_year" not in sent.request.answers, "an answer to what is not asked is not filed"


def test_back_from_the_review_page_leads_to_the_last_question() -> None:
    assert reviewed().did(on.Back()).field == "signature"


# --- papers ----------------------------------------------------------------------------------------------------


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
    walk.did(visit.FileIt(KEY)).at(Screen.DECLARATION).did(visit.DeclarationArrived(EMPTY, ("p1", "p2")))
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


# --- looking up, checking in, help -----------------------------------------------------------------------------


def status() -> DossierStatus:
    return DossierStatus(
        code="H57.132-261123-0001",
        procedure_name=LocalText(vi="x", en="x"),
        state=DossierState.PROCESSING,
        state_name=LocalText(vi="x", en="x"),
        filed_at=NOW,
        due_at=None,
    )


def test_a_dossier_is_looked_up_by_code_or_by_its_receipt() -> None:
    walk = Walk(scanner=True).ways().did(visit.LookUpDossier()).at(Screen.LOOK_UP).type("H57")
    walk.did(visit.Done(), visit.RequestFailed("LookUp", problem(404, "dossier-unknown", "x", "y"))).at(Screen.LOOK_UP)
    assert here(walk).problem is not None
    walk.did(visit.CodeScanned("https://motcua.example/d/Zk3v"), visit.StatusArrived(status())).at(Screen.STATUS)
    assert walk.took(ask.LookUp) == [
        ask.LookUp("H57", Language.VI),
        ask.LookUp("https://motcua.example/d/Zk3v", Language.VI),
    ]
    walk.did(on.Back()).at(Screen.LOOK_UP).did(on.Back()).at(Screen.WAY)


def test_a_slow_answer_is_not_taken_for_that_to_the_next_question() -> None:
    walk = Walk().ways().did(visit.LookUpDossier()).type("AAA").did(visit.Done())
    walk.did(on.Back()).at(Screen.WAY).did(visit.LookUpDossier()).type("BBB")
    (first,) = walk.took(ask.LookUp)
    walk.did(visit.StatusArrived(status(), first)).at(Screen.LOOK_UP).did(visit.Done())
    walk.did(visit.StatusArrived(status(), first), visit.RequestFailed("LookUp", asked=first)).at(Screen.LOOK_UP)
    assert here(walk).working
    _, second = walk.took(ask.LookUp)
    walk.did(visit.StatusArrived(status(), second)).at(Screen.STATUS)


def test_the_declaration_of_before_a_change_is_not_shown_after_it() -> None:
    walk = reviewed().did(visit.Done(), visit.Done()).at(Screen.DECLARATION).did(on.Back(), on.Back())
    (first,) = walk.took(ask.DrawDeclaration)
    walk.at(Screen.REVIEW).did(visit.ChangeAnswer("child_name"), visit.ClearEntry()).answer("Trần Thị Mới")
    walk.at(Screen.REVIEW).did(visit.Done(), visit.Done()).at(Screen.DECLARATION)
    assert here(walk.did(visit.DeclarationArrived(EMPTY, ("old",), first))).declaration is None
    _, second = walk.took(ask.DrawDeclaration)
    assert here(walk.did(visit.DeclarationArrived(EMPTY, ("new",), second))).declaration is not None


def test_an_appointment_becomes_a_ticket() -> None:
    walk = Walk().ways().did(visit.CheckIn()).at(Screen.CHECK_IN).type("ab").did(on.Confirm(KEY)).at(Screen.CHECK_IN)
    walk.type("ABC234").did(on.Confirm(KEY)).at(Screen.ISSUING)
    asked = ask.CheckInAt(KEY, CheckInRequest(code="ABC234"), Language.VI)
    walk.did(on.IssueUncertain(KEY, "timeout")).quiet(3)
    assert walk.took(ask.CheckInAt) == [asked, asked]
    walk.did(on.IssueRefused(KEY, problem(404, "appointment-unknown", "x", "y"))).at(Screen.CHECK_IN)
    assert here(walk).problem is not None
    walk.did(on.Confirm("k2")).at(Screen.ISSUING).did(on.TicketIssued("k2", ticket())).at(Screen.TICKET)
    walk.did(on.Home()).at(Screen.ATTRACT)


def test_help_is_called_once_from_any_screen_and_seen_to_come() -> None:
    walk = Walk().ways().did(visit.CallHelp(), visit.CallHelp()).at(Screen.WAY)
    assert walk.took(ask.AskForHelp) == [ask.AskForHelp(HelpRequest(screen="way"))]
    called = walk.state.help
    assert called is Help.CALLED
    walk.did(visit.HelpIsComing(answered=False)).quiet(20)
    assert walk.took(ask.FetchHelp)
    walk.did(visit.HelpIsComing(answered=True))
    assert walk.state.help is Help.COMING
    walk.did(on.Home()).at(Screen.ATTRACT)
    walk.did(visit.CallHelp())
    assert len(walk.took(ask.AskForHelp)) == 2, "who comes next calls for himself"


@pytest.mark.parametrize("covered_by", [visit.ToggleAccess(), on.Home()])
def test_help_is_called_while_something_covers_the_screen(covered_by: on.Event) -> None:
    """Whoever is lost in the panel, or before the question whether to leave, needs it most."""
    walk = Walk().questions(BIRTH).answer("Hương").did(covered_by, visit.CallHelp())
    assert walk.state.access or walk.state.leaving
    assert walk.took(ask.AskForHelp) == [ask.AskForHelp(HelpRequest(screen="question"))]
    called = walk.state.help
    assert called is Help.CALLED


def test_a_call_for_help_that_did_not_get_through_can_be_made_again() -> None:
    walk = Walk().ways().did(visit.CallHelp(), visit.RequestFailed("AskForHelp"), visit.CallHelp())
    assert len(walk.took(ask.AskForHelp)) == 2


# --- leaving ---------------------------------------------------------------------------------------------------


def test_one_slip_of_a_finger_does_not_lose_what_was_entered() -> None:
    walk = Walk().questions(BIRTH).answer("Hương").did(on.Home()).at(Screen.QUESTION)
    assert walk.state.leaving
    walk.did(visit.TypeKey("1"), visit.Stay())
    assert not walk.state.leaving
    assert here(walk).answers == {"declarant_name": "Hương"}
    assert here(walk).entry.text == "", "while it is asked, nothing else is heard"
    walk.did(on.Home(), on.Home()).at(Screen.ATTRACT)
    assert walk.state.visit is None
    Walk().advice(BIRTH).did(on.Home()).at(Screen.ATTRACT)


@pytest.mark.parametrize("lead", [Walk.ways, lambda walk: walk.questions(BIRTH), lambda _: reviewed()])
def test_silence_asks_for_twenty_seconds_and_then_forgets(lead: object) -> None:
    walk = lead(Walk())  # type: ignore[operator]
    screen = walk.state.screen
    walk.quiet(24).at(screen)
    assert not warned(walk.state)
    walk.quiet(2).at(screen)
    assert warned(walk.state)
    walk.quiet(20).at(Screen.ATTRACT)
    assert walk.state.visit is None


def test_whoever_asks_for_more_time_has_two_minutes_as_often_as_wanted() -> None:
    walk = Walk().questions(BIRTH).quiet(40)
    for _ in range(3):
        assert warned(walk.state)
        walk.did(visit.MoreTime())
        assert seconds_left(walk.state) == 120
        walk.quiet(110).at(Screen.QUESTION)
    walk.quiet(11).at(Screen.ATTRACT)


def test_how_the_screen_was_set_goes_with_the_citizen() -> None:
    walk = Walk().ways().did(visit.ToggleContrast(), visit.ToggleLowReach(), visit.ToggleVoice(), visit.ToggleAccess())
    assert (walk.state.contrast, walk.state.low_reach, walk.state.voice, walk.state.access) == (True,) * 4
    walk.did(on.Back()).at(Screen.WAY)
    assert not walk.state.access
    walk.did(on.Home())
    assert (walk.state.contrast, walk.state.low_reach, walk.state.voice) == (False,) * 3


def test_a_new_catalogue_waits_until_nobody_fills_in() -> None:
    walk = Walk().questions(BIRTH)
    newer = catalogue_reply(NOW).model_copy(update={"version": "newer", "procedures": ()})
    walk.did(on.ServicesArrived(offer(catalogue="newer")), visit.CatalogueArrived(newer))
    assert walk.state.catalogue is not None
    assert walk.state.catalogue.version == VERSION
    assert not walk.took(ask.FetchCatalogue)
    walk.did(on.Home(), on.ServicesArrived(offer(catalogue="newer")))
    assert walk.took(ask.FetchCatalogue)
    walk.did(visit.CatalogueArrived(newer))
    assert walk.took(ask.KeepCatalogue) == [ask.KeepCatalogue(newer)]


def test_closing_time_does_not_take_a_form_away() -> None:
    closed = offer(groups=(), opening=offer().opening.model_copy(update={"issuing": False}))
    walk = Walk().questions(MARRIAGE).fill(ANSWERS).did(visit.Done(), visit.Done()).at(Screen.PRIORITY)
    walk.did(on.ServicesArrived(closed)).at(Screen.PRIORITY).did(on.ChoosePriority(None)).at(Screen.DECLARATION)


def test_every_screen_of_the_visit_has_a_page_that_exists() -> None:
    walk = Walk(camera=True).ways()
    for screen in ALONE:
        state = replace(walk.did(visit.FindProcedure()).state, screen=screen)
        assert pages(state) >= 1
