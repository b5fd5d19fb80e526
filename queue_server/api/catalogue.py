"""The catalogue over HTTP: procedures with their forms, and places."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
