"""Hundreds of hard pictures of papers: how often a good one is refused, a bad one taken, a corner misplaced."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from hardware.papers.advice import Advice
from hardware.papers.checking import check
from tests.faults import count, runs
from tests.hardware.papers.pages import HALL
from tests.hardware.papers.pairs import WAYS, pair
from tests.hardware.papers.scenes import scene

SHIFTS = ((0.3, 0.0), (-0.3, 0.0), (0.0, 0.3), (0.0, -0.3))
BAD: dict[str, tuple[dict[str, object], set[Advice]]] = {
    "shaken": ({"motion": (16.0, 30.0)}, {Advice.BLURRED, Advice.TOO_FAR}),
    "blurred": ({"blur": 2.6}, {Advice.BLURRED}),
    "glare": ({"glare": 0.1}, {Advice.GLARE}),
    "dark": ({"light": 0.16}, {Advice.TOO_DARK}),
    "far": ({"share": 0.2}, {Advice.TOO_FAR, Advice.NO_PAPER}),
    "empty": ({"empty": True}, {Advice.NO_PAPER, Advice.TOO_FAR, Advice.CUT_OFF}),
    "cut": ({"share": 0.8}, {Advice.CUT_OFF, Advice.NO_PAPER}),
}


def test_good_papers_are_taken_and_their_corners_found() -> None:
    pictures, refused, misplaced, parts = runs(2, 200), Counter[Advice](), 0, 0
    for seed in range(1000, 1000 + pictures):
        seen = scene(seed, kind=HALL[seed % len(HALL)])
        checked = check(seen.image)
        refused[checked.advice] += checked.advice is not Advice.GOOD
        if checked.corners is None or seen.corners is None:
            misplaced += 1
            continue
        worst = min(np.linalg.norm(np.roll(checked.corners, k, axis=0) - seen.corners, axis=1).max() for k in range(4))
        misplaced += bool(worst > 0.01 * np.hypot(*seen.image.shape[:2]))
        parts += checked.advice is Advice.GOOD and bool(worst > 0.1 * np.hypot(*seen.image.shape[:2]))
    count("good papers looked at", pictures)
    count("of them refused", refused.total())
    count("of them with a corner off by more than a hundredth of the diagonal", misplaced)
    count("of them kept though a part is missing", parts)
    assert parts <= 0.01 * pictures
    assert refused.total() <= 0.05 * pictures
    assert misplaced <= 0.05 * pictures


@pytest.mark.parametrize("name", BAD)
def test_bad_pictures_are_not_taken(name: str) -> None:
    fault, right = BAD[name]
    pictures, taken, misnamed = runs(1, 30), 0, 0
    for seed in range(2000, 2000 + pictures):
        more = {"shift": SHIFTS[seed % 4], "kind": "A4"} if name == "cut" else {}
        advice = check(scene(seed, **(fault | more)).image).advice  # type: ignore[arg-type]
        taken += advice is Advice.GOOD
        misnamed += advice not in right
    count(f"{name}: pictures", pictures)
    count(f"{name}: taken all the same", taken)
    count(f"{name}: told as something else", misnamed)
    assert taken <= 0.1 * pictures


@pytest.mark.parametrize("way", WAYS)
def test_two_papers_at_once_are_not_taken(way: str) -> None:
    """A sheet upon another of the same white, no desk between them, is not to be told from a fold or a frame."""
    pictures = runs(1, 20)
    taken = sum(check(pair(seed, way).image).advice is Advice.GOOD for seed in range(3000, 3000 + pictures))
    count(f"two papers, {way}: pictures", pictures)
    count(f"two papers, {way}: taken all the same", taken)
    if pictures > 1:
        assert taken <= (0.6 if way == "on top" else 0.3) * pictures


def test_a_booklet_partly_out_of_the_picture_is_not_taken() -> None:
    pictures = runs(1, 40)
    shifts = ((0.26, 0.0), (-0.34, 0.0), (0.42, 0.0), (-0.48, 0.0))
    scenes = (scene(seed, kind="booklet", shift=shifts[seed % 4]) for seed in range(4000, 4000 + pictures))
    taken = sum(check(seen.image).advice is Advice.GOOD for seen in scenes)
    count("booklets partly out of the picture", pictures)
    count("of them taken all the same", taken)
    assert taken <= 0.05 * pictures
