"""The catalogue as a kiosk is given it: what this hall offers today, what it costs, when its result would be due."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

from queue_server import contract
from queue_server.catalogue.places import Places
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.due import due
from queue_server.domain.hall import Hall
from queue_server.domain.procedure import FeeRule, Procedure

from .views import wire_text


def offered(hall: Hall, catalogue: Catalogue, now: datetime) -> tuple[Procedure, ...]:
    """The procedures in force in the hall's day whose service it offers, in the order of its groups."""
    day = now.astimezone(hall.zone).date()
    order = {code: place for place, code in enumerate(code for group in hall.groups for code in group.services)}
    held = [each for each in catalogue.on(day) if each.service in order]
    return tuple(sorted(held, key=lambda each: (order[each.service], each.code)))


def due_at(hall: Hall, procedure: Procedure, now: datetime) -> datetime | None:
    """When the result is due if filed at `now`; None where the procedure promises nothing."""
    return due(hall.hours, procedure.time, now.astimezone(hall.zone)) if procedure.time else None


def catalogue_version(hall: Hall, catalogue: Catalogue, now: datetime) -> str:
    """Changes with the files, with the day, with what the hall offers, and whenever a due date moves on."""
    digest = hashlib.sha256(catalogue.version.encode())
    for each in offered(hall, catalogue, now):
        digest.update(f"{each.code} {each.version} {due_at(hall, each, now)}\n".encode())
    for group in hall.groups:
        digest.update(f"{group.code} {','.join(group.services)}\n".encode())
    return digest.hexdigest()[:16]


def catalogue_view(hall: Hall, catalogue: Catalogue, now: datetime) -> contract.CatalogueReply:
    """All that a kiosk needs to advise, to ask and to check."""
    held = offered(hall, catalogue, now)
    named = {code for each in held for code in each.life_events}
    return contract.CatalogueReply(
        version=catalogue_version(hall, catalogue, now),
        procedures=tuple(_procedure(hall, each, now) for each in held),
        life_events=tuple(event for event in catalogue.life_events if event.code in named),
        guide=catalogue.guide,
        now=now,
    )


def _procedure(hall: Hall, each: Procedure, now: datetime) -> contract.Procedure:
    return contract.Procedure(
        code=each.code,
        version=each.version,
        name=wire_text(each.name),
        summary=wire_text(each.summary),
        who=tuple(wire_text(who) for who in each.who),
        group=next(group.code for group in hall.groups if each.service in group.services),
        service=each.service,
        papers=each.papers,
        fee=wire_text(each.fee) if each.fee else None,
        fee_lines=tuple(_fee_line(rule) for rule in each.fees),
        duration=wire_text(each.duration) if each.duration else None,
        due_at=due_at(hall, each, now),
        outcome=each.outcome,
        life_events=each.life_events,
        keywords=each.keywords,
        form=each.form,
    )


def _fee_line(rule: FeeRule) -> contract.FeeLine:
    depends = rule.per is not None or rule.times is not None
    return contract.FeeLine(name=wire_text(rule.name), amount=None if depends else rule.amount)


def places_version(hall: Hall, places: Places) -> str:
    return f"{places.version}-{hall.province or ''}"


@lru_cache(maxsize=4)
def places_body(places: Places, home: str | None, version: str) -> bytes:
    """All provinces and communes as they go over the line: made once, as they never change while the server runs."""
    reply = contract.PlacesReply(version=version, provinces=places.provinces, home=home)
    return reply.model_dump_json().encode()
