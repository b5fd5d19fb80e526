"""Printers by the name on their front: python-escpos' own table of models, and the ones it lacks that halls buy.

Epson's and Star's models are kept up to date there; the cheap ones sold here under many names are kept here.
"""

from __future__ import annotations

import difflib
import json
import re
from functools import lru_cache
from importlib import resources
from typing import Any

from hardware.printers.profile import Cut, Profile

ALIASES = {
    "TM-T88": "TM-T88V",
    "TM-T88VI": "TM-T88V",
    "TM-T88VII": "TM-T88V",
    "TM-T20": "TM-T20II",
    "TM-T20III": "TM-T20II",
    "TM-T20X": "TM-T20II",
    "TM-T81": "TM-T20II",
    "TM-T82": "TM-T20II",
    "TM-T82II": "TM-T20II",
    "TM-T82III": "TM-T20II",
    "TM-T82X": "TM-T20II",
    "TM-m30": "TM-T20II",
}
"""Models that print as one of python-escpos' does; also the short names people use."""

_CHEAP_58 = Profile(dots=384, cut=Cut.NONE, feed=3, near_end=False)
_CHEAP_80 = Profile(dots=576, cut=Cut.PARTIAL, feed=4, near_end=False)
OWN = {
    "POS-58": _CHEAP_58,
    "POS-80": _CHEAP_80,
    "XP-58": _CHEAP_58,
    "XP-80": _CHEAP_80,
    "XP-Q80": _CHEAP_80,
    "XP-Q200": _CHEAP_80,
    "XP-Q260": _CHEAP_80,
    "XP-N160": _CHEAP_80,
    "XP-A160": _CHEAP_80,
    "XP-V320": _CHEAP_80,
    "ZJ-58": _CHEAP_58,
    "ZJ-80": _CHEAP_80,
    "ZY-808": _CHEAP_80,
    "GP-58": _CHEAP_58,
    "GP-80": _CHEAP_80,
    "GP-L80": _CHEAP_80,
    "GP-U80": _CHEAP_80,
    "RP326": _CHEAP_80,
    "RP80": _CHEAP_80,
    "SRP-330": Profile(dots=512, cut=Cut.PARTIAL, answers=True),
    "SRP-350": Profile(dots=512, cut=Cut.PARTIAL, answers=True),
}
"""Cheap printers, from their makers' data sheets: 203 dpi, no near-end sensor, and some answer no status query. Each
name stands for its whole family: XP-80 for XP-80C and XP-80T too."""

ANSWERING = ("Epson", "Star Micronics", "Citizen", "Seiko")
"""Makers whose printers all answer, so that silence is a fault from the first ticket on."""

NEAREST = 4


def profile(name: str) -> Profile | None:
    """The printer of that name, however it is spaced and cased; None if nobody knows it or it prints no pictures."""
    key = _key(name)
    for known, its in _table().items():
        if _key(known) == key:
            return its
    families = [known for known in OWN if len(_key(known)) >= 4 and key.startswith(_key(known))]
    return _table()[max(families, key=len)] if families else None


def names() -> tuple[str, ...]:
    """Every name there is, in order."""
    return tuple(sorted(_table(), key=str.casefold))


def near(name: str) -> tuple[str, ...]:
    """The names most like `name`, best first."""
    by_key = {_key(known): known for known in names()}
    return tuple(by_key[key] for key in difflib.get_close_matches(_key(name), by_key, NEAREST, cutoff=0.5))


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


@lru_cache(maxsize=1)
def _table() -> dict[str, Profile]:
    # The file itself: `escpos.capabilities` reads it as YAML, which takes half a second, and leaves a file in /tmp.
    text = (resources.files("escpos") / "capabilities.json").read_text(encoding="utf-8")
    shipped: dict[str, dict[str, Any]] = json.loads(text)["profiles"]
    table = {name: made for name, entry in shipped.items() if (made := _shipped(name, entry)) is not None}
    table |= {name: _named(name, its) for name, its in OWN.items()}
    return table | {name: _named(name, table[its]) for name, its in ALIASES.items()}


def _shipped(name: str, entry: dict[str, Any]) -> Profile | None:
    """One of python-escpos' models; None for customer displays, for dot-matrix printers, for those without a width."""
    features, pixels = entry["features"], entry["media"]["width"].get("pixels")
    if not features.get("bitImageRaster") or features.get("starCommands") or not isinstance(pixels, int):
        return None
    cut = Cut.FULL if features.get("paperFullCut") else Cut.PARTIAL if features.get("paperPartCut") else Cut.NONE
    maker = entry["vendor"] in ANSWERING
    return Profile(
        name,
        dots=pixels // 8 * 8,
        cut=cut,
        feed=3 if cut is Cut.NONE else 4,
        answers=True if maker else None,
        near_end=maker,
    )


def _named(name: str, its: Profile) -> Profile:
    return Profile(name, its.dots, its.cut, its.feed, its.answers, its.near_end)
