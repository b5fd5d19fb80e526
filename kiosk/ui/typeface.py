"""Where the brand's typeface lies, by weight."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path


class Weight(StrEnum):
    REGULAR = "Regular"
    MEDIUM = "Medium"
    SEMIBOLD = "SemiBold"
    BOLD = "Bold"
    EXTRABOLD = "ExtraBold"


@cache
def font_file(weight: Weight) -> str:
    """The path of Be Vietnam Pro in `weight`. Raises FileNotFoundError where the package is missing."""
    found = find_spec("fontpkg_be_vietnam_pro")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package fontpkg-be-vietnam-pro is not installed")
    return str(Path(found.origin).parent / "files" / f"BeVietnamPro-{weight.value}.ttf")
