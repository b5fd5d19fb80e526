"""A citizen at the kiosk without a clerk, from the first touch to the review of the answers, without a screen."""

from __future__ import annotations

from kiosk import effects as do
from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, COPY, MARRIAGE, catalogue_reply
from kiosk.state import Printing, Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from queue_server.contract import (
    ComplaintCode,
    Language,
)
from tests.kiosk.walking import ANSWERS, CARD, KEY, NOTHING, NOW, Walk, here, offer, receipt, reviewed, ticket

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
    walk.did(visit.DeclarationArrived(NOTHING, ("p",)), on.TurnPage(1), on.Confirm(KEY)).at(Screen.FILING)
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
