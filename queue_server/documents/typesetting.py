"""Typst as this house uses it: a source and data in, a PDF or pictures out.

Data reach a layout as one JSON input and are never put into its source, so that no answer can be taken for markup.
A layout reads nothing but `layouts/` beside this file; its typefaces come with the typesetter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import LayoutBroken
from .printable import printable

if TYPE_CHECKING:
    import typst

LAYOUTS = Path(__file__).parent / "layouts"
SCREEN_PPI = 144
_PLACE = re.compile(r"__typst_py_bytes__\.typ:(\d+):")
"""Where the typesetter stood in the layout itself, not in what it imports."""
_FETCHED = re.compile(rb'\b(?:import|include)\s*\(?\s*"@')


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def pdf(source: bytes, data: Mapping[str, Any], made_at: datetime, *, name: str) -> bytes:
    """PDF/A-2b, the same bytes for the same arguments. `name`: of the layout, for `LayoutBroken`."""
    drawn = _compile(source, data, name, format="pdf", pdf_standards="a-2b", timestamp=int(made_at.timestamp()))
    return drawn[0]


def pictures(source: bytes, data: Mapping[str, Any], *, name: str, ppi: int = SCREEN_PPI) -> tuple[bytes, ...]:
    """One PNG a page, `ppi` dots an inch."""
    return _compile(source, data, name, format="png", ppi=ppi)


def tried(source: bytes, data: Mapping[str, Any], made_at: datetime, *, name: str) -> None:
    """As `pdf`, with the typesetter's own words in `LayoutBroken`: for made-up data only, as they may repeat some."""
    _compile(source, data, name, tell=True, format="pdf", pdf_standards="a-2b", timestamp=int(made_at.timestamp()))


def _compile(source: bytes, data: Mapping[str, Any], name: str, *, tell: bool = False, **how: Any) -> tuple[bytes, ...]:
    import typst

    if _FETCHED.search(source):
        raise LayoutBroken(f"{name}: a layout may import /official.typ only, no packages")
    inputs = {"data": json.dumps(_clean(data), ensure_ascii=False)}
    try:
        compiler = typst.Compiler(
            source, root=LAYOUTS, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs
        )
        drawn = compiler.compile(**how)
    except typst.TypstError as error:
        if tell:
            place = _PLACE.search(str(error.diagnostic))
            raise LayoutBroken(f"{name}: {error.message}", int(place[1]) if place else 1) from None
        raise LayoutBroken(f"{name} cannot be drawn") from None
    if drawn is None:
        raise LayoutBroken(f"{name} draws nothing")
    return tuple(drawn) if isinstance(drawn, list) else (drawn,)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value
