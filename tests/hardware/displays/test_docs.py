"""What the docs say of counter displays is complete: every URL, option, protocol, frame and fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.displays import FORMS, fixed, modbus, serial_displays
from hardware.displays.fake import Fault
from hardware.displays.fixed import FRAMES, PARTS
from hardware.displays.modbus import Cells
from hardware.lines import OPTIONS

PAGE = (Path(__file__).parents[3] / "docs" / "devices.md").read_text("utf-8")
SECTION = PAGE.partition("\n## Counter displays\n")[2].partition("\n## ")[0]
OURS = (*serial_displays.OPTIONS, *OPTIONS, *fixed.OPTIONS, *modbus.OPTIONS)


@pytest.mark.parametrize("word", [*FORMS, *OURS, *serial_displays.PROTOCOLS, *serial_displays.SIGNS, *PARTS, *Fault])
def test_docs_name(word: str) -> None:
    assert f"`{word}" in SECTION or f"={word}`" in SECTION


@pytest.mark.parametrize("name", FRAMES)
def test_docs_have_every_frame(name: str) -> None:
    assert f"| `frame={name}` | `{FRAMES[name]}`" in SECTION


@pytest.mark.parametrize("cells", Cells)
def test_docs_have_every_way_of_cells(cells: Cells) -> None:
    assert f"| `cells={cells}` |" in SECTION
