"""What a citizen's visit asks of the server: papers held, the declaration, the filing, where a dossier stands."""

from __future__ import annotations

import base64
import binascii
import hashlib
import logging
import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from kiosk import effects as do
from kiosk import events as on
from kiosk.client import Client
from kiosk.lane import Post
from kiosk.shelf import Shelf
from kiosk.vault import Vault
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from kiosk.visit.own_problems import NO_CODE, own
from queue_server.contract import ATTACHMENT_BYTES, DeclarationReply, Language, PaperPart, Receipt
from queue_server.contract.client import RefusedError, ServerError, UncertainError

LOG = logging.getLogger("kiosk")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{3,79}")
"""A dossier code, or the secret part of a receipt's address."""
Reply = visit.HeldArrived | visit.DeclarationArrived | visit.StatusArrived | visit.RequestFailed
PDF = "application/pdf"
MOST_OF_PAGES = ATTACHMENT_BYTES - 64 * 1024
"""Of a paper's pictures; the rest is for what makes a PDF of them."""
FINISHED_S = 30.0
"""A request sent so long ago has come to its end, whatever that was."""


class IncompleteError(Exception):
    """The pictures of a paper are gone: the citizen has left."""


@dataclass(frozen=True, slots=True)
class Made:
    """One paper as it is handed in. `handle`: the vault's, of its PDF."""

    type: str
    handle: str
    digest: str


class VisitLane:
    """For one thread. The PDFs of a filing are made once and sent again as they are: one key, one content."""

    def __init__(self, client: Client, post: Post, vault: Vault, shelf: Shelf) -> None:
        self._client = client
        self._post = post
        self._vault = vault
        self._shelf = shelf
        self._made: tuple[str, tuple[Made, ...]] | None = None
        self._keys: dict[str, str] = {}
        """By dossier code the key that filed it, until its receipt is on its way to paper."""
        self._put: list[str] = []
        """What this lane has laid into the vault for the citizen who is here."""
        self._over: str | None = None
        """The last key whose receipt went to paper: sent once more, it is neither marked nor filed again."""

    def run(self, effect: do.Effect) -> None:
        match effect:
            case ask.FileDossier():
                self._file(effect)
            case ask.CheckInAt():
                self._check_in(effect)
            case _:
                self._ask(effect)

    def forget(self) -> None:
        """The citizen has gone; the open connections hold the last things sent and read. What was still on its way when
        the vault was emptied lies in there now."""
        self._made = None
        while self._put:
            self._vault.drop(self._put.pop())
        self._client.hang_up()

    # --- questions ---------------------------------------------------------------------------------------------

    def _ask(self, effect: do.Effect) -> None:
        try:
            answer = self._answered(effect)
        except RefusedError as refusal:
            LOG.warning("the server refused %s: %s", type(effect).__name__, refusal.problem.code)
            self._post(visit.RequestFailed(type(effect).__name__, refusal.problem, effect))
        except ServerError as error:
            LOG.warning("no answer to %s: %s", type(effect).__name__, error)
            self._post(visit.RequestFailed(type(effect).__name__, asked=effect))
        else:
            if answer is not None:
                self._post(replace(answer, asked=effect))

    def _answered(self, effect: do.Effect) -> Reply | None:
        match effect:
            case ask.AskHeld(request):
                return visit.HeldArrived(self._client.held(request))
            case ask.DrawDeclaration(draft):
                return self._drawn(self._client.declaration(draft))
            case ask.LookUp(text, language):
                return self._looked_up(text, language)
        return None

    def _drawn(self, reply: DeclarationReply) -> Reply:
        try:
            pages = [base64.b64decode(page, validate=True) for page in reply.pages]
        except (binascii.Error, ValueError) as error:
            raise UncertainError("not the pages of a declaration") from error
        if not pages:
            raise UncertainError("a declaration without pages")
        # The pages are personal: they go to the vault, and not with the event.
        bare = reply.model_copy(update={"pages": ()})
        return visit.DeclarationArrived(bare, tuple(self._kept(page) for page in pages))

    def _kept(self, data: bytes) -> str:
        handle = self._vault.put(data)
        self._put.append(handle)
        return handle

    def _looked_up(self, text: str, language: Language) -> Reply:
        code = dossier_code(text)
        if code is None:
            return visit.RequestFailed(ask.LookUp.__name__, own(NO_CODE))
        return visit.StatusArrived(self._client.status(code, language))

    # --- filing ------------------------------------------------------------------------------------------------

    def _file(self, effect: ask.FileDossier) -> None:
        if effect.key == self._over:
            return
        self._shelf.mark(effect.key)
        try:
            receipt = self._filed(effect)
        except IncompleteError:
            self._post(visit.FilingUncertain(effect.key, "incomplete"))
        except RefusedError as refusal:
            LOG.warning("not filed: %s", refusal.problem.code)
            self._shelf.unmark(effect.key)
            self._post(visit.FilingRefused(effect.key, refusal.problem))
        except ServerError as error:
            LOG.warning("no answer to the filing yet: %s", error)
            self._post(visit.FilingUncertain(effect.key, str(error)))
        else:
            self._keys[receipt.code] = effect.key
            self._post(visit.Filed(effect.key, receipt))

    def _filed(self, effect: ask.FileDossier) -> Receipt:
        made = self._papers(effect)
        for paper in made:
            data = self._vault.get(paper.handle)
            if data is None:
                raise IncompleteError
            self._client.attach(paper.digest, data, PDF, effect.request.language)
        digests = {paper.type: paper.digest for paper in made}
        parts = tuple(
            PaperPart(type=part.type, source=part.source, digest=digests.get(part.type))
            for part in effect.request.papers
        )
        return self._client.file(effect.key, effect.request.model_copy(update={"papers": parts}))

    def _papers(self, effect: ask.FileDossier) -> tuple[Made, ...]:
        from hardware.papers.pdf import as_pdf
        from hardware.papers.picture import within

        if self._made is None or self._made[0] != effect.key:
            made = []
            for kind, handles in effect.pages:
                pages = [self._vault.get(handle) for handle in handles]
                present = [page for page in pages if page is not None]
                if len(present) < len(pages) or not present:
                    raise IncompleteError
                try:
                    data = as_pdf(within(present, MOST_OF_PAGES))
                except ValueError:
                    raise IncompleteError from None
                made.append(Made(kind, self._kept(data), hashlib.sha256(data).hexdigest()))
            self._made = effect.key, tuple(made)
        return self._made[1]

    def printed(self, receipt: Receipt) -> None:
        """The receipt is on its way to paper: nothing is left to be asked after a restart."""
        key = self._keys.pop(receipt.code, None)
        if key is not None:
            self._over = key
            self._shelf.unmark(key)

    def left_over(self) -> None:
        """What became of filings that an earlier run, or a visit given up, did not hear of."""
        for mark in self._shelf.marks():
            if self._shelf.age_s(mark) < FINISHED_S or mark.key in self._keys.values() or self._is_made(mark.key):
                continue
            try:
                receipt = self._client.filed(mark.key)
            except RefusedError as refusal:
                LOG.warning("what was being filed cannot be asked for: %s", refusal.problem.code)
                self._shelf.unmark(mark.key)
            except ServerError as error:
                LOG.warning("what became of a filing is not known yet: %s", error)
                return
            else:
                self._told(mark.key, receipt)

    def _is_made(self, key: str) -> bool:
        return self._made is not None and self._made[0] == key

    def _told(self, key: str, receipt: Receipt | None) -> None:
        if receipt is None:
            self._shelf.unmark(key)
            return
        self._keys[receipt.code] = key
        self._post(visit.LeftOverFiled(receipt))

    # --- appointments --------------------------------------------------------------------------------------------

    def _check_in(self, effect: ask.CheckInAt) -> None:
        try:
            ticket = self._client.check_in(effect.key, effect.request, effect.language)
        except RefusedError as refusal:
            LOG.warning("not checked in: %s", refusal.problem.code)
            self._post(on.IssueRefused(effect.key, refusal.problem))
        except ServerError as error:
            LOG.warning("no answer to the check-in yet: %s", error)
            self._post(on.IssueUncertain(effect.key, str(error)))
        else:
            self._post(on.TicketIssued(effect.key, ticket))


def dossier_code(text: str) -> str | None:
    """The code or the secret of a receipt in what was typed or scanned; None where it is neither."""
    text = text.strip()
    if "://" in text:
        try:
            text = urlsplit(text).path.rstrip("/").rsplit("/", 1)[-1]
        except ValueError:
            return None
    return text if CODE.fullmatch(text) else None
