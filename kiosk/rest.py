"""Where the kiosk goes when nobody uses it: the start, or the reason why there is no start now."""

from __future__ import annotations

from dataclasses import replace

from kiosk.state import FAILURES_SHOWN, Help, Printing, Screen, State, at, groups


def resting(state: State) -> Screen:
    """The screen for nobody: what the hall's state and the link to the server allow."""
    if state.link_failures >= FAILURES_SHOWN or (state.reply is None and state.link_failures):
        return Screen.UNREACHABLE
    if state.reply is None:
        return Screen.STARTING
    return Screen.ATTRACT if state.reply.opening.issuing and groups(state) else Screen.CLOSED


def rest(state: State) -> State:
    """Forget the citizen: all that was entered, all choices, language and how the screen was set."""
    fresh = replace(
        state,
        language=state.house_language,
        large_text=False,
        group=None,
        service=None,
        priority=None,
        pending=None,
        ticket=None,
        printing=Printing.NONE,
        problem=None,
        visit=None,
        help=Help.NONE,
        contrast=False,
        low_reach=False,
        voice=False,
        access=False,
        leaving=False,
        unhurried=False,
    )
    return at(fresh, resting(fresh))
