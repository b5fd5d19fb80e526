"""The fake hall's side of self-service: it files by key, holds nothing, and knows no rules."""

from __future__ import annotations

import base64
import hashlib
import io
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel

from kiosk.fake_catalogue import catalogue_reply, places_reply
from queue_server.contract import (
    AttachmentReply,
    CheckInRequest,
    DeclarationReply,
    DossierDraft,
    DossierState,
    DossierStatus,
    FiledReply,
    FileRequest,
    HeldPaper,
    HeldReply,
    HeldRequest,
    HelpCall,
    HelpReply,
    HelpRequest,
    LocalText,
    Outcome,
    Receipt,
    Ticket,
    TicketRequest,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

Take = Callable[[str, TicketRequest], Ticket]
PAGE = (595, 842)
"""Pixels of a page of A4."""


class FakeFiling:
    """`held`: types of papers that the hall holds for everybody; `pages`: of each declaration."""

    def __init__(self, take: Take) -> None:
        self.catalogue = catalogue_reply()
        self.places = places_reply()
        self.receipts: dict[str, Receipt] = {}
        self.requests: list[tuple[str, FileRequest]] = []
        self.attachments: dict[str, bytes] = {}
        self.help: list[HelpCall] = []
        self.held: frozenset[str] = frozenset()
        self.pages = 1
        self._take = take
        self._lock = threading.Lock()

    def get(self, path: str, key: str) -> BaseModel | None:
        """The answer to a question; None for an address that is not there."""
        if path == "/catalogue":
            return self.catalogue
        if path == "/places":
            return self.places
        if path == "/help":
            return HelpReply(calls=tuple(self.help))
        if path == "/dossiers/filed":
            return FiledReply(receipt=self.receipts.get(key))
        if path.startswith("/dossiers/status/"):
            return self._status(path.rsplit("/", 1)[-1])
        return None

    def post(self, path: str, key: str, body: bytes) -> BaseModel | None:
        """What a request leads to; None for an address that is not there."""
        if path == "/dossiers/held":
            asked = HeldRequest.model_validate_json(body)
            day = datetime.now(UTC).date()
            types = (one for one in asked.types if one in self.held)
            return HeldReply(papers=tuple(HeldPaper(type=one, digitised_on=day, valid_until=None) for one in types))
        if path == "/dossiers/declaration":
            DossierDraft.model_validate_json(body)
            return DeclarationReply(pages=(_blank_page(),) * self.pages, fee=0)
        if path == "/dossiers":
            return self._file(key, FileRequest.model_validate_json(body))
        if path == "/help":
            call = HelpCall(
                id=len(self.help) + 1,
                device="kiosk",
                screen=HelpRequest.model_validate_json(body).screen,
                called_at=datetime.now(UTC),
            )
            self.help.append(call)
            return call
        if path == "/appointments/check-in":
            CheckInRequest.model_validate_json(body)
            return self._take(key, TicketRequest(service=self.catalogue.procedures[0].service))
        return None

    def put(self, path: str, body: bytes) -> BaseModel | None:
        digest = hashlib.sha256(body).hexdigest()
        if path != f"/attachments/{digest}" or not body.startswith(b"%PDF"):
            return None
        self.attachments[digest] = body
        expires = datetime.now(UTC) + timedelta(hours=1)
        return AttachmentReply(digest=digest, media_type="application/pdf", pages=1, expires_at=expires)

    def _file(self, key: str, request: FileRequest) -> Receipt:
        with self._lock:
            self.requests.append((key, request))
            if key not in self.receipts:
                self.receipts[key] = self._receipt(key, request)
            return self.receipts[key]

    def _receipt(self, key: str, request: FileRequest) -> Receipt:
        procedure = next(one for one in self.catalogue.procedures if one.code == request.procedure)
        prepared = procedure.outcome is Outcome.PREPARED
        papers: Mapping[str, LocalText] = {
            one.type: LocalText(vi=one.name.vi, en=one.name.en) for one in procedure.papers
        }
        now, made = datetime.now(UTC), len(self.receipts) + 1
        return Receipt(
            code=f"H57.132-{now:%y%m%d}-{made:04d}",
            procedure=procedure.code,
            procedure_name=procedure.name,
            state=DossierState.DRAFT if prepared else DossierState.SUBMITTED,
            filed_at=now,
            due_at=None if prepared else now + timedelta(hours=8),
            fee=0,
            track_url=f"https://motcua.ngocson.example/d/Zk3vQ8sW{made:04d}",
            papers_at_counter=tuple(papers[one.type] for one in request.papers if one.source == "at-counter"),
            reused=sum(one.source == "held" for one in request.papers),
            ticket=self._take(key, TicketRequest(service=procedure.service)) if prepared else None,
        )

    def _status(self, code: str) -> DossierStatus | None:
        found = next((one for one in self.receipts.values() if code in (one.code, one.track_url.rsplit("/")[-1])), None)
        if found is None:
            return None
        return DossierStatus(
            code=found.code,
            procedure_name=found.procedure_name,
            state=found.state,
            state_name=LocalText(vi="đã nộp", en="filed"),
            filed_at=found.filed_at,
            due_at=found.due_at,
        )


def _blank_page() -> str:
    from PIL import Image

    made = io.BytesIO()
    Image.new("L", PAGE, 255).save(made, "PNG")
    return base64.b64encode(made.getvalue()).decode()
