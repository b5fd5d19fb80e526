"""A paper under the camera: turned where it lies sideways, page after page; what is needed no more is not kept."""

from __future__ import annotations

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.state import Advice, Visit
from queue_server.contract import PAPER_PAGES, HeldReply, PaperSource
from tests.kiosk.walking import ANSWERS, Walk

PAPER = "giay-chung-sinh"


def laid() -> Walk:
    """The first paper is under the camera."""
    walk = Walk(camera=True).questions(BIRTH).fill(ANSWERS).did(visit.Done(), visit.ShowPaper(PAPER))
    walk.effects.clear()
    return walk.at(Screen.CAPTURE)


def shot(walk: Walk, picture: str, advice: Advice = Advice.GOOD) -> Walk:
    return walk.did(visit.Shoot(), visit.PaperShot(picture, advice))


def here(walk: Walk) -> Visit:
    assert walk.state.visit is not None
    return walk.state.visit


def pages(walk: Walk) -> tuple[str, ...]:
    return next(stand.pages for stand in here(walk).papers if stand.type == PAPER)


def test_a_page_that_lies_sideways_is_turned_and_kept_as_it_stands_then() -> None:
    walk = shot(laid(), "sideways", Advice.BLURRED).did(visit.TurnShot(), visit.TurnShot(), visit.KeepPage())
    assert walk.took(ask.TurnShot) == [ask.TurnShot("sideways")]
    walk.at(Screen.CAPTURE).did(visit.PaperTurned("sideways", "upright"))
    assert here(walk).shot is not None
    assert (here(walk).shot.picture, here(walk).shot.advice) == ("upright", Advice.BLURRED)  # type: ignore[union-attr]
    assert walk.took(ask.Forget) == [ask.Forget(("sideways",))]
    assert walk.did(visit.TurnShot(), visit.PaperTurned("upright", "upright"), visit.KeepPage()).at(Screen.PAPERS)
    assert pages(walk) == ("upright",)
    assert walk.took(ask.Forget) == [ask.Forget(("sideways",))]


def test_a_picture_turned_too_late_is_forgotten_and_takes_no_other_place() -> None:
    walk = shot(laid(), "one").did(visit.TurnShot(), visit.Retake(), visit.PaperTurned("one", "one-turned"))
    assert here(walk).shot is None
    assert walk.took(ask.Forget) == [ask.Forget(("one",)), ask.Forget(("one-turned",))]
    shot(walk, "two").did(visit.PaperTurned("one", "one-turned"))
    assert here(walk).shot is not None
    assert here(walk).shot.picture == "two"  # type: ignore[union-attr]


def test_what_is_of_no_use_is_not_turned() -> None:
    assert not shot(laid(), "nothing", Advice.NO_PAPER).did(visit.TurnShot()).took(ask.TurnShot)
    assert not laid().did(visit.TurnShot()).took(ask.TurnShot)


def test_what_is_photographed_again_takes_the_place_of_what_was() -> None:
    walk = shot(laid(), "old").did(visit.KeepPage(), visit.ShowPaper(PAPER))
    assert walk.took(ask.Forget) == [], "whoever goes back has it still"
    assert pages(walk.did(on.Back())) == ("old",)
    shot(walk.did(visit.ShowPaper(PAPER)), "poor").did(visit.Retake())
    shot(walk, "new").did(visit.KeepPage())
    assert pages(walk) == ("new",)
    assert walk.took(ask.Forget) == [ask.Forget(("poor",)), ask.Forget(("old",))]


def test_a_paper_has_as_many_pages_as_the_hall_takes_and_all_of_them_are_filed() -> None:
    walk = laid()
    for number in range(PAPER_PAGES):
        shot(walk.at(Screen.CAPTURE), f"p{number}").did(visit.KeepPage(more=True))
    walk.at(Screen.PAPERS)
    assert pages(walk) == tuple(f"p{number}" for number in range(PAPER_PAGES))
    walk.filing()
    (sent,) = walk.took(ask.FileDossier)
    assert isinstance(sent, ask.FileDossier)
    assert sent.pages == ((PAPER, pages(walk)),)
    assert walk.took(ask.Forget) == []


def test_a_picture_that_comes_for_nobody_is_forgotten() -> None:
    walk = laid().did(visit.Shoot(), on.Back(), visit.PaperShot("late", Advice.GOOD)).at(Screen.PAPERS)
    assert walk.took(ask.Forget) == [ask.Forget(("late",))]


def test_the_halls_answer_on_held_papers_ends_no_picture_that_is_being_taken() -> None:
    walk = laid().did(visit.Shoot(), visit.HeldArrived(HeldReply(papers=())), visit.Shoot())
    assert len(walk.took(ask.ShootPaper)) == 1


def test_two_pictures_of_one_paper_are_two_pages() -> None:
    walk = shot(shot(laid(), "a").did(visit.KeepPage(more=True)), "b").did(visit.KeepPage())
    assert pages(walk) == ("a", "b")
    assert next(stand.source for stand in here(walk).papers if stand.type == PAPER) is PaperSource.CAPTURED
