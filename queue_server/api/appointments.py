"""Calls for help, and appointments, over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
