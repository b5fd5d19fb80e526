"""The picture made small and even, so that text and the desk's grain do not hide the paper's edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

LONGEST = 640
"""Dots of the small picture's longer side: an A4 sheet's edges are still straight there, its letters gone."""
GRAIN = 9
"""Dots across of what is evened out."""


@dataclass(frozen=True, slots=True)
class Ground:
    """`scale`: dots here to dots of the picture. `even`: height x width x 3, lightness and two colours, float; `plain`:
    the same in bytes; `contrasts`: single channels in which a paper may stand out; `edges`: 0 and 255; `across`,
    `down`: of the three and of the lightness as it was, the change to the right and downwards; `noise`: its median."""

    scale: float
    even: NDArray[Any]
    plain: NDArray[np.uint8]
    contrasts: tuple[NDArray[Any], ...]
    edges: NDArray[Any]
    across: NDArray[Any]
    down: NDArray[Any]
    noise: float

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.even.shape[1], self.even.shape[0]

    @property
    def borders(self) -> NDArray[np.float64]:
        """The picture's own four sides as lines: distance from the corner and angle of the normal."""
        width, height = self.size
        return np.array([[0.0, 0.0], [width - 1.0, 0.0], [0.0, np.pi / 2], [height - 1.0, np.pi / 2]])


def ground(image: NDArray[Any]) -> Ground:
    height, width = image.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    size = (max(round(width * scale), 8), max(round(height * scale), 8))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 0.8), cv2.COLOR_BGR2LAB)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (GRAIN, GRAIN))
    light = cv2.morphologyEx(lab[:, :, 0], cv2.MORPH_CLOSE, kernel)
    light = cv2.morphologyEx(light, cv2.MORPH_OPEN, kernel)
    red, blue = (cv2.medianBlur(np.ascontiguousarray(lab[:, :, each]), 7) for each in (1, 2))
    even = np.stack([light, red, blue], axis=2).astype(np.float32)
    colourful = np.hypot(even[:, :, 1] - 128, even[:, :, 2] - 128)
    pale = np.clip(even[:, :, 0] - 2 * colourful, 0, 255).astype(np.uint8)
    rim = np.concatenate(
        [even[:4].reshape(-1, 3), even[-4:].reshape(-1, 3), even[:, :4].reshape(-1, 3), even[:, -4:].reshape(-1, 3)]
    )
    apart = np.abs(even - np.median(rim, axis=0)) * np.array([1.0, 2.5, 2.5], np.float32)
    strange = np.clip(apart.sum(axis=2), 0, 255).astype(np.uint8)
    raw = cv2.GaussianBlur(lab[:, :, 0], (0, 0), 1.0).astype(np.float32)
    soft = cv2.GaussianBlur(even, (0, 0), 1.2)
    soft[:, :, 1:] *= 2
    layers = [*cv2.split(soft), raw]
    across = np.stack([cv2.Sobel(each, cv2.CV_32F, 1, 0, ksize=3) / 8 for each in layers], axis=2)
    down = np.stack([cv2.Sobel(each, cv2.CV_32F, 0, 1, ksize=3) / 8 for each in layers], axis=2)
    steepness = across[:, :, :3] ** 2 + down[:, :, :3] ** 2
    which = steepness.argmax(axis=2)[:, :, None]
    gx = np.take_along_axis(across, which, 2)[:, :, 0]
    gy = np.take_along_axis(down, which, 2)[:, :, 0]
    noise = float(np.median(np.hypot(gx, gy)))
    high = max(3.0, 2.5 * noise)
    edges = cv2.Canny((gx * 64).astype(np.int16), (gy * 64).astype(np.int16), high * 32, high * 64, L2gradient=True)
    return Ground(scale, even, even.astype(np.uint8), (light, pale, strange), edges, across, down, noise)
