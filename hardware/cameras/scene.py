"""What simulated cameras see: a grey hall with a light spot that wanders, so that pictures differ; nobody's face."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH, HEIGHT = 160, 120
SPOT = 24


def scene(count: int, *, dark: bool = False) -> NDArray[np.uint8]:
    """Picture number `count`: HEIGHT x WIDTH x 3, BGR."""
    import numpy as np

    image = np.full((HEIGHT, WIDTH, 3), 2 if dark else 110, np.uint8)
    if not dark:
        left, top = count * 7 % (WIDTH - SPOT), count * 3 % (HEIGHT - SPOT)
        image[top : top + SPOT, left : left + SPOT] = 240
    return image


def scene_jpeg(count: int, *, dark: bool = False) -> bytes:
    """The same as a baseline JPEG with the usual Huffman tables, as RFC 2435 wants it."""
    import cv2

    return bytes(cv2.imencode(".jpg", scene(count, dark=dark))[1].tobytes())
