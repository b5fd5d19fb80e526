"""Times as text in UTC, always with microseconds, so that their order as text is their order in time."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(at: datetime) -> str:
    """`at` must be aware."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    return datetime.fromisoformat(text)


def maybe_from_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def maybe_to_text(at: datetime | None) -> str | None:
    return None if at is None else to_text(at)
