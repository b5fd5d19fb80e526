"""Papers under the camera: corners to a hundredth of the diagonal, each fault told, good ones taken."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.papers.advice import Advice
from hardware.papers.checking import Checked, check, glance
from hardware.papers.sharpness import blur
from hardware.papers.straightening import straightened
from tests.hardware.papers.pages import page
from tests.hardware.papers.pairs import pair
from tests.hardware.papers.scenes import DESKS, Scene, motion_kernel, scene


def away(checked: Checked, seen: Scene) -> float:
    """The worst corner's distance as a part of the picture's diagonal; the first corner may be any."""
    assert checked.corners is not None
    assert seen.corners is not None
    worst = min(np.linalg.norm(np.roll(checked.corners, k, axis=0) - seen.corners, axis=1).max() for k in range(4))
    return float(worst / np.hypot(*seen.image.shape[:2]))


@pytest.mark.parametrize(("place", "on"), list(enumerate(DESKS)))
def test_a_good_paper_on_any_desk_is_taken(place: int, on: str) -> None:
    seen = scene(
        100 + place, on=on, kind=("A4", "A5", "card", "booklet", "landscape", "A5")[place], size=(1600, 1200), share=0.8
    )
    checked = check(seen.image)
    assert checked.advice is Advice.GOOD, checked.figures
    assert away(checked, seen) < 0.01


FAULTS: list[tuple[Advice, dict[str, object]]] = [
    (Advice.NO_PAPER, {"empty": True, "on": "dark", "light": 2.0}),
    (Advice.TOO_FAR, {"share": 0.2, "on": "dark"}),
    (Advice.CUT_OFF, {"shift": (0.0, 0.3), "on": "wood"}),
    (Advice.BLURRED, {"blur": 3.0}),
    (Advice.BLURRED, {"motion": (18.0, 0.0), "turn": 4.0}),
    (Advice.BLURRED, {"motion": (16.0, 30.0)}),
    (Advice.GLARE, {"glare": 0.1}),
    (Advice.TOO_DARK, {"light": 0.15}),
]


@pytest.mark.parametrize(("advice", "fault"), FAULTS)
def test_each_fault_is_told(advice: Advice, fault: dict[str, object]) -> None:
    given_ = {"on": "dark", "kind": "A4", "fingers": 0, "size": (1600, 1200)} | fault
    assert check(scene(7, **given_).image).advice is advice  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seed", "how"),
    [(70134, {"kind": "landscape"}), (70073, {"kind": "booklet"}), (77007, {"share": 0.8, "shift": (0.0, -0.3)})],
    ids=["down to a fold", "half a booklet", "down to the last line in the picture"],
)
def test_a_part_of_a_paper_is_never_taken_for_the_whole(seed: int, how: dict[str, object]) -> None:
    seen = scene(seed, **({"kind": "A4", "on": "light", "size": (1600, 1200)} | how))  # type: ignore[arg-type]
    checked = check(seen.image)
    assert checked.advice is Advice.CUT_OFF or away(checked, seen) < 0.01, checked


def test_a_paper_that_moves_is_told_and_one_that_lies_still_is_not() -> None:
    seen = scene(5, kind="A5", on="dark", size=(1600, 1200), share=0.7).image
    before = check(seen)
    still = glance(seen, before)
    assert (still.advice, still.page) == (Advice.GOOD, None)
    assert still.corners is not None
    assert np.abs(still.corners - before.corners).max() < 2
    assert glance(scene(5, empty=True, size=(1600, 1200)).image, still).advice is not Advice.GOOD, "it is taken away"
    moved = cv2.warpAffine(seen, np.array([[1.0, 0, 60], [0, 1.0, 20]]), (1600, 1200), borderMode=cv2.BORDER_REPLICATE)
    assert glance(np.asarray(moved, np.uint8), before).advice is Advice.MOVING


def test_the_straightened_page_shows_what_stands_on_the_paper() -> None:
    seen = scene(21, kind="A5", on="wood", fingers=0, noise=1.0, size=(2048, 1536), share=0.9)
    checked = check(seen.image)
    assert checked.page is not None
    assert seen.page is not None
    flat = checked.page
    tall, wide = flat.shape[:2]
    truth = cv2.resize(seen.page, (wide, tall), interpolation=cv2.INTER_AREA)
    grey = [cv2.cvtColor(each, cv2.COLOR_BGR2GRAY).astype(np.float32) for each in (flat, truth)]
    flattened = [each - cv2.GaussianBlur(each, (0, 0), 15) for each in grey]
    alike = cv2.matchTemplate(flattened[0][8:-8, 8:-8], flattened[1][12:-12, 12:-12], cv2.TM_CCOEFF_NORMED).max()
    assert alike > 0.6


@pytest.mark.parametrize("sigma", [1.0, 1.5, 2.0, 3.0])
def test_blur_is_measured_whatever_stands_on_the_page(sigma: float) -> None:
    for seed, words in ((1, 1.0), (2, 0.5)):
        flat = cv2.resize(page("A4", seed), (1132, 1600), interpolation=cv2.INTER_AREA)
        faint = 255 - (255 - cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY)) * words
        seen = np.asarray(cv2.GaussianBlur(faint, (0, 0), sigma), np.uint8)
        measured = blur(seen)
        assert measured is not None
        assert 0.75 * sigma < measured < 1.35 * sigma + 0.3


def test_a_shaken_page_is_as_blurred_as_its_worse_direction() -> None:
    grey = cv2.cvtColor(cv2.resize(page("A4", 3), (1132, 1600), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    still, shaken = (
        blur(np.asarray(grey, np.uint8)),
        blur(np.asarray(cv2.filter2D(grey, -1, motion_kernel(12, 0)), np.uint8)),
    )
    assert still is not None
    assert shaken is not None
    assert shaken > still + 1.0


def test_a_blank_page_has_no_blur() -> None:
    assert blur(np.full((800, 600), 230, np.uint8)) is None


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 180),
    st.integers(1, 180),
    st.sampled_from((None, 1, 3, 4)),
    st.integers(0, 2**32 - 1),
    st.sampled_from(("noise", "flat", "halves")),
)
def test_no_picture_makes_it_fail(height: int, width: int, layers: int | None, seed: int, how: str) -> None:
    chance = np.random.default_rng(seed)
    shape = (height, width) if layers is None else (height, width, layers)
    image = chance.integers(0, 256, shape).astype(np.uint8)
    if how != "noise":
        image[:] = chance.integers(0, 256)
    if how == "halves":
        image[: height // 2] = 255
    assert check(image).advice in Advice


def test_a_page_is_never_larger_than_it_was_seen() -> None:
    corners = np.array([[10.0, 10], [310, 10], [310, 410], [10, 410]])
    assert straightened(np.zeros((480, 640, 3), np.uint8), corners).shape[0] <= 440


@pytest.mark.parametrize(
    ("seed", "way"), [(310020, "half in"), (310031, "apart"), (310003, "overlapping"), (310019, "on top")]
)
def test_two_papers_at_once_are_told(seed: int, way: str) -> None:
    assert check(pair(seed, way).image).advice is Advice.TWO_PAPERS


def test_half_a_booklet_whose_fold_lies_at_the_pictures_rim_is_told() -> None:
    assert check(scene(310004, kind="booklet", shift=(0.4669, 0.0)).image).advice is Advice.CUT_OFF


@pytest.mark.parametrize(
    ("seed", "kind"),
    [(310002, "booklet"), (310003, "photo"), (520022, "card"), (520086, "pink")],
    ids=["a booklet", "a photograph on it", "a card's own photograph", "the desk between two fingers"],
)
def test_what_is_one_paper_is_not_told_as_two(seed: int, kind: str) -> None:
    assert check(scene(seed, kind=kind).image).advice is Advice.GOOD
