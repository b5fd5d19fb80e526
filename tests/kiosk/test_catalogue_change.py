"""The catalogue changes under a citizen's hands: what was answered is kept as far as it still fits, or it is said
plainly what to do; nothing is filed half."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, VERSION, catalogue_reply
from kiosk.fake_hall import problem
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.course import form
from kiosk.visit.state import Visit
from queue_server.contract import CatalogueReply, Control, Form, Outcome, Question
from tests.kiosk.walking import ANSWERS, KEY, NOW, Walk, offer

CHANGED = problem(409, "form-changed", "Tờ khai đã thay đổi.", "Xin xem lại.")
NEWER = "newer"


def here(walk: Walk) -> Visit:
    assert walk.state.visit is not None
    return walk.state.visit


def newer(**changes: Any) -> CatalogueReply:
    """The next catalogue: of the birth's form `changes` are other than before."""
    old = catalogue_reply(NOW)
    procedures = tuple(
        one.model_copy(update={"form": replace(one.form, version=NEWER, **changes)})
        if one.code == BIRTH and one.form
        else one
        for one in old.procedures
    )
    return old.model_copy(update={"version": NEWER, "procedures": procedures})


def birth_form() -> Form:
    found = next(one.form for one in catalogue_reply(NOW).procedures if one.code == BIRTH)
    assert found is not None
    return found


def at_the_declaration() -> Walk:
    return Walk().questions(BIRTH).fill(ANSWERS).declaration()


def while_drawing() -> Walk:
    """The server draws no declaration for a form of yesterday."""
    walk = Walk().questions(BIRTH).fill(ANSWERS).did(visit.Done(), visit.Done()).at(Screen.DECLARATION)
    return walk.did(visit.RequestFailed("DrawDeclaration", CHANGED))


def while_filing() -> Walk:
    return at_the_declaration().did(visit.FileIt(KEY)).did(visit.FilingRefused(KEY, CHANGED))


@pytest.mark.parametrize("when", [while_drawing, while_filing])
def test_a_new_form_is_fetched_and_the_answers_that_fit_it_stay(when: Any) -> None:
    walk = when()
    walk.at(Screen.DECLARATION)
    assert walk.took(ask.FetchCatalogue)
    assert here(walk).working, "it is waited for, nobody has to press anything"
    walk.did(visit.CatalogueArrived(newer())).at(Screen.REVIEW)
    assert here(walk).renewed, "the citizen is told to look through it again"
    assert dict(here(walk).answers) == ANSWERS
    assert (form(walk.state) or birth_form()).version == NEWER
    assert here(walk).filing is None
    walk.declaration().did(visit.FileIt("key-2")).at(Screen.FILING)
    sent = walk.took(ask.FileDossier)[-1]
    assert isinstance(sent, ask.FileDossier)
    assert sent.request.form_version == NEWER
    assert walk.took(ask.KeepCatalogue) == [ask.KeepCatalogue(newer())]


def test_other_papers_are_asked_for_as_the_new_catalogue_has_it() -> None:
    old = catalogue_reply(NOW)
    missing = problem(422, "paper-missing", "Thiếu giấy tờ.", "Xin bổ sung.")
    procedures = tuple(one.model_copy(update={"papers": one.papers[:1]}) for one in old.procedures)
    walk = at_the_declaration().did(visit.FileIt(KEY), visit.FilingRefused(KEY, missing))
    walk.did(visit.CatalogueArrived(old.model_copy(update={"version": NEWER, "procedures": procedures})))
    walk.at(Screen.REVIEW).did(visit.Done()).at(Screen.PAPERS)
    assert [stand.type for stand in here(walk).papers] == [one.type for one in old.procedures[0].papers[:1]]


def test_a_refusal_that_no_newer_catalogue_explains_is_said() -> None:
    walk = while_filing().did(visit.CatalogueArrived(catalogue_reply(NOW))).at(Screen.DECLARATION)
    assert not here(walk).working
    assert here(walk).problem == CHANGED
    walk.did(on.Back()).at(Screen.PAPERS)


def test_only_what_the_new_form_asks_anew_is_asked() -> None:
    old = birth_form()
    added = replace(old.questions[0], field="place_of_work", control=Control.TEXT, prefill=())
    fresh = newer(questions=(*_without(old.questions, "note", "copies"), added))
    walk = while_filing().did(visit.CatalogueArrived(fresh)).at(Screen.REVIEW)
    assert "copies" not in here(walk).answers
    walk.did(visit.Done()).at(Screen.QUESTION)
    assert walk.field == "place_of_work"
    walk.answer("Nhà máy").at(Screen.REVIEW)


def test_an_answer_that_the_new_form_does_not_take_is_asked_again() -> None:
    old = birth_form()
    sex = next(one for one in old.questions if one.field == "child_sex")
    other = replace(sex, options=tuple(one for one in sex.options if one.code != ANSWERS["child_sex"]))
    fresh = newer(questions=tuple(other if one.field == "child_sex" else one for one in old.questions))
    walk = while_filing().did(visit.CatalogueArrived(fresh)).at(Screen.REVIEW)
    assert "child_sex" not in here(walk).answers
    walk.did(visit.Done())
    assert walk.field == "child_sex"


def test_the_new_form_is_waited_for_as_long_as_the_citizen_stays() -> None:
    walk = while_drawing()
    walk.did(on.ServicesFailed("down")).tick(3)
    walk.did(on.ServicesArrived(offer(catalogue=NEWER)))
    assert len(walk.took(ask.FetchCatalogue)) == 2, "the first may have been lost"
    walk.did(on.Back()).at(Screen.PAPERS)
    walk.did(visit.CatalogueArrived(newer())).at(Screen.PAPERS)
    assert walk.state.catalogue is not None
    assert walk.state.catalogue.version == VERSION, "no form changes under anybody's hands"


@pytest.mark.parametrize("code", ["procedure-unknown", "procedure-not-filed"])
@pytest.mark.parametrize("filing", [True, False])
def test_of_a_procedure_withdrawn_a_number_is_left_and_said(code: str, filing: bool) -> None:
    gone = problem(404, code, "Hôm nay không có thủ tục này.", "Xin lấy số.")
    walk = at_the_declaration()
    if filing:
        walk.did(visit.FileIt(KEY), visit.FilingRefused(KEY, gone))
    else:
        walk.did(on.Back(), visit.Done(), visit.RequestFailed("DrawDeclaration", gone))
    walk.at(Screen.DECLARATION)
    assert here(walk).problem == gone
    assert here(walk).declaration is None, "what was refused cannot be filed once more"
    walk.did(visit.FileIt("key-2")).at(Screen.DECLARATION)
    walk.did(visit.TakeNumber()).at(Screen.PRIORITY)
    assert walk.state.service == BIRTH


def test_a_form_withdrawn_while_the_new_catalogue_was_fetched_leaves_a_number() -> None:
    old = catalogue_reply(NOW)
    for procedures in (
        tuple(one for one in old.procedures if one.code != BIRTH),
        tuple(one.model_copy(update={"outcome": Outcome.GUIDANCE}) for one in old.procedures),
    ):
        walk = while_drawing()
        walk.did(visit.CatalogueArrived(old.model_copy(update={"version": NEWER, "procedures": procedures})))
        walk.at(Screen.DECLARATION)
        assert here(walk).problem is not None
        assert not here(walk).working
        walk.did(visit.TakeNumber()).at(Screen.PRIORITY)


def test_self_service_switched_off_lets_whoever_is_at_it_finish() -> None:
    off = offer(self_service=False)
    walk = Walk().questions(BIRTH).did(on.ServicesArrived(off)).fill(ANSWERS)
    walk.did(on.ServicesArrived(off)).filing()
    assert walk.took(ask.FileDossier)


def _without(questions: tuple[Question, ...], *fields: str) -> tuple[Question, ...]:
    return tuple(one for one in questions if one.field not in fields)
