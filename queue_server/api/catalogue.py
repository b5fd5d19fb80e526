"""The catalogue over HTTP: procedures with their forms, and places; a kiosk fetches each once, until it changes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response

from queue_server.contract import API, CatalogueReply, PlacesReply
from queue_server.service.procedures import catalogue_version, catalogue_view, places_body, places_version

from .asker import House
from .problems import refused

router = APIRouter(prefix=API, tags=["catalogue"])
IfNoneMatch = Annotated[str | None, Header(max_length=1000, description="The `ETag` of the answer that is at hand")]
UNCHANGED: dict[int | str, Any] = {304: {"description": "Not modified"}}


@router.get(
    "/catalogue",
    summary="Procedures, papers, fees and forms",
    response_model=CatalogueReply,
    responses={**UNCHANGED, **refused()},
)
async def catalogue(house: House, if_none_match: IfNoneMatch = None) -> Response:
    """What the hall offers today, with the forms by which a dossier is asked and checked. Public; `ETag` is the
    `version`, which changes with the files, the day, and whenever a due date moves on."""
    now = house.now()
    hall = house.hall(now)
    version = catalogue_version(hall, house.catalogue, now)
    if _has(if_none_match, version):
        return _unchanged(version)
    return _json(catalogue_view(hall, house.catalogue, now).model_dump_json().encode(), version)


@router.get(
    "/places",
    summary="Provinces and communes since 1 July 2025",
    response_model=PlacesReply,
    responses={**UNCHANGED, **refused()},
)
async def places(house: House, if_none_match: IfNoneMatch = None) -> Response:
    """All 34 provinces and 3,321 communes with their official codes. Public."""
    hall = house.hall(house.now())
    version = places_version(hall, house.places)
    if _has(if_none_match, version):
        return _unchanged(version)
    return _json(places_body(house.places, hall.province, version), version)


def _has(if_none_match: str | None, version: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    return f'"{version}"' in tags or "*" in tags


def _headers(version: str) -> dict[str, str]:
    return {"ETag": f'"{version}"', "Cache-Control": "no-cache"}


def _unchanged(version: str) -> Response:
    return Response(status_code=304, headers=_headers(version))


def _json(body: bytes, version: str) -> Response:
    return Response(body, media_type="application/json", headers=_headers(version))
