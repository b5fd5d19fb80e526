"""How the devices are: what they report, and what the console shows of it; and what a call keypad asks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from hardware.health import Kind, Severity
from queue_server.domain.counter import CounterState

from .base import SEEN, Instant, LocalText, Request, Role, Wire

PartName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._ -]{1,40}$")]
DeviceState = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,40}$")]
CounterNumber = Annotated[int, Field(ge=1, le=999)]


class PartReport(Request):
    """One part says how it is: a printer, a display, the kiosk or the agent itself. `state`: a word of
    `hardware.health.State`; `detail`: English, for the technician, and never names a citizen; `counter`: where it
    stands, if at one."""

    part: PartName
    kind: Kind
    state: DeviceState
    detail: Annotated[str, SEEN, StringConstraints(max_length=200)] = ""
    counter: CounterNumber | None = None


class DeviceReport(Request):
    """A machine says how it and all its parts are. A part that is no longer named is no longer there. `run`: chosen by
    chance when the program starts, so that two that share a token are told from one that was restarted."""

    parts: Annotated[tuple[PartReport, ...], Field(min_length=1, max_length=64)]
    run: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,32}$")] | None = None


class DeviceView(Wire):
    """One part of a machine. `name`: the machine; `since`: when it came into this state; `changes`: of one that is
    unsteady, how many there were since then; `at`: when it was last heard of; `last_error`: the newest state in which
    it could not work, and what that means; `what` is the matter and what to `do`; `alert`: it has not worked for longer
    than the hall allows."""

    name: str
    role: Role
    part: str
    kind: Kind
    counter: int | None
    state: str
    severity: Severity
    detail: str
    since: Instant
    changes: int | None = None
    at: Instant
    last_error: str | None = None
    last_error_at: Instant | None = None
    last_error_what: LocalText | None = None
    what: LocalText
    do: LocalText
    alert: bool = False


class DeviceChange(Wire):
    """A part came into a state. An empty `part`: the whole machine became silent, or was heard again. Of
    one that is unsteady: so many `times` from one state into another, from `since` to `at`."""

    name: str
    part: str
    kind: Kind
    state: str
    severity: Severity
    detail: str
    at: Instant
    since: Instant | None = None
    times: int = 1
    what: LocalText


class DevicesReply(Wire):
    """Every part of every machine, what is out of order first; `changes`: what happened lately, newest first."""

    devices: tuple[DeviceView, ...]
    changes: tuple[DeviceChange, ...]
    alert_after_s: int
    silent_after_s: int
    now: Instant


class KeypadKey(StrEnum):
    """The keys of a call keypad. `pause` stops and starts the counter."""

    NEXT = "next"
    RECALL = "recall"
    FINISH = "finish"
    NO_SHOW = "no-show"
    TRANSFER = "transfer"
    PAUSE = "pause"


class KeyPress(Request):
    """A key was pressed at a counter. `to_counter`: for `transfer` alone, where the person should go; `expires_at`:
    by the server's clock, a press that comes later than this is not carried out any more."""

    key: KeypadKey
    to_counter: CounterNumber | None = None
    expires_at: AwareDatetime | None = None


class KeyOutcome(StrEnum):
    """What came of a key."""

    CALLED = "called"
    NOBODY = "nobody"
    RECALLED = "recalled"
    FINISHED = "finished"
    NO_SHOW = "no-show"
    TRANSFERRED = "transferred"
    PAUSED = "paused"
    OPENED = "opened"


class KeyReply(Wire):
    """What came of a key: the ticket's `number` it was done to, how many wait for this counter now, and the counter's
    state after it."""

    outcome: KeyOutcome
    number: str | None
    waiting: int
    state: CounterState
