"""Dossiers over HTTP: filed by a kiosk, worked on by clerks, looked up by anybody who has the code."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
