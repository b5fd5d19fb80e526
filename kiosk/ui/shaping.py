"""Scripts whose letters join and stack, as Khmer's: set by Kivy's Pillow provider with Raqm (HarfBuzz).

Kivy's usual provider, SDL2, draws one letter after the other; docs/accessibility.md says more.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

STACKING = ((0x0600, 0x06FF), (0x0900, 0x0DFF), (0x0F00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0xAA00, 0xAA5F))
"""Arabic, the scripts of India, Tibetan, Myanmar, Khmer, Cham."""
FONTS = {"fontpkg_noto_sans_khmer": (0x1780, 0x17FF)}
"""Packages with a font, and the letters it has."""
ROOM = 0.3
"""Of the size, above and below: stacked letters reach beyond the line that the font declares."""


def stacks(text: str) -> bool:
    """True where `text` has letters of such a script."""
    return any(first <= ord(letter) <= last for letter in text if letter > "\u05ff" for first, last in STACKING)


@cache
def script_font(package: str) -> str | None:
    """The path of the font in `package`; None where it is not installed."""
    found = find_spec(package)
    if found is None or found.origin is None:
        return None
    return next((str(file) for file in sorted((Path(found.origin).parent / "files").glob("*.ttf"))), None)


def font_of(text: str) -> str | None:
    """The font for the first letter that needs one; None: the brand's own will do."""
    for package, (first, last) in FONTS.items():
        if any(first <= ord(letter) <= last for letter in text):
            return script_font(package)
    return None


def shaped(text: str, font: str, **given: Any) -> Any:
    """A label of Kivy's that sets `text` as its script wants it; `given` as for any label."""
    from kivy.core.text.text_pil import LabelPIL

    size = float(given["font_size"])
    return LabelPIL(text=text, font_name=font, padding=(0, size * ROOM), **given)
