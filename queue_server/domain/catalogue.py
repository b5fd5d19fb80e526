"""All procedures and forms with their days: what is in force today, and by what a dossier was filed earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .forms import Form
from .procedure import GuideQuestion, LifeEvent, Procedure


@dataclass(frozen=True)
class Catalogue:
    """`procedures`: each one's versions by its code, the oldest first; `forms`: by `(code, version)`, also those that
    are no longer in force; `layouts`: Typst sources by a form's `layout`; `version` changes with any of it."""

    procedures: Mapping[str, tuple[Procedure, ...]] = field(default_factory=dict)
    forms: Mapping[tuple[str, str], Form] = field(default_factory=dict)
    layouts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    life_events: tuple[LifeEvent, ...] = ()
    guide: tuple[GuideQuestion, ...] = ()
    version: str = ""

    def procedure(self, code: str, day: date) -> Procedure | None:
        """As it holds on `day`; None where it does not."""
        held = [each for each in self.procedures.get(code, ()) if each.version <= day]
        return held[-1] if held else None

    def as_filed(self, code: str, day: date) -> Procedure | None:
        """As it held on `day` for what was filed then, or where that version has been taken out since, as it held first
        after it; None where the procedure is gone altogether."""
        return self.procedure(code, day) or next(iter(self.procedures.get(code, ())), None)

    def on(self, day: date) -> tuple[Procedure, ...]:
        """All that holds on `day`, by code."""
        found = (self.procedure(code, day) for code in sorted(self.procedures))
        return tuple(each for each in found if each is not None)

    def form(self, code: str, version: str) -> Form | None:
        """Also one that is no longer in force: dossiers were filed by it."""
        return self.forms.get((code, version))
