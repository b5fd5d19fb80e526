"""The forms 01 to 07 of Circular 03/2025/TT-VPCP."""

from __future__ import annotations

from .facts import FormFacts, OfficialNumber


def official_form(number: OfficialNumber | str, facts: FormFacts) -> bytes:
    """The form as PDF/A-2b: A5, the register (07) A4 across. `number`: "01" to "07", `ValueError` otherwise."""
    raise NotImplementedError


def official_pages(number: OfficialNumber | str, facts: FormFacts, ppi: int = 144) -> tuple[bytes, ...]:
    """The same as one PNG a page."""
    raise NotImplementedError
