"""The texts of the paper ticket, in the citizen's language; the printer driver only draws them."""

from __future__ import annotations

from datetime import UTC

from hardware.printers import Slip
from kiosk.words import words, zone
from queue_server.contract import Language, ServicesReply, Ticket


def key(ticket: Ticket) -> str:
    """Under which it is printed once: its number in the database, and when it was taken, for a database made anew."""
    return f"{ticket.issued_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{ticket.id}"


def slip(ticket: Ticket, reply: ServicesReply, language: Language) -> Slip:
    """The paper for `ticket`, with hours in the hall's zone."""
    say = words(language)
    _ = say.gettext
    service = next((one for group in reply.groups for one in group.services if one.code == ticket.service), None)
    category = next((one for one in reply.priorities if one.code == ticket.priority), None)
    moment = ticket.issued_at.astimezone(zone(reply.hall.timezone))
    lines = []
    if ticket.ahead is not None:
        lines.append(_("People ahead of you: %(count)d") % {"count": ticket.ahead})
    if ticket.wait_low_s is not None and ticket.wait_high_s is not None:
        lines.append(_("Expected wait: %(wait)s") % {"wait": say.wait(ticket.wait_low_s, ticket.wait_high_s)})
    lines.append(f"{say.clock(moment)}  {moment:%d/%m/%Y}")
    return Slip(
        agency=say.local(reply.hall.agency),
        hall=say.local(reply.hall.name),
        title=_("QUEUE TICKET"),
        number=ticket.number,
        service=say.local(service.name) if service else ticket.service,
        lines=tuple(lines),
        priority=_("Priority: %(category)s") % {"category": say.local(category.name)} if category else None,
        qr=ticket.track_url,
        qr_caption=_("Scan to follow your turn on your phone"),
        footer=_("Please keep this ticket and wait for your number. Thank you!"),
    )
