"""What the kiosk knows at one moment: the value that the flow turns into the next and the screen draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.visit.listing import answered, form_of, is_list, listed, question_of
from kiosk.visit.state import Visit
from queue_server.contract import (
    CatalogueReply,
    CheckInRequest,
    GuideQuestion,
    Kind,
    Language,
    PlacesReply,
    PriorityCategory,
    Problem,
    Service,
    ServiceGroup,
    ServicesReply,
    Severity,
    Ticket,
    TicketRequest,
    severity,
)

WARNING_S = 10
ALONE_WARNING_S = 20
"""Whoever fills in a form alone gets longer to say so, as EN 301 549 (WCAG 2.2.1) asks."""
ALONE_IDLE_S = 40
"""At least so long nothing is forgotten of a form, whatever the hall's file says."""
UNHURRIED_S = 120
"""The idle time of whoever asked for more."""
RESET_S = 45
"""The idle time until the server has said its own."""
FAILURES_SHOWN = 2
"""One lost answer is no news; the second in a row is."""
SILENCE_S = 20.0
"""An answer that has not come after this long will not come: no call of the client lasts longer."""


class Screen(StrEnum):
    """Every screen a citizen can meet."""

    STARTING = "starting"
    ATTRACT = "attract"
    LANGUAGE = "language"
    GROUP = "group"
    SERVICE = "service"
    PRIORITY = "priority"
    CONFIRM = "confirm"
    ISSUING = "issuing"
    TICKET = "ticket"
    REFUSED = "refused"
    CLOSED = "closed"
    UNREACHABLE = "unreachable"
    # Without a clerk:
    WAY = "way"
    FIND = "find"
    SEARCH = "search"
    GUIDE = "guide"
    FOUND = "found"
    ADVICE = "advice"
    CONSENT = "consent"
    IDENTIFY = "identify"
    QUESTION = "question"
    REVIEW = "review"
    PAPERS = "papers"
    CAPTURE = "capture"
    DECLARATION = "declaration"
    FILING = "filing"
    RECEIPT = "receipt"
    LOOK_UP = "look-up"
    STATUS = "status"
    CHECK_IN = "check-in"


RESTING = frozenset({Screen.STARTING, Screen.ATTRACT, Screen.CLOSED, Screen.UNREACHABLE})
"""Where the kiosk stands when nobody uses it."""

CHOOSING = frozenset(
    {Screen.LANGUAGE, Screen.GROUP, Screen.SERVICE, Screen.PRIORITY, Screen.CONFIRM, Screen.REFUSED},
)
"""Where a citizen is at work, so that silence means that he or she has left."""

ALONE = frozenset(
    {
        *(Screen.WAY, Screen.FIND, Screen.SEARCH, Screen.GUIDE, Screen.FOUND, Screen.ADVICE, Screen.CONSENT),
        *(Screen.IDENTIFY, Screen.QUESTION, Screen.REVIEW, Screen.PAPERS, Screen.CAPTURE, Screen.DECLARATION),
        *(Screen.LOOK_UP, Screen.STATUS, Screen.CHECK_IN),
    },
)
"""Where a citizen is at work without a clerk."""


class Printing(StrEnum):
    """How far the paper of the shown ticket is."""

    NONE = "none"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Pending:
    """A ticket asked for whose answer is not known yet. The key stays the same however often it is sent."""

    key: str
    request: TicketRequest | CheckInRequest
    since: float
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Times:
    """Instants in seconds of one monotonic clock."""

    now: float = 0.0
    touched: float = 0.0
    answered: float = 0.0
    poll_due: float = 0.0
    retry_due: float = 0.0
    report_due: float = 0.0
    printer_due: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """How the kiosk itself or one of its printers is: `state` is a word of `hardware.health.State`."""

    name: str
    kind: Kind
    state: str
    detail: str = ""


class Help(StrEnum):
    """How far a call for help is."""

    NONE = "none"
    CALLED = "called"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Equipment:
    """What this kiosk has beside its printers, and what of it works now."""

    scanner: bool = False
    camera: bool = False
    headphones: bool = False
    """Plugged in now: what is read aloud is heard by one person only."""
    speaker: bool = False
    """Screens can be read aloud."""
    camera_lost: bool = False
    """There is a document camera, and it does not work now."""


@dataclass(frozen=True, slots=True)
class State:
    """The kiosk. `link_failures` counts the polls that failed in a row; `parts`: as they were last seen, the printers
    in the order of preference; empty before anybody looked. `visit`: of whoever files without a clerk; all that is
    personal is in there."""

    language: Language = Language.VI
    house_language: Language = Language.VI
    screen: Screen = Screen.STARTING
    landscape: bool = False
    large_text: bool = False
    reply: ServicesReply | None = None
    link_failures: int = 0
    group: str | None = None
    service: str | None = None
    priority: str | None = None
    page: int = 0
    pending: Pending | None = None
    settled_key: str | None = None
    filed_key: str | None = None
    """Of the last filing whose receipt went to paper: what is heard of it once more prints nothing."""
    ticket: Ticket | None = None
    printing: Printing = Printing.NONE
    parts: tuple[Part, ...] = ()
    problem: Problem | None = None
    catalogue: CatalogueReply | None = None
    places: PlacesReply | None = None
    visit: Visit | None = None
    help: Help = Help.NONE
    contrast: bool = False
    low_reach: bool = False
    voice: bool = False
    access: bool = False
    """The panel with larger text, contrast, low reach and voice is open."""
    leaving: bool = False
    """Asked whether to leave and lose what was entered: `Home` does, `Stay` does not."""
    unhurried: bool = False
    """This person has asked for more time."""
    equipment: Equipment = Equipment()
    times: Times = Times()

    @property
    def fault(self) -> str | None:
        """Why the next ticket will not come on paper: the first printer's state, if none of them can print."""
        printers = [part.state for part in self.parts if part.kind is Kind.PRINTER]
        failed = [state for state in printers if severity(state) is Severity.FAILED]
        return failed[0] if failed and len(failed) == len(printers) else None

    @property
    def unprintable(self) -> bool:
        """The next ticket will not come on paper."""
        return self.fault is not None

    @property
    def waits_in_vain(self) -> bool:
        """A ticket was asked for, or a dossier filed, and the server stays silent."""
        if self.screen is Screen.FILING and self.visit and self.visit.filing:
            return self.visit.filing.attempts > FAILURES_SHOWN
        return self.screen is Screen.UNREACHABLE and self.pending is not None


def groups(state: State) -> tuple[ServiceGroup, ...]:
    """The groups that offer something."""
    return tuple(group for group in state.reply.groups if group.services) if state.reply else ()


def chosen_group(state: State) -> ServiceGroup | None:
    return next((group for group in groups(state) if group.code == state.group), None)


def chosen_service(state: State) -> Service | None:
    group = chosen_group(state)
    return next((service for service in group.services if service.code == state.service), None) if group else None


def chosen_priority(state: State) -> PriorityCategory | None:
    offered = state.reply.priorities if state.reply else ()
    return next((category for category in offered if category.code == state.priority), None)


def age_priority(state: State) -> PriorityCategory | None:
    """What age proposes and nobody has taken yet."""
    offered, here = state.reply.priorities if state.reply else (), state.visit
    return next((category for category in offered if here and category.code == here.age_priority), None)


def guide_question(state: State) -> GuideQuestion | None:
    """The question now asked of those who do not know: the last of `Visit.guide`, else the first of all."""
    asked = state.catalogue.guide if state.catalogue else ()
    code = state.visit.guide[-1] if state.visit and state.visit.guide else None
    return next((one for one in asked if one.code == code), asked[0] if asked else None)


def page_size(state: State, screen: Screen) -> int:
    """How many choices stand on one page, so that nobody has to scroll: fewer when the text is larger."""
    low = state.low_reach and not state.landscape
    if screen is Screen.PRIORITY:
        if low:
            return 3 if state.large_text else 4
        return (6 if state.landscape else 5) if state.large_text else (8 if state.landscape else 7)
    if screen is Screen.FIND:
        return 4 if low else 8 if state.large_text else 16 if state.landscape else 14
    if screen is Screen.ADVICE:
        return 2 if not (low or state.landscape or state.large_text) else 1
    if screen is Screen.PAPERS:
        return 2 if low or (state.large_text and state.landscape) else 4
    if screen is Screen.QUESTION:
        return 4 if low or (state.large_text and state.landscape) else 8
    if screen is Screen.REVIEW:
        return 4 if low else 6 if state.large_text else 8
    if low:
        return 2 if state.large_text else 3
    return 4 if state.large_text else 6 if state.landscape else 5


def choices(state: State) -> int:
    """How many choices the present screen offers in all; 0 where it is not a list."""
    if state.screen is Screen.GROUP:
        return len(groups(state))
    if state.screen is Screen.SERVICE:
        group = chosen_group(state)
        return len(group.services) if group else 0
    if state.screen is Screen.PRIORITY:
        return 1 + len(state.reply.priorities) if state.reply else 1
    if state.screen is Screen.FIND:
        return len(state.catalogue.life_events if state.catalogue else ()) + len(groups(state))
    if state.screen is Screen.FOUND:
        return len(state.visit.found) if state.visit else 0
    if state.screen is Screen.GUIDE:
        asked = guide_question(state)
        return len(asked.answers) if asked else 0
    if state.screen is Screen.ADVICE:
        return 2
    if state.screen is Screen.PAPERS:
        return len(state.visit.papers) if state.visit else 0
    if state.screen is Screen.QUESTION:
        question = question_of(state.catalogue, state.visit)
        if question is None or state.visit is None or not is_list(question):
            return 0
        return len(listed(question, state.visit, state.places, state.language))
    if state.screen is Screen.REVIEW:
        form = form_of(state.catalogue, state.visit)
        return len(answered(form, state.visit)) if form and state.visit else 0
    return 0


def pages(state: State) -> int:
    """How many pages the present list has; at least 1."""
    return max(1, -(-choices(state) // page_size(state, state.screen)))


def clamped(state: State) -> State:
    """The same state on a page that exists."""
    return replace(state, page=min(max(state.page, 0), pages(state) - 1))


def idle_s(state: State) -> int:
    """Seconds without a touch after which the person has left."""
    usual = state.reply.idle_s if state.reply else RESET_S
    if state.unhurried:
        return max(usual, UNHURRIED_S)
    return max(usual, ALONE_IDLE_S) if state.screen in ALONE or state.visit else usual


def warning_s(state: State) -> float:
    """How long before that the kiosk asks whether the person is still there."""
    return min(ALONE_WARNING_S if state.screen in ALONE or state.visit else WARNING_S, idle_s(state) / 2)


def seconds_left(state: State) -> float | None:
    """Seconds until the screen returns to the start by itself; None where it does not."""
    quiet = state.times.now - state.times.touched
    if state.screen in (Screen.TICKET, Screen.RECEIPT):
        shown = state.reply.ticket_s if state.reply else RESET_S
        if state.screen is Screen.RECEIPT:
            # There is more to read than a number.
            shown = max(shown, idle_s(state))
        # Without paper the person needs time to photograph the code.
        return (2 * shown + idle_s(state) if state.printing is Printing.FAILED else shown) - quiet
    return idle_s(state) - quiet if state.screen in CHOOSING | ALONE else None


def warned(state: State) -> bool:
    """True while the kiosk asks whether the person is still there."""
    left = seconds_left(state)
    return left is not None and state.screen in CHOOSING | ALONE and left <= warning_s(state)


def at(state: State, screen: Screen) -> State:
    """The same citizen, on another screen, at its first page."""
    return replace(state, screen=screen, page=0)


def first_list(state: State) -> State:
    """The choice of a group; where there is only one, its services at once."""
    offered = groups(state)
    if len(offered) == 1:
        return at(replace(state, group=offered[0].code), Screen.SERVICE)
    return at(state, Screen.GROUP)
