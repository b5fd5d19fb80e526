"""The pictures of a morning: a folder of screenshots, and the few that the README shows, small enough for it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Page

COLOURS = 256
PAPER_EDGE = 32
FRAME = "#E3DACB"


@dataclass(frozen=True)
class Album:
    """`folder`: for every picture; `shown`: for those of the README, None where they are not wanted."""

    folder: Path
    shown: Path | None = None

    def screen(self, name: str, page: Page, *, shown: str | None = None, whole: bool = False) -> None:
        """Keep what a browser shows; under the name `shown` in the README's folder too. `whole`: all of the page."""
        # Animations stand at their end: what flashes is seen as it is between two flashes.
        taken = page.screenshot(full_page=whole, animations="disabled")
        self.keep(name, Image.open(BytesIO(taken)), shown=shown)

    def keep(self, name: str, picture: Image.Image, *, shown: str | None = None) -> None:
        picture.save(self.folder / f"{name}.png")
        if shown and self.shown:
            flat = picture.convert("RGB")
            # Without dithering, which would sprinkle dots around letters.
            small = flat.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            small.save(self.shown / f"{shown}.png", optimize=True)


def as_paper(slip: Image.Image) -> Image.Image:
    """A printed slip with its margins and the edge of the paper."""
    paper = ImageOps.expand(slip.convert("RGB"), PAPER_EDGE, "white")
    return ImageOps.expand(paper, 2, FRAME)
