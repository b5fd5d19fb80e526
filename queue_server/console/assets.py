"""The files that pages load: our styles and scripts, and the brand's typeface from its package."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).parent / "static"
FONTS = "fontpkg_be_vietnam_pro"


def mount(app: Starlette) -> None:
    """Serve /static and /static/fonts; the fonts go first because the first matching mount answers."""
    app.mount("/static/fonts", StaticFiles(directory=str(files(FONTS) / "files")), name="fonts")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def addresses() -> dict[str, str]:
    """Each file's address with its content's mark, so that a browser never runs an old script after an update."""
    found = {}
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            name = path.relative_to(STATIC).as_posix()
            found[name] = f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:10]}"
    return found
