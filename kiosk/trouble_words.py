"""Why the hall's answer does not stand there: in the server's words, or the kiosk's where the server said nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kiosk.state import Screen, State
from kiosk.visit.own_problems import NO_CODE, unanswered
from kiosk.words import Words
from queue_server.contract import Paper, Problem


def told(problem: Problem, say: Words, papers: Sequence[Paper] = ()) -> tuple[str, str]:
    """What is the matter, and what to do; `papers` by name where the server tells their codes."""
    _ = say.gettext
    if unanswered(problem):
        return _("The hall does not answer at the moment."), _("What you entered is kept. Please try again shortly.")
    if problem.code == NO_CODE:
        return _no_dossier(say)
    return _named(problem.detail or problem.title, say, papers), problem.action


def _named(text: str, say: Words, papers: Sequence[Paper]) -> str:
    for one in papers:
        text = re.sub(rf"(?<![\w-]){re.escape(one.type)}(?![\w-])", lambda _, one=one: say.local(one.name), text)  # type: ignore[misc]
    return text


def of_code(state: State, say: Words) -> tuple[str, str] | None:
    """What is wrong where a code is typed or scanned; None for nothing."""
    here, _ = state.visit, say.gettext
    if here is None:
        return None
    if here.problem is not None:
        return told(here.problem, say)
    if here.scan_problem is None:
        return None
    if here.scan_problem == "unreadable":
        return _("This code cannot be read."), _("Please hold it flat and still once more, or type it.")
    if state.screen is Screen.CHECK_IN:
        return _("This is not the code of an appointment."), _("It has six letters and digits and stands on your slip.")
    return _no_dossier(say)


def _no_dossier(say: Words) -> tuple[str, str]:
    _ = say.gettext
    return _("This is not the code of a dossier."), _("It stands on your receipt, beside the square code.")
