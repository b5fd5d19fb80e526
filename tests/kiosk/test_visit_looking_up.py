"""Looking up a dossier, checking in for an appointment and calling for help at the kiosk, walked without a screen."""

from __future__ import annotations

import pytest

from kiosk import events as on
from kiosk.fake_catalogue import BIRTH
from kiosk.fake_hall import problem
from kiosk.state import Help, Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from queue_server.contract import (
    CheckInRequest,
    HelpRequest,
    Language,
)
from tests.kiosk.walking import KEY, NOTHING, Walk, here, reviewed, status, ticket


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
    assert here(walk.did(visit.DeclarationArrived(NOTHING, ("old",), first))).declaration is None
    _, second = walk.took(ask.DrawDeclaration)
    assert here(walk.did(visit.DeclarationArrived(NOTHING, ("new",), second))).declaration is not None


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
