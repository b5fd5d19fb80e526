"""What keeps a dossier from being filed is named, and one touch leads to it."""

from __future__ import annotations

import pytest

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH
from kiosk.speech import spoken
from kiosk.state import Screen
from kiosk.trouble_words import told
from kiosk.ui.visible import before_us
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.papers import begin, missing, required, wanted
from kiosk.visit.state import Advice, Visit
from kiosk.words import words
from queue_server.contract import HeldPaper, HeldReply, Language, PaperSource, Problem
from tests.kiosk.real_catalogue import filed_here, real_catalogue, real_places
from tests.kiosk.walking import ANSWERS, KEY, NOTHING, NOW, Walk, offer

PAPER, NAME = "giay-chung-sinh", "Giấy chứng sinh"


def here(walk: Walk) -> Visit:
    assert walk.state.visit is not None
    return walk.state.visit


def listed() -> Walk:
    """The list of papers of a birth, at a kiosk with a camera: nothing done yet."""
    return Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done()).at(Screen.PAPERS)


def test_what_is_missing_is_said_by_name() -> None:
    walk = listed()
    assert missing(walk.state) == (PAPER,)
    assert spoken(walk.state, words(Language.VI))[-1] == f"Còn thiếu: {NAME}"
    walk.did(visit.BringPaper(PAPER))
    assert missing(walk.state) == ()
    assert not any("Còn thiếu" in text for text in spoken(walk.state, words(Language.VI)))


def test_one_touch_leads_there_from_any_page_and_the_focus_with_it() -> None:
    walk = listed().did(visit.ToggleLowReach())
    before = before_us(walk.state)
    walk.did(on.TurnPage(1)).did(visit.FindMissing())
    assert walk.state.page == 0
    assert here(walk).pointed == PAPER
    assert before_us(walk.state) != before
    walk.did(visit.ShowPaper(PAPER)).at(Screen.CAPTURE).did(visit.Shoot(), visit.PaperShot("page", Advice.GOOD))
    walk.did(visit.KeepPage()).at(Screen.PAPERS).did(visit.FindMissing())
    assert here(walk).pointed is None, "nothing is missing any more"
    walk.did(visit.Done()).at(Screen.DECLARATION)


@pytest.mark.parametrize("code", filed_here())
def test_of_every_procedure_one_paper_after_the_other_is_found(code: str) -> None:
    ours = real_catalogue()
    walk = Walk(offer(catalogue=ours.version), ours, real_places(), camera=True).questions(code)

    walk.state, _ = begin(walk.state)
    size_of_list = len(here(walk).papers)
    found = []
    for _ in range(size_of_list):
        if not missing(walk.state):
            break
        pointed = here(walk.did(visit.FindMissing())).pointed
        assert pointed is not None
        assert required(walk.state, pointed)
        found.append(pointed)
        walk.did(visit.BringPaper(pointed))
    assert missing(walk.state) == ()
    assert len(set(found)) == len(found)


def test_a_copy_that_the_hall_no_longer_holds_is_named_and_asked_for_again() -> None:
    """Not by its code, and not for ever: whoever goes back finds the paper open."""
    code, name = "ket-hon", "Giấy chứng nhận kết hôn"
    walk = listed().did(visit.BringPaper(PAPER))
    held = HeldPaper(type=code, digitised_on=NOW.date(), valid_until=NOW.date())
    walk.did(visit.HeldArrived(HeldReply(papers=(held,))), visit.ReusePaper(code))
    gone = Problem(
        type="urn:motcua:problem:held-paper-gone",
        title="",
        status=409,
        code="held-paper-gone",
        detail=f"Một cửa không giữ bản sao còn giá trị của: {code}.",
        action="Xin chụp giấy, hoặc mang đến quầy.",
    )
    walk.did(visit.Done()).at(Screen.DECLARATION).did(
        visit.DeclarationArrived(NOTHING, ("page-1",)),
        on.TurnPage(1),
        visit.FileIt(KEY),
        visit.FilingRefused(KEY, gone),
    )
    said = " ".join(spoken(walk.state, words(Language.VI)))
    assert name in said
    assert code not in said
    assert code not in " ".join(told(gone, words(Language.VI), wanted(walk.state)))
    walk.effects.clear()
    walk.did(on.Back()).at(Screen.PAPERS)
    assert walk.took(ask.AskHeld)
    walk.did(visit.HeldArrived(HeldReply(papers=())))
    assert all(stand.source is not PaperSource.HELD for stand in here(walk).papers)
