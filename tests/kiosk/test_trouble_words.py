"""Where nothing comes of what a citizen typed or scanned, the screen says why."""

from __future__ import annotations

from kiosk import events as on
from kiosk.state import Screen
from kiosk.trouble_words import of_code
from kiosk.visit import events as visit
from kiosk.visit.own_problems import NO_CODE, own
from kiosk.words import words
from queue_server.contract import Language
from tests.kiosk.walking import CARD, Walk


def test_where_a_code_is_asked_for_it_is_said_why_nothing_came_of_it() -> None:
    walk = Walk(scanner=True).ways().did(visit.LookUpDossier()).at(Screen.LOOK_UP).type("H57")
    say, heard = words(Language.EN), list[str]()
    for happened in (
        (visit.Done(), visit.RequestFailed("LookUp")),
        (visit.Done(), visit.RequestFailed("LookUp", own(NO_CODE))),
        (visit.ScanRefused("unreadable"),),
        (visit.ScanRefused("link"),),
        (visit.CardScanned(CARD),),
    ):
        walk.did(visit.ClearEntry()).type("H57").did(*happened).at(Screen.LOOK_UP)
        told = of_code(walk.state, say)
        assert told, happened
        heard.append(told[0])
    assert heard[0] == "The hall does not answer at the moment."
    assert heard[2] == "This code cannot be read."
    assert {heard[1], *heard[3:]} == {"This is not the code of a dossier."}
    walk.type("X")
    assert of_code(walk.state, say) is None, "who types on has seen it"
    walk.did(on.Back(), visit.CheckIn()).at(Screen.CHECK_IN).type("AB").did(visit.Done()).at(Screen.CHECK_IN)
    assert of_code(walk.state, say) == (
        "This is not the code of an appointment.",
        "It has six letters and digits and stands on your slip.",
    )
