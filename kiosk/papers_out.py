"""Papers of self-service to be taken away: a filed dossier's receipt, and what to bring. Nothing personal."""

from __future__ import annotations

from datetime import UTC, datetime

from hardware.printers import Slip
from kiosk.promise_words import fee_words
from kiosk.words import Words, words, zone
from queue_server.contract import DossierState, Hall, Language, Procedure, Receipt, ServicesReply

MOST_BYTES = 400
"""A code with more is too fine for a ticket's width."""


def receipt_key(receipt: Receipt) -> str:
    """Under which it is printed once."""
    return f"receipt-{receipt.code}-{receipt.filed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"[:80]


def receipt_slip(receipt: Receipt, reply: ServicesReply, language: Language) -> Slip:
    """What has been filed, when the result is due, and where a phone follows it."""
    say = words(language)
    _ = say.gettext
    prepared = receipt.state is DossierState.DRAFT
    when = {"moment": _moment(say, reply.hall, receipt.filed_at)}
    lines = [(_("Prepared: %(moment)s") if prepared else _("Filed: %(moment)s")) % when]
    if receipt.due_at is not None:
        lines.append(_("Result due: %(moment)s") % {"moment": _moment(say, reply.hall, receipt.due_at)})
    if receipt.fee is not None or receipt.fee_note is not None:
        lines.extend(fee_words(say, receipt.fee, receipt.fee_note))
    if receipt.ticket is not None:
        lines.append(_("Your number: %(number)s") % {"number": receipt.ticket.number})
    if receipt.papers_at_counter:
        lines.append(_("Please bring to the counter:"))
        lines.extend(f"- {say.local(paper)}" for paper in receipt.papers_at_counter)
    return Slip(
        agency=say.local(reply.hall.agency),
        hall=say.local(reply.hall.name),
        title=_("DOSSIER PREPARED") if prepared else _("RECEIPT FOR A DOSSIER"),
        # Where it is too long for a line it is to be broken after its unit.
        number=receipt.code.replace("-", "- ", 1),
        service=say.local(receipt.procedure_name),
        lines=tuple(lines),
        qr=receipt.track_url,
        qr_caption=_("Scan to follow your dossier on your phone"),
        footer=_("Please keep this slip. It is not a proof of identity."),
    )


def checklist_slip(procedure: Procedure, reply: ServicesReply, language: Language) -> Slip:
    """What to bring, what it costs and how long it takes, for taking home."""
    say = words(language)
    _ = say.gettext
    lines = []
    for paper in procedure.papers:
        name = say.local(paper.name)
        lines.append(f"- {name}" if paper.required else _("- %(paper)s (if any)") % {"paper": name})
    if procedure.fee is not None:
        lines.append(_("Fee: %(amount)s") % {"amount": say.local(procedure.fee)})
    if procedure.duration is not None:
        lines.append(_("Duration: %(time)s") % {"time": say.local(procedure.duration)})
    return Slip(
        agency=say.local(reply.hall.agency),
        hall=say.local(reply.hall.name),
        title=_("WHAT TO BRING"),
        number="",
        service=say.local(procedure.name),
        lines=tuple(lines),
        qr=_checklist(say, procedure),
        qr_caption=_("Scan to keep this list on your phone"),
        footer=_("Procedure code: %(code)s") % {"code": procedure.code},
    )


def _checklist(say: Words, procedure: Procedure) -> str:
    """The list as plain text, which every phone shows without any network; as much of it as a code holds well."""
    papers = [f"- {say.local(paper.name)}" for paper in procedure.papers]
    lines = [say.local(procedure.name), *papers]
    if procedure.fee is not None:
        lines.append(say.gettext("Fee: %(amount)s") % {"amount": say.local(procedure.fee)})
    kept = ""
    for line in lines:
        if len((kept + line).encode()) > MOST_BYTES:
            break
        kept += line + "\n"
    return kept.rstrip()


def _moment(say: Words, hall: Hall, moment: datetime) -> str:
    here = moment.astimezone(zone(hall.timezone))
    return f"{say.clock(here)} {here:%d/%m/%Y}"
