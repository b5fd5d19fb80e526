"""The catalogue that ships, as its server sends it to a kiosk."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from queue_server.catalogue.load import load_hall
from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.catalogue.places import load_places
from queue_server.contract import CatalogueReply, Outcome, PlacesReply
from queue_server.service.procedures import catalogue_view

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@cache
def real_catalogue() -> CatalogueReply:
    return catalogue_view(load_hall()(NOW.date()), load_catalogue(quickly=True), NOW)


@cache
def real_places() -> PlacesReply:
    return PlacesReply(version="1", provinces=load_places().provinces, home="15")


def filed_here() -> tuple[str, ...]:
    """The procedures that are filled in at the kiosk."""
    return tuple(one.code for one in real_catalogue().procedures if one.form and one.outcome is not Outcome.GUIDANCE)
