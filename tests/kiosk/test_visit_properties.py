"""What holds for a visit whatever happens, in any order, with any answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from kiosk import effects as do
from kiosk import events as on
from kiosk.fake_catalogue import BIRTH, MARRIAGE, catalogue_reply
from kiosk.fake_hall import problem
from kiosk.flow import step
from kiosk.state import RESTING, Screen, State, pages
from kiosk.typing import Method
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.course import form, question
from kiosk.visit.drafting import TYPED
from kiosk.visit.state import Advice, Asking, Visit
from queue_server.contract import DeclarationReply, DossierDraft, HeldReply, Language, Value, asked
from tests.form_answers import valid
from tests.kiosk.real_catalogue import filed_here, real_catalogue, real_places
from tests.kiosk.walking import ANSWERS, CARD, KEY, Walk, offer, receipt, ticket

CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CODES = ("birth", "ho-tich", BIRTH, MARRIAGE, "15", "02680", "yes", "male", "vi", "nonsense")
PAPERS = ("giay-chung-sinh", "can-cuoc", "ket-hon", "nonsense")
FIELDS = ("declarant_name", "home", "child_born", "nonsense")
code, paper, field = st.sampled_from(CODES), st.sampled_from(PAPERS), st.sampled_from(FIELDS)
KEYS = st.sampled_from((KEY, "key-2"))
TOUCHES = st.one_of(
    st.sampled_from(
        (
            *(on.Start(), on.Touched(), on.Back(), on.Home(), on.PrintAgain(), on.ToggleLargeText()),
            on.SwitchLanguage(Language.EN),
            *(visit.TakeNumber(), visit.FindProcedure(), visit.LookUpDossier(), visit.CheckIn(), visit.CallHelp()),
            *(visit.MoreTime(), visit.ToggleAccess(), visit.Stay(), visit.ToggleContrast(), visit.ToggleLowReach()),
            *(visit.ToggleVoice(), visit.StartSearch(), visit.StartGuide(), visit.FillIn(), visit.PrintChecklist()),
            *(visit.Agree(), visit.Decline(), visit.TypeInstead(), visit.Erase(), visit.ClearEntry(), visit.Shift()),
            *(visit.SwitchSigns(), visit.SwitchMethod(Method.VNI), visit.Done(), visit.Skip(), visit.Shoot()),
            *(visit.KeepPage(), visit.KeepPage(more=True), visit.Retake(), visit.PrintReceiptAgain()),
            *(visit.OtherProvince(), visit.Focused("x"), on.ChooseLanguage(Language.VI), on.ChoosePriority(None)),
        )
    ),
    st.builds(visit.ChooseLifeEvent, code),
    st.builds(visit.ChooseFindGroup, code),
    st.builds(visit.ChooseProcedure, code),
    st.builds(visit.AnswerGuide, st.integers(-1, 3)),
    st.builds(visit.TypeKey, st.sampled_from((*"asdwfj1290@.", "\n", "ấ", "ab", "\u202e"))),
    st.builds(visit.PickOption, code),
    st.builds(visit.TurnWheel, st.integers(-1, 3), st.integers(-400, 400)),
    st.builds(visit.TypeFigures, st.integers(-1, 3)),
    st.builds(visit.Stroke, st.lists(st.tuples(st.integers(-9, 2000), st.integers(-9, 900)), max_size=4).map(tuple)),
    st.builds(visit.TakeSameAs, field),
    st.builds(visit.ChangeAnswer, field),
    st.builds(visit.ShowPaper, paper),
    st.builds(visit.ReusePaper, paper),
    st.builds(visit.BringPaper, paper),
    st.builds(visit.FileIt, KEYS),
    st.builds(on.Confirm, KEYS),
    st.builds(on.TurnPage, st.integers(-3, 3)),
)
RECEIPTS = st.sampled_from((receipt(), receipt(ticket=ticket())))
ANSWERED = st.one_of(
    st.sampled_from(
        (
            *(visit.CardScanned(CARD), visit.CodeScanned("https://x.example/d/Zk3v"), visit.ScanRefused("barcode")),
            *(
                visit.PaperSeen("p", Advice.MOVING),
                visit.PaperShot("q", Advice.GOOD),
                visit.HeldArrived(HeldReply(papers=())),
            ),
            *(visit.DeclarationArrived(DeclarationReply(pages=()), ("d1", "d2")), visit.HelpIsComing(answered=True)),
            *(visit.RequestFailed("DrawDeclaration"), visit.RequestFailed("AskHeld"), visit.RequestFailed("LookUp")),
            *(on.ServicesArrived(offer()), on.ServicesArrived(offer(groups=())), on.ServicesFailed("down")),
            *(on.Printed(0), on.PrintFailed(0), visit.Equipped(scanner=True, camera=True)),
            *(visit.Equipped(scanner=False, camera=False), visit.CatalogueArrived(catalogue_reply())),
        )
    ),
    st.builds(visit.Filed, KEYS, RECEIPTS),
    st.builds(visit.LeftOverFiled, RECEIPTS),
    st.builds(visit.FilingUncertain, KEYS, st.just("timeout")),
    st.builds(visit.FilingRefused, KEYS, st.just(problem(422, "x", "x", "y"))),
    st.builds(on.TicketIssued, KEYS, st.just(ticket())),
    st.builds(on.IssueRefused, KEYS, st.just(problem(404, "x", "x", "y"))),
)
TICKS = st.floats(0, 20).map(lambda passed: ("tick", passed))
MOVES = st.lists(st.one_of(TOUCHES, TOUCHES, ANSWERED, TICKS), max_size=60)
START = st.sampled_from(("attract", "way", "question", "review", "declaration", "filing"))


def started(where: str) -> Walk:
    walk = Walk(scanner=False, camera=True)
    match where:
        case "way":
            return walk.ways()
        case "question":
            return walk.questions(BIRTH)
        case "review":
            return walk.questions(BIRTH).fill(ANSWERS)
        case "declaration":
            return walk.questions(MARRIAGE).fill(ANSWERS).declaration()
        case "filing":
            return walk.questions(MARRIAGE).fill(ANSWERS).filing()
    return walk


def moved(state: State, move: Any) -> tuple[State, tuple[do.Effect, ...]]:
    return step(state, on.Tick(state.times.now + move[1]) if isinstance(move, tuple) else move)


@CALM
@given(START, MOVES)
def test_any_sequence_keeps_the_state_whole(where: str, moves: list[Any]) -> None:
    state = started(where).state
    for move in moves:
        state, _ = moved(state, move)
        assert 0 <= state.page < pages(state)
        here = state.visit
        if state.screen in (Screen.QUESTION, Screen.REVIEW, Screen.FILING, Screen.DECLARATION, Screen.PAPERS):
            assert here is not None
            assert here.consent is not None, "nothing is asked of anybody who has not agreed"
        if state.screen is Screen.QUESTION:
            assert here is not None
            assert here.asking is not None
            used = form(state)
            assert used is not None
            assert used.question(here.asking.field)
        if state.screen is Screen.FILING:
            assert here is not None
            assert here.filing is not None
        if here is not None and here.filing is not None:
            assert state.screen is Screen.FILING
        if state.screen in RESTING and not isinstance(move, on.Resized) and state.screen is Screen.ATTRACT:
            assert here is None


@CALM
@given(START, MOVES)
def test_the_key_of_a_filing_stays_the_same_until_it_is_answered(where: str, moves: list[Any]) -> None:
    state = started(where).state
    for move in moves:
        before = state.visit.filing if state.visit else None
        state, effects = moved(state, move)
        after = state.visit.filing if state.visit else None
        sent = [effect for effect in effects if isinstance(effect, ask.FileDossier)]
        assert len(sent) <= 1
        if before is not None and after is not None:
            assert (after.key, after.request, after.pages) == (before.key, before.request, before.pages)
        for effect in sent:
            assert after is not None
            assert (effect.key, effect.request, effect.pages) == (after.key, after.request, after.pages)
            if before is None:
                assert isinstance(move, visit.FileIt | on.Confirm)
                assert move.key == effect.key


@CALM
@given(START, MOVES)
def test_going_back_never_loses_an_answer(where: str, moves: list[Any]) -> None:
    state = started(where).state
    for move in moves:
        before, screen, wanted = state.visit, state.screen, question(state)
        state, _ = moved(state, move)
        if isinstance(move, on.Back) and before is not None and state.visit is not None:
            assert dict(before.answers).items() <= dict(state.visit.answers).items()
            assert len(state.visit.papers) == len(before.papers)
        if screen is Screen.QUESTION and isinstance(move, on.Back | on.SwitchLanguage | on.ToggleLargeText):
            assert before is not None
            assert state.visit is not None
            typed = wanted is not None and wanted.control in TYPED
            assert entered(before)[: typed + 3] == entered(state.visit, before.asking)[: typed + 3]


def entered(here: Visit, asking: Asking | None = None) -> tuple[object, ...]:
    """What stands at the question, or was put aside of it: parts, options, strokes and, where it is typed, text."""
    wanted = asking or here.asking
    assert wanted is not None
    kept, text = here.drafts.get(wanted.field, (None, ""))
    if here.asking is not None and here.asking.field == wanted.field:
        kept, text = here.asking, here.entry.text
    assert kept is not None
    return kept.parts, kept.picked, kept.strokes, text


def values(thing: object) -> Iterator[object]:
    """Everything that can be reached from `thing`."""
    if isinstance(thing, Enum) or thing is None:
        return
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for one in dataclasses.fields(thing):
            yield from values(getattr(thing, one.name))
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from values(getattr(thing, name))
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from values(key)
            yield from values(value)
    elif isinstance(thing, list | tuple | set | frozenset):
        for each in thing:
            yield from values(each)
    else:
        yield thing


PERSONAL = {
    *(
        ANSWERS[name]
        for name in ("declarant_name", "declarant_id", "declarant_born", "phone", "child_name", "signature")
    ),
    *(CARD.id, CARD.name, CARD.address),
}


@CALM
@given(START, MOVES)
def test_whoever_has_gone_has_left_nothing_behind(where: str, moves: list[Any]) -> None:
    walk = started(where)
    state, gone = walk.state, False
    for move in [*moves, *([("tick", 400.0)] * 3)]:
        before = state
        state, effects = moved(state, move)
        if before.visit is not None and state.visit is None:
            gone = True
            assert ask.Wipe() in effects
    if state.screen in RESTING and (gone or walk.state.visit is None):
        assert state.visit is None
        assert not PERSONAL & {value for value in values(state) if isinstance(value, str | date)}


@CALM
@given(START, MOVES)
def test_what_is_shown_by_accident_is_never_personal(where: str, moves: list[Any]) -> None:
    """States, events and effects end up in logs and error texts: their `repr` names nobody."""
    state = started(where).state
    for move in moves:
        state, effects = moved(state, move)
        said = repr((state.visit, move, [one for one in effects if not isinstance(one, do.Print)]))
        assert not [value for value in PERSONAL if str(value) in said]


def plain(value: Value) -> Value:
    """Without what does not count: blanks at the ends of a text, the order of several choices."""
    if isinstance(value, list):
        return sorted(value)
    return " ".join(value.split()) if isinstance(value, str) else value


# --- the catalogue that ships ----------------------------------------------------------------------------------


@pytest.mark.parametrize("procedure", filed_here())
def test_every_procedure_is_walked_from_the_language_to_the_receipt(procedure: str) -> None:
    used = next(one.form for one in real_catalogue().procedures if one.code == procedure)
    assert used is not None

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(valid(used))
    def walk(answers: dict[str, Value]) -> None:
        given = {name: value for name, value in answers.items() if name in {one.field for one in asked(used, answers)}}
        visitor = Walk(offer(catalogue=real_catalogue().version), real_catalogue(), real_places())
        visitor.questions(procedure).fill(given).declaration(("p1", "p2", "p3"))
        visitor.did(visit.FileIt(KEY)).at(Screen.FILING)
        (sent,) = visitor.took(ask.FileDossier)
        assert isinstance(sent, ask.FileDossier)
        assert isinstance(sent.request, DossierDraft)
        signed = {one.field for one in used.questions if one.control == "signature"}
        sent_answers = {name: plain(value) for name, value in sent.request.answers.items() if name not in signed}
        assert sent_answers == {name: plain(value) for name, value in given.items() if name not in signed}
        visitor.did(visit.Filed(KEY, receipt())).at(Screen.RECEIPT).did(on.Home()).at(Screen.ATTRACT)

    walk()
