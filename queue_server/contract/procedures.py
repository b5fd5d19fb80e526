"""The catalogue as a kiosk needs it to advise, to ask and to check answers: one answer, kept until `version` changes.

Forms and procedures travel as the domain's own values, so that the kiosk asks and checks by the server's rules.
"""

from __future__ import annotations

from datetime import date

from queue_server.domain.forms import Form
from queue_server.domain.place import Province
from queue_server.domain.procedure import GuideQuestion, LifeEvent, Outcome, Paper

from .base import Instant, LocalText, Wire


class FeeLine(Wire):
    """One line of the fee table, in words; `amount` in đồng where it depends on nothing."""

    name: LocalText
    amount: int | None = None


class Procedure(Wire):
    """What the kiosk says of a procedure and, with `form`, how it asks. `due_at`: when the result would be due if filed
    now. `fields_of_owner`: which answers name whoever files."""

    code: str
    version: date
    name: LocalText
    summary: LocalText
    who: tuple[LocalText, ...] = ()
    group: str
    service: str
    papers: tuple[Paper, ...] = ()
    fee: LocalText | None = None
    fee_lines: tuple[FeeLine, ...] = ()
    duration: LocalText | None = None
    due_at: Instant | None = None
    outcome: Outcome
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    form: Form | None = None


class CatalogueReply(Wire):
    """All procedures that this hall offers. `version` changes with any of it."""

    version: str
    procedures: tuple[Procedure, ...]
    life_events: tuple[LifeEvent, ...]
    guide: tuple[GuideQuestion, ...]
    """The first is asked first."""
    now: Instant


class PlacesReply(Wire):
    """Provinces with their communes. `home`: the hall's own province, offered first."""

    version: str
    provinces: tuple[Province, ...]
    home: str | None = None
