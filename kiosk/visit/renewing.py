"""The form changed at the server while it was being filled in: the new one is fetched, and what still fits it stays."""

from __future__ import annotations

from dataclasses import replace

from kiosk.effects import Effect
from kiosk.state import Screen, State, at
from kiosk.visit import effects as ask
from kiosk.visit.course import Step, changed, procedure_of, today, visiting
from kiosk.visit.state import Visit
from queue_server.contract import CatalogueReply, Form, Outcome, Problem, check_answer

CHANGED = frozenset({"form-changed", "paper-missing", "paper-unknown"})
"""The server's words for what may come from a catalogue of yesterday."""
WITHDRAWN = frozenset({"procedure-unknown", "procedure-not-filed"})
"""The server's words for what can no more be filed here: then a number is left."""


def withdrawn(problem: Problem | None) -> bool:
    return problem is not None and problem.code in WITHDRAWN


def outdated(state: State, problem: Problem | None) -> Step | None:
    """What a refusal comes to that says that form or papers are of yesterday; None for any other."""
    if problem is None or problem.code not in CHANGED:
        return None
    waiting = changed(state, declaration=None, filing=None, problem=problem, working=True, renewing=True)
    return at(waiting, Screen.DECLARATION), (ask.FetchCatalogue(),)


def arrived(state: State, reply: CatalogueReply) -> Step:
    """The new catalogue, for the citizen who waits for it."""
    if state.catalogue is not None and state.catalogue.version == reply.version:
        return changed(state, working=False, renewing=False), ()  # nothing newer: why is said
    offered = next((one for one in reply.procedures if one.code == visiting(state).filling), None)
    if offered is None or offered.form is None or offered.outcome is Outcome.GUIDANCE:
        return changed(state, working=False, renewing=False, problem=_gone(visiting(state).problem)), ()
    old = procedure_of(state, offered.code)
    moved = replace(state, catalogue=reply)
    kept = changed(moved, **_kept(visiting(state), old.form if old else None, offered.form, state))
    return at(kept, Screen.REVIEW), _keeping(reply)


def _keeping(reply: CatalogueReply) -> tuple[Effect, ...]:
    return (ask.KeepCatalogue(reply),)


def _gone(problem: Problem | None) -> Problem | None:
    """The refusal that is shown, as one that leaves a number only."""
    return problem.model_copy(update={"code": "procedure-not-filed", "action": ""}) if problem else None


def _kept(here: Visit, old: Form | None, new: Form, state: State) -> dict[str, object]:
    """The answers that the new form takes as well, and what else of the visit is still true."""
    answers = {}
    for question in new.questions:
        before = old.question(question.field) if old else None
        value = here.answers.get(question.field)
        if value is None or before is None or before.control is not question.control:
            continue
        if check_answer(new, question, value, here.answers, today(state)) is None:
            answers[question.field] = value
    passed = {one.field for one in new.questions if not one.required and one.field not in here.answers}
    return {
        "answers": answers,
        "confirmed": here.confirmed & (passed | answers.keys()),
        "drafts": {},
        "asking": None,
        "reviewed": False,
        "declaration": None,
        "filing": None,
        "problem": None,
        "working": False,
        "renewing": False,
        "renewed": True,
    }
