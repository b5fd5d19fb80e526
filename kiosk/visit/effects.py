"""What a visit asks of the world; answered by the events of `kiosk.visit.events`."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.effects import Effect
from queue_server.contract import (
    CatalogueReply,
    CheckInRequest,
    DossierDraft,
    FileRequest,
    HeldRequest,
    HelpRequest,
    Language,
    Procedure,
    Receipt,
    ServicesReply,
)


@dataclass(frozen=True, slots=True)
class FetchCatalogue(Effect):
    """Answered by CatalogueArrived, then PlacesArrived; asked again when the server's catalogue has changed."""


@dataclass(frozen=True, slots=True)
class WatchScanner(Effect):
    """`on`: pass on what is scanned from now; off: throw it away. Answered by CardScanned, CodeScanned, ScanRefused."""

    on: bool


@dataclass(frozen=True, slots=True)
class WatchPaper(Effect):
    """`on`: show what lies under the document camera; answered by PaperSeen several times a second."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShootPaper(Effect):
    """Take the sharpest of a few pictures, straighten and check it; answered by PaperShot."""


@dataclass(frozen=True, slots=True)
class TurnShot(Effect):
    """Turn the vault's `picture` by a quarter, clockwise; answered by PaperTurned."""

    picture: str


@dataclass(frozen=True, slots=True)
class Forget(Effect):
    """These of the vault's pictures are needed no more, while the visit goes on."""

    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskHeld(Effect):
    """Answered by HeldArrived, or RequestFailed."""

    request: HeldRequest = field(repr=False)


@dataclass(frozen=True, slots=True)
class DrawDeclaration(Effect):
    """Answered by DeclarationArrived, or RequestFailed."""

    draft: DossierDraft = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileDossier(Effect):
    """Upload what goes with it, then file; answered by Filed, FilingRefused or FilingUncertain with the same key. The
    request's papers have no digest yet: the lane makes each paper's PDF from its `pages` and puts its digest in."""

    key: str
    request: FileRequest = field(repr=False)
    pages: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PrintReceipt(Effect):
    """Form 01 in small, on the ticket printer; answered as Print is, with ticket 0."""

    receipt: Receipt
    reply: ServicesReply | None
    language: Language


@dataclass(frozen=True, slots=True)
class PrintList(Effect):
    """What to bring, for taking home."""

    procedure: Procedure
    reply: ServicesReply | None
    language: Language


@dataclass(frozen=True, slots=True)
class LookUp(Effect):
    """`text`: a dossier code, or the address on a receipt; answered by StatusArrived or RequestFailed."""

    text: str = field(repr=False)
    language: Language


@dataclass(frozen=True, slots=True)
class CheckInAt(Effect):
    """Answered as IssueTicket is."""

    key: str
    request: CheckInRequest = field(repr=False)
    language: Language


@dataclass(frozen=True, slots=True)
class AskForHelp(Effect):
    """Answered by HelpIsComing."""

    request: HelpRequest


@dataclass(frozen=True, slots=True)
class FetchHelp(Effect):
    """Is somebody on the way? Answered by HelpIsComing."""


@dataclass(frozen=True, slots=True)
class Say(Effect):
    """Read aloud, in this order; cuts off what is being said. Empty: be silent. `private`: only through headphones."""

    texts: tuple[str, ...]
    language: Language
    private: bool = False


@dataclass(frozen=True, slots=True)
class Alert(Effect):
    """A soft bell beside what the screen shows, for whoever does not look."""


@dataclass(frozen=True, slots=True)
class Wipe(Effect):
    """Forget every picture and page, stop camera and scanner, be silent."""


@dataclass(frozen=True, slots=True)
class KeepCatalogue(Effect):
    """Nothing personal: kept on the disk, so that the kiosk can advise while the line is down."""

    reply: CatalogueReply
