"""Results are written whole or not at all: nobody finds half a schedule under a finished name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from .problems import BadInput, Problems, Words


def write_whole(texts: Mapping[Path, str]) -> None:
    """Write all of `texts`, each beside its place first; only then they take their names. Raises BadInput."""
    parts: dict[Path, Path] = {}
    path = Path()
    try:
        for path, text in texts.items():
            place = path.resolve()
            if place.exists() and not place.is_file():  # a pipe or a terminal: there is nothing to be replaced
                place.write_text(text, encoding="utf-8", newline="")
                continue
            part = place.with_name(f".{place.name}.{os.getpid()}.part")
            parts[part] = place
            part.write_text(text, encoding="utf-8", newline="")
        for part, place in parts.items():
            path = place
            part.replace(place)
    except OSError as error:
        problems = Problems(path)
        problems.add(None, "", Words("không ghi được", f"cannot be written: {error.strerror}"))
        raise BadInput(problems.lines()) from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
