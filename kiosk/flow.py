"""The way of a citizen through the kiosk, as one pure function: no clock, no chance, no input or output.

Time comes in as `Tick`, the idempotency key with `Confirm`. Everything else that the kiosk does is an effect in
the answer, so every path can be walked in a test without a screen.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk import effects as do
from kiosk import events as on
from kiosk.answers import PRINTER_FAULTY_S, REPORT_S, answer
from kiosk.rest import rest
from kiosk.state import RESTING, SILENCE_S, Help, Printing, State, clamped, idle_s, seconds_left
from kiosk.touch import touch
from kiosk.visit import filing, turns
from kiosk.visit.effects import CheckInAt, FetchHelp
from queue_server.contract import CheckInRequest

GIVE_UP_S = 300.0
"""After this long nobody stands there any more; a ticket made now would be called for nobody."""

Step = tuple[State, tuple[do.Effect, ...]]


def step(state: State, event: on.Event) -> Step:
    """The state after `event`, and what is to be done. Never raises: an event that does not fit changes nothing."""
    after, effects = _stepped(state, event)
    after = turns.awaiting(after, effects)
    return after, effects + turns.watched(state, after)


def _stepped(state: State, event: on.Event) -> Step:
    if isinstance(event, on.Tick):
        return _tick(state, event.now)
    if isinstance(event, on.Resized):
        return clamped(replace(state, landscape=event.landscape)), ()
    answered = answer(state, event)
    if answered is not None:
        return answered
    return touch(replace(state, times=replace(state.times, touched=state.times.now)), event)


def _tick(state: State, now: float) -> Step:
    state = replace(state, times=replace(state.times, now=max(now, state.times.now)))
    state, effects = _departed(state)
    state, retried = _retried(state)
    state, refiled = filing.again(state)
    state, asked = _asked(state)
    return state, effects + retried + refiled + asked


def _departed(state: State) -> Step:
    """Back to the start when the person has gone."""
    left = seconds_left(state)
    if left is not None and left <= 0:
        return rest(state), (do.FetchServices(),)
    waiting = state.pending or (state.visit.filing if state.visit else None)
    if waiting is not None and state.times.now - waiting.since >= GIVE_UP_S:
        return rest(state), ()
    looks = (state.large_text, state.contrast, state.low_reach, state.voice, state.access, state.help is not Help.NONE)
    touched_up = any(looks) or state.language is not state.house_language
    if touched_up and state.screen in RESTING and state.pending is None:
        return (rest(state) if state.times.now - state.times.touched >= idle_s(state) else state), ()
    return state, ()


def _retried(state: State) -> Step:
    """The same request with the same key, until the answer is known."""
    if state.pending is None or state.times.now < state.times.retry_due:
        return state, ()
    times = replace(state.times, retry_due=state.times.now + SILENCE_S)
    key, request = state.pending.key, state.pending.request
    if isinstance(request, CheckInRequest):
        return replace(state, times=times), (CheckInAt(key, request, state.language),)
    return replace(state, times=times), (do.IssueTicket(key, request),)


def _asked(state: State) -> Step:
    """The questions that recur: what the server offers, how the printer is; and the report to the server."""
    times, effects = state.times, list[do.Effect]()
    if times.now >= times.poll_due:
        times = replace(times, poll_due=times.now + SILENCE_S)
        effects.append(do.FetchServices())
        if state.help is Help.CALLED:
            effects.append(FetchHelp())
    # First the screen, then the printer: nothing is printed before the server has answered.
    if times.now >= times.printer_due and state.reply and state.printing is not Printing.RUNNING:
        times = replace(times, printer_due=times.now + max(SILENCE_S, PRINTER_FAULTY_S))
        effects.append(do.CheckPrinter())
    # Nothing is said of printers nobody has looked at yet.
    if times.now >= times.report_due and state.parts:
        times = replace(times, report_due=times.now + REPORT_S)
        effects.append(do.Report(state.parts))
    return replace(state, times=times), tuple(effects)
