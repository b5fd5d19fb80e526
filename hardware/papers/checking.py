"""One look at a document camera's picture: is there a paper, may it be kept, and what it looks like flat."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.papers.advice import Advice
from hardware.papers.finding import Found, find
from hardware.papers.glare import glare
from hardware.papers.outline import Corners
from hardware.papers.sharpness import blur
from hardware.papers.straightening import shape_of, straightened
from hardware.papers.support import Fit

LEAST_SHARE = 0.045
"""Of the picture: less is too far away, or no paper of ours."""
LEAST_SHEET, LEAST_CARD = 700, 380
"""Dots of the longer side: 85 an inch on A5, 110 on an identity card; below, small print cannot be read."""
CARD = 1.5
"""Length to width: an identity card has 1.59, sheets and booklets have less."""
DARK_PAPER, DARK_PICTURE = 78.0, 50.0
"""The brightness, 0 to 255, that nine tenths of paper or picture stay below when it is too dark."""
BLUR, BLUR_OF_SIDE = 1.65, 0.0012
"""Sigma in dots, or as a part of the longer side, whichever is more: above, small print runs together."""
JUDGED = 1600
"""Dots of the longer side of the page that is judged."""
HIDDEN = 0.0025
MOVED = 0.012
"""Of the picture's diagonal, from one picture to the next."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, for trials and tests; None where it could not be. `share`: of the picture; `longest`: dots of
    the paper's longer side; `light`: brightness; `blur`: sigma in dots; `glare`: part of the page hidden; `fit`: how
    well the outline fits; `moved`: part of the diagonal since the picture before."""

    share: float | None = None
    longest: float | None = None
    light: float | None = None
    blur: float | None = None
    glare: float | None = None
    fit: float | None = None
    moved: float | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """`page`: the paper straightened, height x width x 3, BGR, where one was found and its page is wanted."""

    advice: Advice
    page: NDArray[np.uint8] | None = field(default=None, repr=False)
    found: Found | None = field(default=None, repr=False)
    figures: Figures = Figures()

    @property
    def corners(self) -> Corners | None:
        """4 x 2 in dots of the picture, clockwise from the top left."""
        return self.found.corners if self.found else None


def check(image: NDArray[np.uint8], *, scan: bool = False) -> Checked:
    """What to say of `image` (height x width x 3, BGR), and its page. `scan`: where no desk is seen round the paper,
    the whole picture is the page. The first thing that is wrong is told, in the order in which a person mends it."""
    return _checked(image, None, scan=scan, kept=True)


def glance(image: NDArray[np.uint8], before: Checked | None, *, scan: bool = False) -> Checked:
    """The same of one picture among many, in a part of the time and without its page. `before`: what was found in the
    picture a moment ago; the paper is looked for there first, and told to move where it does."""
    return _checked(image, before, scan=scan, kept=False)


def _checked(image: NDArray[np.uint8], before: Checked | None, *, scan: bool, kept: bool) -> Checked:
    image = _colour(image)
    if min(image.shape[:2]) < 48:
        return Checked(Advice.NO_PAPER)
    found = find(image, before.found if before else None)
    if scan and (found is None or found.cut):
        height, width = image.shape[:2]
        rim = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float64)
        found = Found(rim, Fit(0.0, (1.0,) * 4, 0), cut=False)
    if found is None:
        dark = float(np.percentile(image[::8, ::8].max(axis=2), 90)) < DARK_PICTURE
        return Checked(Advice.TOO_DARK if dark else Advice.NO_PAPER)
    return judged(image, found, before, kept=kept)


def judged(image: NDArray[np.uint8], found: Found, before: Checked | None = None, *, kept: bool = True) -> Checked:
    """The same for a paper that is found already. `kept`: its page is wanted too."""
    corners = found.corners
    sides = shape_of(corners)
    longest, ratio = max(sides), max(sides) / min(sides)
    share = float(cv2.contourArea(corners.astype(np.float32))) / (image.shape[0] * image.shape[1])
    page = straightened(image, corners) if kept else None
    look = page if page is not None and max(page.shape[:2]) <= JUDGED else straightened(image, corners, JUDGED)
    light = float(np.percentile(look[::4, ::4].max(axis=2), 90))
    width = _blur(image, corners, look)
    hidden = glare(look)
    moved = _moved(corners, before, image)
    figures = Figures(share, longest, light, width, hidden, found.fit.score, moved)
    small = share < LEAST_SHARE or longest < (LEAST_CARD if ratio >= CARD else LEAST_SHEET)
    limit = max(BLUR, BLUR_OF_SIDE * max(look.shape[:2]))
    faults = (
        (Advice.TOO_DARK, light < DARK_PAPER),
        (Advice.CUT_OFF, found.cut),
        (Advice.TWO_PAPERS, not found.alone),
        (Advice.TOO_FAR, small),
        (Advice.MOVING, moved is not None and moved > MOVED),
        (Advice.BLURRED, width is not None and width > limit),
        (Advice.GLARE, hidden > HIDDEN),
    )
    advice = next((advice for advice, wrong in faults if wrong), Advice.GOOD)
    return Checked(advice, page, found, figures)


def _colour(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Grey pictures and those with a fourth channel as ordinary ones."""
    if image.ndim == 2:
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), np.uint8)
    if image.shape[2] != 3:
        return np.ascontiguousarray(np.repeat(image[:, :, :1], 3, 2) if image.shape[2] < 3 else image[:, :, :3])
    return image


def _blur(image: NDArray[np.uint8], corners: Corners, look: NDArray[np.uint8]) -> float | None:
    """Of the page, or where it is as good as empty, of its own edges."""
    width = blur(np.asarray(cv2.cvtColor(look, cv2.COLOR_BGR2GRAY), np.uint8))
    if width is not None:
        return width
    middle = corners.mean(axis=0)
    wider = straightened(image, middle + (corners - middle) * 1.06, JUDGED)
    return blur(np.asarray(cv2.cvtColor(wider, cv2.COLOR_BGR2GRAY), np.uint8))


def _moved(corners: Corners, before: Checked | None, image: NDArray[np.uint8]) -> float | None:
    if before is None or before.corners is None:
        return None
    far = min(
        float(np.linalg.norm(np.roll(corners, turn, axis=0) - before.corners, axis=1).mean()) for turn in range(4)
    )
    return far / float(np.hypot(*image.shape[:2]))
