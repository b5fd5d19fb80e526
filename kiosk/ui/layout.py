"""The visible texts and the places of the buttons as a file, for tests and demonstrations that touch a real window."""

from __future__ import annotations

import json
import os
from pathlib import Path

from kiosk.state import State, warned
from kiosk.ui.painter import Painter


def layout(state: State, painter: Painter) -> dict[str, object]:
    """`focus`: the button with the ring. `buttons`: by name, centre and size in pixels from the window's top left."""
    unit = painter.unit
    return {
        "screen": state.screen.value,
        "warned": warned(state),
        "language": state.language.value,
        "large_text": state.large_text,
        "page": state.page,
        "focus": painter.focus,
        "question": state.visit.asking.field if state.visit and state.visit.asking else None,
        "number": state.ticket.number if state.ticket else None,
        "printing": state.printing.value,
        "size": [round(painter.w * unit), round(painter.h * unit)],
        "buttons": {
            target.name: {
                "x": round((target.box.x + target.box.w / 2) * unit),
                "y": round((target.box.y + target.box.h / 2) * unit),
                "w": round(target.box.w * unit),
                "h": round(target.box.h * unit),
            }
            for target in painter.targets
        },
        "texts": [written.fit.text for written in painter.written],
    }


def write_layout(file: Path, state: State, painter: Painter) -> None:
    """Whole or not at all, so that a reader never sees half a file."""
    beside = file.with_name(file.name + ".new")
    beside.write_text(json.dumps(layout(state, painter), ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(beside, file)
