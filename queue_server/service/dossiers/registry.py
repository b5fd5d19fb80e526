"""What the use cases of dossiers work with beside the database: the catalogue, the places, the keys, the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from queue_server.catalogue.places import Places
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.forms import Form
from queue_server.domain.procedure import Outcome, Procedure
from queue_server.store.attachments import AttachmentFiles
from queue_server.store.dossiers import OWNER
from queue_server.store.vault import Vault

from .errors import ProcedureNotFiled, ProcedureUnknown
from .guessing import Guessing


@dataclass(frozen=True)
class Registry:
    """`guesses`: who has looked up how often, to stop guessing."""

    vault: Vault
    files: AttachmentFiles
    catalogue: Catalogue
    places: Places = field(default_factory=Places)
    guesses: Guessing = field(default_factory=Guessing)

    def procedure(self, code: str, day: date) -> Procedure:
        """As it holds on `day`. Raises ProcedureUnknown."""
        procedure = self.catalogue.procedure(code, day)
        if procedure is None:
            raise ProcedureUnknown(procedure=code)
        return procedure

    def of_filed(self, code: str, version: date) -> Procedure | None:
        """The procedure of a dossier that is there already: as nearly as the catalogue still knows it. Whoever filed it
        must be served to the end, also where the procedure is offered no more."""
        return self.catalogue.as_filed(code, version)

    def filed_here(self, code: str, day: date) -> tuple[Procedure, Form]:
        """One that can be filled in at the kiosk. Raises ProcedureUnknown, ProcedureNotFiled."""
        procedure = self.procedure(code, day)
        if procedure.form is None or procedure.outcome is Outcome.GUIDANCE:
            raise ProcedureNotFiled(procedure=code)
        return procedure, procedure.form

    def owner_keys(self, owner_id: str, birth_date: date) -> tuple[bytes, ...]:
        """How an owner's dossiers and papers are found, without telling whose they are: the newest first, then as they
        may still stand from before the keys were changed."""
        return self.vault.found(OWNER, owner_id, birth_date.isoformat())
