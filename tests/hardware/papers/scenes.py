"""What a document camera sees, made hard on purpose: desks, tilt, light, shadow, noise, fingers, one fault at most."""

from __future__ import annotations

import random
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.hardware.papers.pages import KINDS, Picture, page

DESKS = ("dark", "light", "wood", "cloth", "stripes", "granite")


@dataclass(frozen=True)
class Scene:
    """`corners`: 4 x 2 in dots of `image`, from the page's own top left clockwise; None without a paper."""

    image: Picture
    corners: NDArray[np.float64] | None
    kind: str
    desk: str
    page: Picture | None


def desk(kind: str, width: int, height: int, chance: random.Random) -> NDArray[np.float64]:
    random_ = np.random.default_rng(chance.getrandbits(32))
    y, x = np.mgrid[0:height, 0:width].astype(float)
    if kind == "dark":
        base = np.full((height, width, 3), chance.randint(25, 80), float)
    elif kind == "light":
        base = np.full((height, width, 3), chance.randint(165, 205), float)
        base *= np.array([1.0, 0.99, 0.97])
    elif kind == "wood":
        grain = cv2.resize(random_.normal(0, 1, (height // 4, max(width // 160, 2))), (width, height))
        grain = cv2.GaussianBlur(grain, (0, 0), 1.5)
        rings = np.sin((x + 40 * np.sin(y / 300)) / chance.uniform(20, 60) + grain)
        base = np.stack([60 + 14 * rings, 95 + 20 * rings, 140 + 24 * rings], axis=2) + 8 * grain[:, :, None]
    elif kind == "cloth":
        side = chance.randint(30, 90)
        angle = chance.uniform(0, 0.8)
        u, v = x * np.cos(angle) + y * np.sin(angle), -x * np.sin(angle) + y * np.cos(angle)
        odd = ((u // side).astype(int) + (v // side).astype(int)) % 2
        one, two = np.array([chance.randint(30, 170) for _ in range(3)]), np.array([150, 160, 175])
        base = np.where(odd[:, :, None] == 0, one, two).astype(float)
    elif kind == "stripes":
        angle, side = chance.uniform(0, np.pi), chance.randint(20, 80)
        odd = ((x * np.cos(angle) + y * np.sin(angle)) // side).astype(int) % 3
        base = np.stack(
            [np.choose(odd, [70, 120, 160]), np.choose(odd, [90, 60, 150]), np.choose(odd, [120, 90, 40])], 2
        )
        base = base.astype(float)
    else:
        fine = random_.normal(0, 22, (height // 3, width // 3))
        base = np.repeat((110 + cv2.resize(fine, (width, height)))[:, :, None], 3, 2)
    return np.asarray(base, np.float64)


def scene(
    seed: int,
    *,
    kind: str | None = None,
    on: str | None = None,
    size: tuple[int, int] = (2048, 1536),
    turn: float | None = None,
    share: float | None = None,
    shift: tuple[float, float] = (0.0, 0.0),
    blur: float = 0.0,
    motion: tuple[float, float] | None = None,
    glare: float = 0.0,
    light: float = 1.0,
    fingers: int | None = None,
    empty: bool = False,
    noise: float | None = None,
    second: bool = False,
) -> Scene:
    """`turn`: degrees; `share`: of the picture's smaller side that the paper fills; `shift`: of the picture; `blur`:
    sigma of a Gaussian in dots; `motion`: its length in dots and direction in degrees; `glare`: radius as a part of the
    paper's longer side; `second`: another paper lies beside it."""
    chance = random.Random(seed)
    kind, on = kind or chance.choice(KINDS), on or chance.choice(DESKS)
    width, height = size
    image = desk(on, width, height, chance)
    corners, flat = None, None
    if not empty:
        flat = page(kind, chance.getrandbits(16))
        corners = _placed(flat, kind, size, turn, share, shift, chance)
        lay(image, flat, corners, chance, glare)
        if second:
            lay(image, page("A5", seed), _beside(corners, size, chance), chance, 0.0)
        for _ in range(chance.choice((0, 0, 1, 2)) if fingers is None else fingers):
            finger(image, corners, chance)
    elif chance.random() < 0.5:
        finger(image, np.array([[0.3, 0.3], [0.7, 0.3], [0.7, 0.7], [0.3, 0.7]]) * [width, height], chance)
    image = lit(image, chance) * light
    return Scene(taken(image, blur, motion, noise, chance), corners, kind, on, flat)


def _placed(
    flat: Picture,
    kind: str,
    size: tuple[int, int],
    turn: float | None,
    share: float | None,
    shift: tuple[float, float],
    chance: random.Random,
) -> NDArray[np.float64]:
    width, height = size
    tall, wide = flat.shape[:2]
    usual = (0.42, 0.6) if kind == "card" else (0.68, 0.85)
    share = share or chance.uniform(*usual)
    angle = np.radians(chance.uniform(-20, 20) if turn is None else turn)
    box = np.array([[-wide, -tall], [wide, -tall], [wide, tall], [-wide, tall]], float) / 2
    turned = box @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    spread = np.ptp(turned, axis=0)
    scale = (
        share * min(width / spread[0], height / spread[1])
        if kind != "card"
        else share * height / np.linalg.norm([wide, tall])
    )
    turned *= scale
    if kind == "card":
        turned *= 1.2
    far = 1 + (turned[:, :1] * chance.uniform(-1, 1) + turned[:, 1:] * chance.uniform(-1, 1)) / max(size) * 0.22
    turned = turned / far
    room = (np.array(size) - np.ptp(turned, axis=0)) / 2
    loose = np.array([chance.uniform(-0.6, 0.6), chance.uniform(-0.6, 0.6)]) * np.maximum(room - 20, 0)
    middle = (turned.max(axis=0) + turned.min(axis=0)) / 2
    loose = loose if shift == (0.0, 0.0) else np.zeros(2)
    return turned - middle + np.array(size) / 2 + loose + np.array(shift) * size


def _beside(corners: NDArray[np.float64], size: tuple[int, int], chance: random.Random) -> NDArray[np.float64]:
    """Where a smaller paper lies half in the picture, away from the one at `corners`."""
    width, height = size
    left = corners[:, 0].min() > width - corners[:, 0].max()
    near = corners[:, 0].min() - 20 if left else corners[:, 0].max() + 20
    wide, tall = height * 0.4, height * 0.57
    start = near - wide if left else near
    top = chance.uniform(0.05, 0.4) * height
    box = np.array([[start, top], [start + wide, top], [start + wide, top + tall], [start, top + tall]])
    return np.asarray(box + chance.uniform(-8, 8), np.float64)


def lay(
    image: NDArray[np.float64], flat: Picture, corners: NDArray[np.float64], chance: random.Random, glare: float
) -> None:
    height, width = image.shape[:2]
    tall, wide = flat.shape[:2]
    side = max(np.linalg.norm(corners[1] - corners[0]) / wide, np.linalg.norm(corners[3] - corners[0]) / tall)
    smaller = cv2.resize(flat, None, fx=min(side * 1.05, 1), fy=min(side * 1.05, 1), interpolation=cv2.INTER_AREA)
    tall, wide = smaller.shape[:2]
    start = np.array([[-0.5, -0.5], [wide - 0.5, -0.5], [wide - 0.5, tall - 0.5], [-0.5, tall - 0.5]], np.float32)
    way = cv2.getPerspectiveTransform(start, corners.astype(np.float32))
    mask = np.full((tall, wide), 255, np.uint8) if smaller.shape[2] == 3 else smaller[:, :, 3]
    colour = np.ascontiguousarray(smaller[:, :, :3])
    seen = cv2.warpPerspective(colour, way, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(mask, way, (width, height), flags=cv2.INTER_LINEAR) / 255.0
    thick = chance.uniform(2, 9)
    across = np.array([[1, 0, chance.uniform(-1, 1) * thick], [0, 1, chance.uniform(-1, 1) * thick]], np.float32)
    fallen = cv2.GaussianBlur(cv2.warpAffine(cover, across, (width, height)), (0, 0), thick)
    image *= 1 - 0.45 * fallen[:, :, None]
    image[:] = image * (1 - cover[:, :, None]) + seen * cover[:, :, None]
    if glare:
        middle = corners.mean(axis=0) + (corners[chance.randrange(4)] - corners.mean(axis=0)) * chance.uniform(0, 0.35)
        longest = max(np.linalg.norm(corners[(n + 1) % 4] - corners[n]) for n in range(4))
        y, x = np.mgrid[0:height, 0:width].astype(float)
        away = np.hypot((x - middle[0]) / chance.uniform(0.8, 1.25), y - middle[1]) / (glare * longest)
        image += 330 * np.exp(-(away**4) * 0.35)[:, :, None]


def finger(image: NDArray[np.float64], corners: NDArray[np.float64], chance: random.Random) -> None:
    at = chance.randrange(4)
    one, two = corners[at], corners[(at + 1) % 4]
    place = one + (two - one) * chance.uniform(0.25, 0.75)
    inward = corners.mean(axis=0) - place
    inward /= np.linalg.norm(inward)
    wide = np.linalg.norm(corners[2] - corners[0]) * chance.uniform(0.018, 0.03)
    tip, root = place + inward * wide * chance.uniform(0.6, 2.0), place - inward * 2000
    shape = np.zeros(image.shape[:2], np.float32)
    line = [tuple(int(v) for v in each) for each in (tip, root)]
    cv2.line(shape, line[0], line[1], 1.0, int(2 * wide))
    shape = cv2.GaussianBlur(shape, (0, 0), 2)[:, :, None]
    tone = np.array([chance.randint(90, 140), chance.randint(125, 165), chance.randint(175, 225)], float)
    image[:] = image * (1 - shape) + tone * shape


def lit(image: NDArray[np.float64], chance: random.Random) -> NDArray[np.float64]:
    """A lamp at one side, and often the shadow of whoever stands there."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(float)
    angle = chance.uniform(0, 2 * np.pi)
    along = (x / width - 0.5) * np.cos(angle) + (y / height - 0.5) * np.sin(angle)
    field = 0.86 + chance.uniform(0, 0.28) * along
    if chance.random() < 0.4:
        angle = chance.uniform(0, 2 * np.pi)
        along = (x / width - 0.5) * np.cos(angle) + (y / height - 0.5) * np.sin(angle) + chance.uniform(-0.3, 0.3)
        field = field * (1 - chance.uniform(0.15, 0.35) / (1 + np.exp(-along * chance.uniform(12, 50))))
    return np.asarray(image * field[:, :, None])


def taken(
    image: NDArray[np.float64],
    blur: float,
    motion: tuple[float, float] | None,
    noise: float | None,
    chance: random.Random,
) -> Picture:
    """Through lens, sensor and JPEG."""
    random_ = np.random.default_rng(chance.getrandbits(32))
    out = cv2.GaussianBlur(np.minimum(image, 300), (0, 0), chance.uniform(0.5, 0.8))
    if blur:
        out = cv2.GaussianBlur(out, (0, 0), blur)
    if motion:
        out = cv2.filter2D(out, -1, motion_kernel(*motion))
    grain = chance.uniform(1.5, 4.5) if noise is None else noise
    out = out + random_.normal(0, 1, out.shape[:2])[:, :, None] * grain + random_.normal(0, grain / 2, out.shape)
    whole = np.clip(out, 0, 255).astype(np.uint8)
    return np.asarray(
        cv2.imdecode(cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, 88])[1], cv2.IMREAD_COLOR), np.uint8
    )


def motion_kernel(length: float, degrees: float) -> NDArray[np.float64]:
    size = int(length) // 2 * 2 + 5
    kernel = np.zeros((size, size), np.float32)
    way = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))]) * length / 2
    middle = np.array([size // 2, size // 2])
    one, two = (tuple(round(float(v)) for v in middle + sign * way) for sign in (-1, 1))
    cv2.line(kernel, one, two, 1.0, 1, cv2.LINE_AA)
    return np.asarray(kernel / kernel.sum(), np.float64)
