"""Leaving the kiosk by will or by silence, and what may not disturb whoever stays, walked without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, MARRIAGE, VERSION, catalogue_reply
from kiosk.state import ALONE, Screen, pages, seconds_left, warned
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from tests.kiosk.walking import ANSWERS, NOW, Walk, here, offer, reviewed


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
