"""What the technician reads in the terminal: a state in words with what to do about it, in Vietnamese or English."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from hardware.advice import explain
from hardware.health import Health, Kind
from hardware.words import translations


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes lines in `language`, "vi" or "en", to the standard output."""

    language: str

    def text(self, english: str, **values: object) -> str:
        said = translations(self.language).gettext(english)
        return said.format(**values) if values else said

    def say(self, english: str, **values: object) -> None:
        self.line(self.text(english, **values))

    def line(self, text: str = "") -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def health(self, kind: Kind, health: Health, before: str = "") -> None:
        """The state, its meaning and what to do; below them what the driver said."""
        advice = explain(health.state, kind, self.language)
        self.line(f"{before}[{health.state}] {advice.what}")
        if advice.do:
            self.line(f"  → {advice.do}")
        if health.detail:
            self.line(f"  {health.detail}")
