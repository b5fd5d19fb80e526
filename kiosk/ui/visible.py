"""What a picture depends on, so that nothing is drawn twice, and what counts as another page before the citizen."""

from __future__ import annotations

import math
from dataclasses import replace

from kiosk.state import State, Times, seconds_left, warned
from kiosk.ui.frame import wall_time


def visible(state: State) -> tuple[object, ...]:
    """All that can be seen: of the time only the clock's minute and the countdown's second."""
    moment = wall_time(state)
    left = math.ceil(seconds_left(state) or 0) if warned(state) else None
    reply = state.reply.model_copy(update={"now": None}) if state.reply else None
    bare = replace(state, times=Times(), reply=reply)
    return bare, moment and moment.replace(second=0, microsecond=0), left


def before_us(state: State) -> tuple[object, ...]:
    """What is before the citizen: on another one a quick second tap is none, and the focus begins anew."""
    asking = state.visit.asking if state.visit else None
    over = state.access, state.leaving, warned(state)
    here = state.visit
    # The paper one was led to, and the declaration, which is waited for.
    led = here and (here.pointed, here.declaration is not None)
    return state.screen, asking and (asking.field, asking.province), over, led


def turned_over(state: State) -> tuple[object, ...]:
    """What changes under a finger on the same page: the quick second tap of whoever taps twice meant the first."""
    here = state.visit
    looks = state.language, state.large_text, state.contrast, state.low_reach, state.voice
    page = looks, state.page, state.printing
    if here is None:
        return page
    taken = here.shot is not None, here.papers, here.card is not None
    return page, taken, here.working, here.declaration and here.declaration.page
