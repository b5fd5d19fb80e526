"""How long the kiosk looks at one picture of its document camera."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from hardware.papers.checking import check
from hardware.papers.picture import page_jpeg
from tests.hardware.papers.scenes import scene

from .figures import Against, Figure, Row, duration, percentile, ratios
from .plan import Plan

KINDS = 6
"""Different scenes; a round takes them in turn."""


def measure(folder: Path, plan: Plan) -> list[Row]:
    """By turns: the picture unpacked, the picture judged, its page made ready to be kept."""
    pictures = [scene(seed).image for seed in range(min(KINDS, plan.papers))]
    packed = [np.frombuffer(cv2.imencode(".jpg", each)[1].tobytes(), np.uint8) for each in pictures]
    pages = [page for each in pictures if (page := check(each).page) is not None]
    bare: list[list[float]] = []
    judged: list[list[float]] = []
    kept: list[list[float]] = []
    for _ in range(plan.rounds):
        turns = range(plan.papers)
        bare.append([_timed(lambda n=n: cv2.imdecode(packed[n % len(packed)], cv2.IMREAD_COLOR)) for n in turns])  # type: ignore[misc]
        judged.append([_timed(lambda n=n: check(pictures[n % len(pictures)])) for n in turns])  # type: ignore[misc]
        kept.append([_timed(lambda n=n: page_jpeg(pages[n % len(pages)])) for n in turns])  # type: ignore[misc]
    reference = duration("unpacking the same picture from its JPEG", bare)
    return [
        _row("a picture judged (2048x1536)", judged, bare, reference),
        _row("a page packed", kept, bare, reference),
    ]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _row(what: str, ours: list[list[float]], bare: list[list[float]], reference: Figure) -> Row:
    shares = ratios([percentile(each, 50) for each in ours], [percentile(each, 50) for each in bare])
    return Row("ms", duration(what, ours), (Against(reference, shares),))
