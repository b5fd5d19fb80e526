"""What a kiosk asks of its hall's server."""

from __future__ import annotations

from queue_server.contract import (
    IDEMPOTENCY_HEADER,
    AttachmentReply,
    CatalogueReply,
    CheckInRequest,
    DeclarationReply,
    DossierDraft,
    DossierStatus,
    FiledReply,
    FileRequest,
    HeldReply,
    HeldRequest,
    HelpCall,
    HelpReply,
    HelpRequest,
    Language,
    PlacesReply,
    Receipt,
    ServicesReply,
    Ticket,
    TicketRequest,
)
from queue_server.contract.client import DeviceClient


class Client(DeviceClient):
    """One hall's server, as a kiosk sees it. Not for several threads at once. Every call raises UncertainError or
    RefusedError; a refusal's words are in the citizen's language where that is known."""

    def services(self) -> ServicesReply:
        """What the hall offers now."""
        return self.parsed(ServicesReply, self.call("GET", "/services", {}))

    def issue(self, key: str, request: TicketRequest) -> Ticket:
        """Take a number; the same `key` gives the same ticket."""
        return self.parsed(Ticket, self.call("POST", "/tickets", _keyed(key, request.language), request))

    def check_in(self, key: str, request: CheckInRequest, language: Language) -> Ticket:
        """The ticket of an appointment; the same `key` gives the same ticket."""
        return self.parsed(Ticket, self.call("POST", "/appointments/check-in", _keyed(key, language), request))

    # --- self-service ------------------------------------------------------------------------------------------

    def catalogue(self) -> CatalogueReply:
        return self.parsed(CatalogueReply, self.call("GET", "/catalogue", {}))

    def places(self) -> PlacesReply:
        return self.parsed(PlacesReply, self.call("GET", "/places", {}))

    def held(self, request: HeldRequest) -> HeldReply:
        """Which papers of this owner the hall may use again."""
        return self.parsed(HeldReply, self.call("POST", "/dossiers/held", {}, request))

    def declaration(self, draft: DossierDraft) -> DeclarationReply:
        """The pages that the citizen confirms."""
        return self.parsed(DeclarationReply, self.call("POST", "/dossiers/declaration", _in(draft.language), draft))

    def attach(self, digest: str, data: bytes, media_type: str, language: Language) -> AttachmentReply:
        """Hand in a paper before the dossier that names it."""
        headers = {**_in(language), "Content-Type": media_type}
        return self.parsed(AttachmentReply, self.call("PUT", f"/attachments/{digest}", headers, data))

    def file(self, key: str, request: FileRequest) -> Receipt:
        """File a dossier; the same `key` gives the same receipt."""
        return self.parsed(Receipt, self.call("POST", "/dossiers", _keyed(key, request.language), request))

    def filed(self, key: str) -> Receipt | None:
        """What `key` has filed; None for nothing."""
        return self.parsed(FiledReply, self.call("GET", "/dossiers/filed", {IDEMPOTENCY_HEADER: key})).receipt

    def status(self, code: str, language: Language) -> DossierStatus:
        """Where the dossier with this code, or of this receipt, stands."""
        return self.parsed(DossierStatus, self.call("GET", f"/dossiers/status/{code}", _in(language)))

    def call_help(self, request: HelpRequest) -> HelpCall:
        return self.parsed(HelpCall, self.call("POST", "/help", {}, request))

    def help_calls(self) -> HelpReply:
        """This kiosk's own calls that are not over."""
        return self.parsed(HelpReply, self.call("GET", "/help", {}))


def _in(language: Language) -> dict[str, str]:
    return {"Accept-Language": language.value}


def _keyed(key: str, language: Language) -> dict[str, str]:
    return {IDEMPOTENCY_HEADER: key, **_in(language)}
