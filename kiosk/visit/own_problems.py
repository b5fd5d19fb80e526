"""Problems that the kiosk tells by itself, where the hall's server has said nothing: beside the server's own."""

from __future__ import annotations

from queue_server.contract import Problem

UNANSWERED = "unanswered"
"""The server was asked and has not answered."""
NO_CODE = "no-code"
"""What was typed can be the code of nothing."""


def own(code: str) -> Problem:
    """A problem that the kiosk tells by itself; its words come with the language in which it is shown."""
    return Problem(type="about:blank", title="", status=0, code=code, detail="", action="")


def unanswered(problem: Problem | None) -> bool:
    return problem is not None and problem.code == UNANSWERED
