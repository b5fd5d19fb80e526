"""Time and place of a visit: silence on every screen, leaving from every screen, what stays over a change of language
or letters in mid-question, and midnight while somebody fills in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, MARRIAGE
from kiosk.state import ALONE, Screen, seconds_left, warned
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.course import today
from kiosk.visit.state import Advice, Visit
from queue_server.contract import Language
from tests.kiosk.real_catalogue import filed_here, real_catalogue, real_places
from tests.kiosk.walking import ANSWERS, KEY, Walk, offer, receipt, status

IDLE_S, ASKED_S = 45, 20


def here(walk: Walk) -> Visit:
    assert walk.state.visit is not None
    return walk.state.visit


def papers() -> Walk:
    return Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done()).at(Screen.PAPERS)


def capture() -> Walk:
    return papers().did(visit.ShowPaper("giay-chung-sinh")).at(Screen.CAPTURE)


def signature() -> Walk:
    walk = Walk().questions(BIRTH)
    while walk.field != "signature":
        walk.answer(ANSWERS.get(walk.field))
    return walk


PLACES: dict[Screen | str, Callable[[], Walk]] = {
    Screen.WAY: lambda: Walk().ways(),
    Screen.FIND: lambda: Walk().ways().did(visit.FindProcedure()),
    Screen.SEARCH: lambda: Walk().ways().did(visit.FindProcedure(), visit.StartSearch()),
    Screen.GUIDE: lambda: Walk().ways().did(visit.FindProcedure(), visit.StartGuide()),
    Screen.FOUND: lambda: Walk().ways().did(visit.FindProcedure(), visit.ChooseFindGroup("ho-tich")),
    Screen.ADVICE: lambda: Walk().advice(BIRTH),
    Screen.CONSENT: lambda: Walk().advice(BIRTH).did(visit.FillIn()),
    Screen.IDENTIFY: lambda: Walk(scanner=True).advice(BIRTH).did(visit.FillIn(), visit.Agree()),
    Screen.QUESTION: lambda: Walk().questions(BIRTH),
    "signature": signature,
    Screen.REVIEW: lambda: Walk().questions(BIRTH).fill(ANSWERS),
    Screen.PAPERS: papers,
    Screen.CAPTURE: capture,
    "shot": lambda: capture().did(visit.Shoot(), visit.PaperShot("p", Advice.GOOD)),
    Screen.DECLARATION: lambda: Walk().questions(BIRTH).fill(ANSWERS).declaration(),
    Screen.LOOK_UP: lambda: Walk().ways().did(visit.LookUpDossier()),
    Screen.STATUS: lambda: (
        Walk().ways().did(visit.LookUpDossier()).type("H57").did(visit.Done(), visit.StatusArrived(status()))
    ),
    Screen.CHECK_IN: lambda: Walk().ways().did(visit.CheckIn()),
}


def test_each_screen_of_a_visit_is_among_them() -> None:
    assert set(ALONE) == {place for place in PLACES if isinstance(place, Screen)}


@pytest.mark.parametrize("place", PLACES)
def test_before_anything_ends_it_is_asked_and_more_time_is_given(place: Screen | str) -> None:
    walk = PLACES[place]()
    screen = walk.state.screen
    walk.did(on.Touched()).quiet(IDLE_S - ASKED_S - 1).at(screen)
    assert not warned(walk.state)
    walk.quiet(2).at(screen)
    assert warned(walk.state)
    walk.did(visit.MoreTime()).quiet(100).at(screen)
    assert seconds_left(walk.state) == 20
    visited = walk.state.visit is not None
    walk.quiet(21).at(Screen.ATTRACT)
    assert walk.state.visit is None
    assert bool(walk.took(ask.Wipe)) is visited


@pytest.mark.parametrize("place", PLACES)
def test_every_screen_can_be_left(place: Screen | str) -> None:
    walk = PLACES[place]().did(on.Home())
    if walk.state.leaving:
        walk.did(visit.Stay())
        assert not walk.state.leaving
        walk.did(on.Home(), on.Home())
    walk.at(Screen.ATTRACT)
    assert walk.state.visit is None


@pytest.mark.parametrize("procedure", filed_here())
def test_what_is_half_entered_stays_over_language_letters_help_and_the_way_back(procedure: str) -> None:
    """At each question that is met from the first to the review page of the real forms."""
    from tests.e2e.test_filing import answers_for

    ours = real_catalogue()
    used = next(one.form for one in ours.procedures if one.code == procedure)
    assert used is not None
    answers = answers_for(used, date(2026, 11, 23))
    walk = Walk(offer(catalogue=ours.version), ours, real_places()).questions(procedure)
    before: str | None = None
    while walk.state.screen is Screen.QUESTION:
        field = walk.field
        if field in answers:
            walk.enter(answers[field])
        asking, entry, kept = here(walk).asking, here(walk).entry, dict(here(walk).answers)
        walk.did(on.SwitchLanguage(Language.EN), on.ToggleLargeText(), visit.ToggleContrast(), visit.ToggleLowReach())
        walk.did(visit.ToggleVoice(), visit.ToggleAccess(), on.Back(), visit.CallHelp(), on.Home(), visit.Stay())
        walk.did(on.SwitchLanguage(Language.VI), on.ToggleLargeText())
        assert (walk.field, here(walk).asking, here(walk).entry, here(walk).answers) == (field, asking, entry, kept)
        if before is not None:
            walk.did(on.Back())
            if walk.field == field:  # from the communes to the provinces, first
                walk.did(on.Back())
            assert walk.field == before
            walk.did(visit.Done() if before in answers else visit.Skip())
            assert walk.field == field
            again = here(walk)
            assert again.entry.text == entry.text
            assert asking is not None
            assert again.asking is not None
            assert (again.asking.parts, again.asking.picked, again.asking.strokes) == (
                asking.parts,
                asking.picked,
                asking.strokes,
            )
        walk.did(visit.Done() if field in answers else visit.Skip())
        before = field
    walk.at(Screen.REVIEW)


def test_midnight_and_new_year_in_mid_visit() -> None:
    """A child born on New Year's Day can be registered by whoever began the evening before."""
    eve = datetime(2026, 12, 31, 16, 59, 30, tzinfo=UTC)
    walk = Walk(offer(now=eve)).questions(BIRTH)
    assert today(walk.state) == date(2026, 12, 31)
    while walk.field != "child_born":
        walk.answer(ANSWERS.get(walk.field))
    walk.answer("2027-01-01")
    asking = here(walk).asking
    assert (walk.field, asking and asking.complaint is not None) == ("child_born", True)
    walk.did(on.Touched()).quiet(20).did(on.Touched()).quiet(20)
    assert today(walk.state) == date(2027, 1, 1)
    walk.did(visit.Done()).fill(ANSWERS | {"child_born": "2027-01-01"}).filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert sent.request.answers["child_born"] == "2027-01-01"
    walk.did(on.ServicesArrived(offer(now=eve.replace(day=31, hour=17, minute=1), catalogue="of-the-new-year")))
    walk.did(visit.Filed(KEY, receipt())).at(Screen.RECEIPT).did(on.Home()).at(Screen.ATTRACT)
    walk.did(on.ServicesArrived(offer(catalogue="of-the-new-year")))
    assert walk.took(ask.FetchCatalogue), "what waited for the citizen is fetched now"


def test_who_looks_up_a_dossier_in_mid_form_finds_the_answers_again() -> None:
    walk = Walk().questions(MARRIAGE).answer("Hương").enter("015")
    while walk.state.screen is not Screen.WAY:
        walk.did(on.Back())
    walk.did(visit.LookUpDossier()).type("H57").did(visit.Done(), visit.StatusArrived(status()), on.Back(), on.Back())
    walk.at(Screen.WAY).did(visit.FindProcedure(), visit.StartSearch())
    walk.did(visit.ChooseProcedure(MARRIAGE), visit.FillIn()).at(Screen.QUESTION)
    while walk.field != "declarant_id":
        walk.did(visit.Done())
    assert (here(walk).entry.text, here(walk).answers["declarant_name"]) == ("015", "Hương")
