"""What a kiosk and a clerk say and hear of dossiers.

Answers and owners stand in bodies only, never in an address, and come back to nobody but clerks.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from queue_server.domain.dossiers.state import DossierAct, DossierState
from queue_server.domain.forms import Value
from queue_server.domain.text import Language

from .base import MOST, Code, Day, Instant, LocalText, MaybeReason, Request, Wire
from .ticket import Ticket

CitizenId = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of an attachment's bytes, in hexadecimal digits."""
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
MOST_ANSWERS = 200
MOST_PAPERS = 20
ATTACHMENT_BYTES = 10 * 1024 * 1024
PAPER_PAGES = 20
"""Of one paper, photographed at a kiosk."""


class Owner(Request):
    """Whose papers these are: the id number alone is no key to what the hall holds."""

    id: CitizenId
    birth_date: Day


class HeldRequest(Request):
    """Which of the papers `types` does the hall hold for this owner, still valid?"""

    owner: Owner
    types: tuple[Code, ...] = Field(max_length=MOST_PAPERS)


class HeldPaper(Wire):
    """A paper the hall may use again; neither its content nor its dossier is told."""

    type: str
    digitised_on: date
    valid_until: date | None


class HeldReply(Wire):
    papers: tuple[HeldPaper, ...]


class AttachmentReply(Wire):
    """The server has the attachment and found it sound; unless a dossier names it, it is forgotten within the hour.
    `expires_at`: till then it can be named."""

    digest: str
    media_type: str
    pages: int
    expires_at: Instant


class PaperSource(StrEnum):
    CAPTURED = "captured"
    """Photographed at the kiosk, or digitised by a clerk."""
    HELD = "held"
    """Held already: used again."""
    AT_COUNTER = "at-counter"
    """To be brought to the counter."""


class PaperPart(Request):
    """One paper of a dossier. `digest` with `captured` only."""

    type: Code
    source: PaperSource
    digest: Digest | None = None


class PaperCopy(Request):
    """A clerk has digitised a paper: the digest of the attachment that was sent."""

    digest: Digest


class DossierDraft(Request):
    """What a citizen has filled in. `form_version`: the form it was asked by; another one in force is refused."""

    procedure: Code
    form_version: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    answers: dict[FieldName, Value] = Field(max_length=MOST_ANSWERS)
    owner: Owner
    language: Language = Language.VI


class DeclarationReply(Wire):
    """The declaration in its official layout: each page a PNG, in base64. `fee`: what is to be paid, by the same
    rule as on the receipt; where an answer is missing that decides it, `fee_note` has the words of the advice."""

    pages: tuple[str, ...]
    fee: int | None = None
    fee_note: LocalText | None = None
    due_at: Instant | None = None


class FileRequest(DossierDraft):
    """File it. `confirmed`: the citizen has read the declaration and says it is right; `consent`: the version of the
    words by which the citizen agreed to the keeping. `priority`: for a procedure that ends with a ticket."""

    papers: tuple[PaperPart, ...] = Field(max_length=MOST_PAPERS)
    confirmed: bool
    consent: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    priority: Code | None = None


class Receipt(Wire):
    """What the citizen takes away: nothing personal. `code`: the dossier code; `track_url`: where a phone follows it;
    `ticket`: where a person must be seen. `papers_at_counter`: types still to be brought. `fee_note`: in place of a fee
    that is not known yet."""

    code: str
    procedure: str
    procedure_name: LocalText
    state: DossierState
    filed_at: Instant
    due_at: Instant | None
    fee: int | None = None
    fee_note: LocalText | None = None
    track_url: str
    papers_at_counter: tuple[LocalText, ...] = ()
    reused: int = 0
    ticket: Ticket | None = None


class FiledReply(Wire):
    """What a key filed: for a kiosk that was cut off before it heard. `receipt` null: nothing was filed."""

    receipt: Receipt | None


class DossierStatus(Wire):
    """A dossier's state, for anybody who has its code: nothing personal beyond that."""

    code: str
    procedure_name: LocalText
    state: DossierState
    state_name: LocalText
    filed_at: Instant | None
    due_at: Instant | None
    note: LocalText | None = None


class DossierRow(Wire):
    """A line of the clerks' list. `applicant`: the name of whoever files, for clerks only; `ticket_number`: the ticket
    under which that person waits today; `over_due`: past its due date and not done; `unreadable`: what is personal
    cannot be opened."""

    id: int
    code: str
    procedure: str
    procedure_name: LocalText
    state: DossierState
    applicant: str
    filed_at: Instant
    due_at: Instant | None
    ticket_number: str | None = None
    over_due: bool = False
    unreadable: bool = False


class DossierPaper(Wire):
    """`name`: `<owner id>.<paper type code>`; `digest` null: not digitised yet; `left_out`: one that need not be there
    and was not handed in."""

    type: str
    type_name: LocalText
    name: str
    source: PaperSource
    required: bool
    digitise: bool
    digest: str | None
    pages: int = 0
    checked: bool = False
    left_out: bool = False


class DossierAnswer(Wire):
    """One answer as people read it: dates, places and choices in words."""

    field: str
    group: LocalText
    short: LocalText
    text: str


class DossierEvent(Wire):
    """`by`: who did it, as people call them."""

    at: Instant
    actor: str
    by: str = ""
    act: str
    why: str | None = None


class DossierView(DossierRow):
    """A dossier as its clerk sees it. `acts`: what may be done now."""

    answers: tuple[DossierAnswer, ...]
    papers: tuple[DossierPaper, ...]
    events: tuple[DossierEvent, ...]
    acts: tuple[DossierAct, ...]
    fee: int | None = None
    fee_note: LocalText | None = None


class DossiersReply(Wire):
    """`next_before`: pass it as `before` for older ones; null at the end."""

    dossiers: tuple[DossierRow, ...]
    next_before: int | None = None
    counts: dict[str, int] = Field(default_factory=dict)


class ActRequest(Request):
    """`reason`: what the citizen must bring, why it is refused, why it takes longer; needed for those.
    `papers`: types found complete at receiving. `new_due`: with `extended` only. `after`: how many events the dossier
    had when it was looked at; refused where somebody has worked on it since."""

    act: DossierAct
    reason: MaybeReason = None
    papers: tuple[Code, ...] = Field(default=(), max_length=MOST_PAPERS)
    new_due: Day | None = None
    after: int | None = Field(default=None, ge=1, le=MOST)
