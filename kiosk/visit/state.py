"""What the kiosk knows of the citizen before it; gone when he or she is."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from hardware.papers.advice import Advice as Advice  # noqa: PLC0414 - the visit speaks these words
from kiosk.typing import Method
from queue_server.contract import (
    Complaint,
    DossierStatus,
    FileRequest,
    HeldPaper,
    LocalText,
    PaperSource,
    Problem,
    Receipt,
    Value,
)

if TYPE_CHECKING:
    from kiosk.effects import Effect

CONSENT_VERSION = "2026-01"
"""Of the words on the consent screen; it is kept with the dossier."""


@dataclass(frozen=True, slots=True)
class CardFields:
    """What the QR code of an identity card says; never a proof of who somebody is."""

    id: str = field(repr=False)
    name: str = field(repr=False)
    birth_year: int = field(repr=False)
    birth_date: date | None = field(repr=False)
    sex: str = field(repr=False)
    address: str = field(repr=False)
    issued: date = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """The text being typed, whatever it is for. `hidden_keys`: a real keyboard is used, the drawn one may go."""

    text: str = field(default="", repr=False)
    method: Method = Method.TELEX
    shift: bool = False
    signs: bool = False
    """Digits and signs in place of letters."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The question before the citizen. Which parts count depends on its control: text-like ones are in `Visit.entry`.

    `parts`: day, month, year of a date, None where not set yet; `picked`: option codes, or the commune's code;
    `province`: chosen in the first step of a commune; `strokes`: of a signature, points in a box of 1000 x 400;
    `from_review`: it goes back to the review page."""

    field: str
    parts: tuple[int | None, int | None, int | None] = (None, None, None)
    picked: tuple[str, ...] = ()
    province: str | None = None
    strokes: tuple[tuple[tuple[int, int], ...], ...] = dataclasses.field(default=(), repr=False)
    complaint: Complaint | None = None
    from_review: bool = False
    figures: int | None = None
    """The part of a date whose figures are being typed; None while the wheels are turned."""
    proposed: bool = False
    """What stands there came from the card or another answer, and nobody has confirmed it yet."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One page just photographed. `picture`: the vault's handle of what was seen, straightened; `advice`: GOOD, or why
    it should be taken again."""

    picture: str
    advice: Advice


@dataclass(frozen=True, slots=True)
class PaperStand:
    """One paper of the dossier so far. `source`: None while open; `pages`: handles of the pages kept; `held`: the hall
    has it already."""

    type: str
    source: PaperSource | None = None
    pages: tuple[str, ...] = ()
    held: HeldPaper | None = None
    left_out: bool = False
    """The citizen has said that there is none; only where it is not required."""


VIEWS = 2
"""A page of the declaration is read in so many parts from top to bottom, each as wide as the screen."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """The pages to be read. `pages`: the vault's handles; `page`: which view is shown, `seen`: those that were."""

    pages: tuple[str, ...]
    page: int = 0
    seen: frozenset[int] = frozenset({0})
    fee: int | None = None
    fee_note: LocalText | None = None
    """What is known of the fee where the answers do not decide it."""
    due_at: datetime | None = None

    @property
    def views(self) -> int:
        return len(self.pages) * VIEWS

    @property
    def read(self) -> bool:
        """Every part of every page has been on the screen."""
        return self.seen >= set(range(self.views))


@dataclass(frozen=True, slots=True)
class FilePending:
    """A filing whose answer is not known yet; the key stays the same however often it is sent. `pages`: by paper type,
    the handles of what goes with it."""

    key: str
    request: FileRequest = field(repr=False)
    pages: tuple[tuple[str, tuple[str, ...]], ...]
    since: float
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Visit:
    """`found`: procedure codes listed now; `event`, `guide`: the life event and the guiding questions on the way there;
    `camera`: the handle of the newest picture under the document camera."""

    procedure: str | None = None
    entry: Entry = Entry()
    found: tuple[str, ...] = ()
    event: str | None = None
    guide: tuple[str, ...] = ()
    consent: str | None = None
    card: CardFields | None = field(default=None, repr=False)
    scan_problem: str | None = None
    """Why the last thing scanned was no card: a word of `hardware.scanners.refusal.Problem`."""
    answers: Mapping[str, Value] = field(default_factory=dict, repr=False)
    confirmed: frozenset[str] = frozenset()
    """Fields the citizen has answered or seen and kept."""
    asking: Asking | None = None
    reviewed: bool = False
    papers: tuple[PaperStand, ...] = ()
    paper: str | None = None
    """The type of the paper under the camera."""
    pointed: str | None = None
    """The type of the paper that was asked for as missing: it is lit up on the list."""
    before: PaperStand | None = field(default=None, repr=False)
    """How that paper stood before it was laid there: so it stands again for whoever goes back."""
    shot: Shot | None = None
    camera: str | None = None
    camera_advice: Advice | None = None
    declaration: Declaration | None = None
    filing: FilePending | None = None
    receipt: Receipt | None = None
    looking_up: bool = False
    status: DossierStatus | None = None
    problem: Problem | None = None
    trail: tuple[tuple[str, int], ...] = ()
    """Screens and their pages on the way to the procedure: the way back."""
    sought: str = field(default="", repr=False)
    """What was last looked for, while another text is being typed."""
    age_priority: str | None = None
    """The category that age proposes. Only the citizen takes it: then it is `State.priority`."""
    renewing: bool = False
    """The form has changed at the server, and the new one is waited for."""
    renewed: bool = False
    """The form changed during this visit: the citizen looks through the answers once more."""
    for_dossier: bool = False
    """The priority is asked for what is being filed, not for a number alone."""
    filling: str | None = None
    """The procedure to which `answers` belong."""
    awaited: tuple[Effect, ...] = field(default=(), repr=False)
    """What the server was asked, the last question of each kind."""
    drafts: Mapping[str, tuple[Asking, str]] = field(default_factory=dict, repr=False)
    """What stands half entered at questions that were left, by field, with the text typed there."""
    working: bool = False
    """A request is under way whose answer the screen waits for."""
