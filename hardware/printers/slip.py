"""What stands on a printed ticket, as plain texts, so that a printer needs to know nothing of the hall's rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """The texts of one ticket, already in the citizen's language; any of them may be empty and is then left out.

    `lines` are the facts under the service, in order; a line of the form "label: value" is set with its value at the
    right. `qr` is the payload of the QR code, `qr_caption` says what it is for. `reprint` marks a slip of which a paper
    may be out already, `reprint_note` says what that means. `ruler`: the test print's, from edge to edge.
    """

    agency: str
    hall: str
    title: str
    number: str
    service: str
    lines: tuple[str, ...] = ()
    priority: str | None = None
    qr: str | None = None
    qr_caption: str | None = None
    footer: str = ""
    reprint: str | None = None
    reprint_note: str | None = None
    ruler: bool = False
