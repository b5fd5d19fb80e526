"""A procedure as the catalogue describes it on a day: who may file, with which papers, for what fee, how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from .forms import Condition, Form
from .ids import ServiceCode
from .text import LocalText


class Outcome(StrEnum):
    """How far a citizen gets at the kiosk alone."""

    DOSSIER = "dossier"
    """Filled in and filed; ends with the receipt."""
    PREPARED = "prepared"
    """Filled in; the law wants a person at the counter, so it ends with a ticket whose clerk has the dossier."""
    GUIDANCE = "guidance"
    """Explained; ends with a ticket."""


@dataclass(frozen=True, slots=True)
class Paper:
    """`type`: the paper's type code, the second part of `<owner id>.<paper type code>`; `digitise`: its image must
    be in the dossier; `shown`: only shown to the clerk, nothing is kept; `valid_days`: how long a copy the hall
    holds may be used again, None for never, from the day that is the answer to `issued`, or else from when a clerk
    found it right; `when`: as with questions."""

    type: str
    name: LocalText
    note: LocalText | None = None
    required: bool = True
    digitise: bool = True
    shown: bool = False
    valid_days: int | None = None
    when: tuple[Condition, ...] = ()
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class FeeRule:
    """The first rule whose conditions hold says the fee, in đồng: `amount`, plus for each unit of the answer `per`
    the price of its step: `steps` are (first unit, price), `cap` the most for one of the answer `times`.
    `within`: (field, days), holds only so many days after the date that is the answer to `field`."""

    name: LocalText
    amount: int = 0
    per: str | None = None
    steps: tuple[tuple[int, int], ...] = ()
    cap: int | None = None
    times: str | None = None
    when: tuple[Condition, ...] = ()
    within: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class TimeRule:
    """When the result is due: `working_days` after the day of receipt, 0 for the same day; received at or after
    `cutoff` counts as received the next working day. `extension_days`: working days more where something has
    to be verified."""

    working_days: int
    cutoff: time | None = None
    extension_days: int = 0


@dataclass(frozen=True)
class Procedure:
    """`service`: under which its tickets are issued; `life_events`: codes of the events it belongs to; `keywords`:
    other words people use for it; `version`: the day from which this description holds."""

    code: str
    version: date
    name: LocalText
    summary: LocalText
    who: tuple[LocalText, ...]
    papers: tuple[Paper, ...]
    fees: tuple[FeeRule, ...]
    time: TimeRule | None
    outcome: Outcome
    service: ServiceCode
    fee: LocalText | None = None
    duration: LocalText | None = None
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    form: Form | None = None
    mean_s: int = 600
    source: str = ""


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Why people come: “Sinh con”, “Kết hôn”, “Mua bán nhà đất”."""

    code: str
    name: LocalText
    icon: str


@dataclass(frozen=True, slots=True)
class GuideAnswer:
    """An answer to a question for those who do not know: it leads to another question or to procedures."""

    name: LocalText
    next: str | None = None
    procedures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    code: str
    label: LocalText
    answers: tuple[GuideAnswer, ...]
