"""Whoever cannot draw signs at the counter: no form keeps anybody from going on who uses keys alone."""

from __future__ import annotations

import pytest

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from queue_server.contract import SIGNED_AT_COUNTER, Control
from tests.kiosk.real_catalogue import filed_here, real_catalogue, real_places
from tests.kiosk.walking import ANSWERS, Walk, offer

DRAWN = {field: value for field, value in ANSWERS.items() if field != "signature"}


def before_signing() -> Walk:
    walk = Walk().questions(BIRTH)
    while walk.field != "signature":
        walk.answer(ANSWERS.get(walk.field))
    return walk


def test_the_signature_is_left_to_the_counter_and_filed_so() -> None:
    walk = before_signing().did(visit.PickOption(SIGNED_AT_COUNTER), visit.Done()).at(Screen.REVIEW)
    walk.filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert dict(sent.request.answers) == {**DRAWN, "signature": SIGNED_AT_COUNTER}


def test_whoever_changes_the_mind_draws_after_all_and_the_other_way_round() -> None:
    walk = before_signing().did(visit.PickOption(SIGNED_AT_COUNTER), visit.Stroke(((10, 20), (300, 40))), visit.Done())
    assert walk.state.visit is not None
    assert walk.state.visit.answers["signature"] == "M10 20 L300 40"
    walk.did(visit.ChangeAnswer("signature"), visit.PickOption(SIGNED_AT_COUNTER), visit.Done())
    assert walk.state.visit.answers["signature"] == SIGNED_AT_COUNTER
    walk.did(visit.ChangeAnswer("signature"), visit.ClearEntry(), visit.Done()).at(Screen.QUESTION)
    walk.did(visit.PickOption("anything"), visit.Done()).at(Screen.QUESTION)


def test_it_stands_there_again_when_one_comes_back() -> None:
    walk = before_signing().did(visit.PickOption(SIGNED_AT_COUNTER), on.Back()).did(visit.Done())
    while walk.field != "signature":
        walk.did(visit.Done())
    walk.did(visit.Done()).at(Screen.REVIEW)


@pytest.mark.parametrize("procedure", filed_here())
def test_every_signature_of_every_form_can_be_left_to_the_counter(procedure: str) -> None:
    ours = real_catalogue()
    used = next(one.form for one in ours.procedures if one.code == procedure)
    assert used is not None
    signed = [one for one in used.questions if one.control is Control.SIGNATURE]
    assert signed
    walk = Walk(offer(catalogue=ours.version), ours, real_places()).questions(procedure)
    for question in signed:
        from kiosk.visit.asking import ask as show

        walk.state = show(walk.state, question.field)
        walk.did(visit.PickOption(SIGNED_AT_COUNTER), visit.Done())
        assert walk.state.visit is not None
        assert walk.state.visit.answers[question.field] == SIGNED_AT_COUNTER
