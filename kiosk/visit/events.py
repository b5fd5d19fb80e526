"""What can happen in a visit: touches, scans, pictures, and the server's answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.effects import Effect
from kiosk.events import Event
from kiosk.typing import Method
from kiosk.visit.state import Advice, CardFields
from queue_server.contract import (
    CatalogueReply,
    DeclarationReply,
    DossierStatus,
    HeldReply,
    PlacesReply,
    Problem,
    Receipt,
)

# --- ways ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TakeNumber(Event):
    """Only a number; from the advice of a procedure: a number for it."""


@dataclass(frozen=True, slots=True)
class FindProcedure(Event):
    """File or be advised here."""


@dataclass(frozen=True, slots=True)
class LookUpDossier(Event):
    """Where does my dossier stand?"""


@dataclass(frozen=True, slots=True)
class CheckIn(Event):
    """I have an appointment."""


@dataclass(frozen=True, slots=True)
class CallHelp(Event):
    """The help button, on every screen."""


@dataclass(frozen=True, slots=True)
class MoreTime(Event):
    """Yes, I am still here, and I need longer."""


@dataclass(frozen=True, slots=True)
class ToggleAccess(Event):
    """Open or close the panel with larger text, contrast, low reach and voice."""


@dataclass(frozen=True, slots=True)
class Stay(Event):
    """Asked whether to leave and lose what was entered: no."""


@dataclass(frozen=True, slots=True)
class ToggleContrast(Event):
    pass


@dataclass(frozen=True, slots=True)
class ToggleLowReach(Event):
    """Controls in the lower half, for whoever sits."""


@dataclass(frozen=True, slots=True)
class ToggleVoice(Event):
    """Read the screens aloud."""


@dataclass(frozen=True, slots=True)
class Focused(Event):
    """Whoever uses the keypad has come to something to press. `label`: its name, for the voice; `private`: a key, whose
    name tells what is being entered."""

    label: str = field(repr=False)
    private: bool = False


# --- finding ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChooseLifeEvent(Event):
    code: str


@dataclass(frozen=True, slots=True)
class ChooseFindGroup(Event):
    """A group of services, to see its procedures."""

    code: str


@dataclass(frozen=True, slots=True)
class StartSearch(Event):
    pass


@dataclass(frozen=True, slots=True)
class StartGuide(Event):
    """I don't know: three questions."""


@dataclass(frozen=True, slots=True)
class AnswerGuide(Event):
    """`place`: which answer, from 0."""

    place: int


@dataclass(frozen=True, slots=True)
class ChooseProcedure(Event):
    code: str


@dataclass(frozen=True, slots=True)
class FillIn(Event):
    """From the advice: fill it in here."""


@dataclass(frozen=True, slots=True)
class PrintChecklist(Event):
    pass


@dataclass(frozen=True, slots=True)
class Agree(Event):
    """To the consent; on the declaration: I have read it, it is right."""


@dataclass(frozen=True, slots=True)
class Decline(Event):
    """No consent: nothing is kept, a number is offered."""


@dataclass(frozen=True, slots=True)
class TypeInstead(Event):
    """No card at hand: go on without scanning."""


# --- filling in ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypeKey(Event):
    """A key of the drawn or of a real keyboard: one character."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Erase(Event):
    pass


@dataclass(frozen=True, slots=True)
class ClearEntry(Event):
    """All that was typed, or drawn, here."""


@dataclass(frozen=True, slots=True)
class Shift(Event):
    pass


@dataclass(frozen=True, slots=True)
class SwitchSigns(Event):
    pass


@dataclass(frozen=True, slots=True)
class SwitchMethod(Event):
    method: Method


@dataclass(frozen=True, slots=True)
class Done(Event):
    """This answer is complete; also: go on from review and papers."""


@dataclass(frozen=True, slots=True)
class Skip(Event):
    """Leave an optional question unanswered."""


@dataclass(frozen=True, slots=True)
class PickOption(Event):
    """An option of a choice (also yes and no: `yes`, `no`), a province, a commune: by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class TurnWheel(Event):
    """`part`: 0 day, 1 month, 2 year; `by`: steps, wrapping round for day and month."""

    part: int
    by: int


@dataclass(frozen=True, slots=True)
class TypeFigures(Event):
    """The figures of a date's `part` (0 day, 1 month, 2 year) were touched: the digits that follow are typed there.

    The digits gather in the entry; when the part is complete (two for day and month, four for the year) the next
    part is typed, after the year none."""

    part: int


@dataclass(frozen=True, slots=True)
class OtherProvince(Event):
    """From the communes back to the list of provinces."""


@dataclass(frozen=True, slots=True)
class Stroke(Event):
    """One line of a signature: points in a box of 1000 x 400."""

    points: tuple[tuple[int, int], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakeSameAs(Event):
    """The same answer as that of another field."""

    field: str


@dataclass(frozen=True, slots=True)
class ChangeAnswer(Event):
    """From the review page to one question and back."""

    field: str


# --- papers and filing -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowPaper(Event):
    """Put this paper under the camera."""

    type: str


@dataclass(frozen=True, slots=True)
class ReusePaper(Event):
    type: str


@dataclass(frozen=True, slots=True)
class BringPaper(Event):
    """It will be brought to the counter."""

    type: str


@dataclass(frozen=True, slots=True)
class LeaveOutPaper(Event):
    """The citizen does not have this paper, and it need not be there."""

    type: str


@dataclass(frozen=True, slots=True)
class FindMissing(Event):
    """To the next paper that is required and has no place yet."""


@dataclass(frozen=True, slots=True)
class Shoot(Event):
    """Take the picture now."""


@dataclass(frozen=True, slots=True)
class KeepPage(Event):
    """`more`: another page of the same paper follows."""

    more: bool = False


@dataclass(frozen=True, slots=True)
class Retake(Event):
    pass


@dataclass(frozen=True, slots=True)
class TurnShot(Event):
    """The page just taken lies sideways: turn it by a quarter, clockwise."""


@dataclass(frozen=True, slots=True)
class FileIt(Event):
    """The citizen confirms. `key`: fresh and unguessable; it becomes the request's idempotency key."""

    key: str


@dataclass(frozen=True, slots=True)
class PrintReceiptAgain(Event):
    pass


# --- the scanner and the camera --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Equipped(Event):
    """What this kiosk has and what works now."""

    scanner: bool
    camera: bool
    headphones: bool = False
    camera_lost: bool = False
    """There is a document camera, and it does not work now."""


@dataclass(frozen=True, slots=True)
class Voiced(Event):
    """This kiosk can read its screens aloud. `headphones`: only to whoever wears them."""

    headphones: bool


@dataclass(frozen=True, slots=True)
class CardScanned(Event):
    card: CardFields = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeScanned(Event):
    """A code of this hall: a dossier's address or code, or an appointment's."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScanRefused(Event):
    """`problem`: a word of `hardware.scanners.refusal.Problem`."""

    problem: str


@dataclass(frozen=True, slots=True)
class PaperSeen(Event):
    """The newest picture under the camera, small; the vault has it under `picture`."""

    picture: str
    advice: Advice


@dataclass(frozen=True, slots=True)
class PaperShot(Event):
    picture: str
    advice: Advice


@dataclass(frozen=True, slots=True)
class PaperTurned(Event):
    """The vault has `picture` turned under `turned`; the same handle where it could not be turned."""

    picture: str
    turned: str


# --- the server ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CatalogueArrived(Event):
    reply: CatalogueReply


@dataclass(frozen=True, slots=True)
class PlacesArrived(Event):
    reply: PlacesReply


@dataclass(frozen=True, slots=True)
class HeldArrived(Event):
    reply: HeldReply
    asked: Effect | None = field(default=None, repr=False)
    """The question that this answers, here and below: who has asked another one since does not get it."""


@dataclass(frozen=True, slots=True)
class DeclarationArrived(Event):
    """`pages`: the vault's handles."""

    reply: DeclarationReply = field(repr=False)
    pages: tuple[str, ...]
    asked: Effect | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RequestFailed(Event):
    """A question of the visit was refused or stayed unanswered: `what` is the effect's name."""

    what: str
    problem: Problem | None = None
    asked: Effect | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Filed(Event):
    key: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class FilingRefused(Event):
    key: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class FilingUncertain(Event):
    """No answer, or none that tells whether it was filed: to be sent again with the same key."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatusArrived(Event):
    status: DossierStatus
    asked: Effect | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HelpIsComing(Event):
    """The call stands at the console; `answered`: somebody is on the way."""

    answered: bool


@dataclass(frozen=True, slots=True)
class LeftOverFiled(Event):
    """After a restart: what was being filed when the power went has been filed; its receipt is printed."""

    receipt: Receipt
