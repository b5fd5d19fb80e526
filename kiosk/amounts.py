"""Amounts of money, the same on the screen as on paper."""

from __future__ import annotations

from kiosk.words import Words
from queue_server.contract import Language


def money(say: Words, amount: int) -> str:
    """Whole đồng as people write them: 20.000 đ; none at all in words."""
    if amount == 0:
        return say.gettext("free")
    separator = "," if say.language is Language.EN else "."
    # Never apart from its unit at the end of a line.
    return f"{amount:,}".replace(",", separator) + "\N{NO-BREAK SPACE}đ"
