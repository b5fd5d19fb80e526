"""Codes in a camera's pictures: small, noisy and turned, both kinds of card, a foreign code, a flood; a real video."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.errors import DeviceError
from hardware.scanners import open_scanner
from hardware.scanners.camera_qr import decoded
from hardware.scanners.cccd import Card, parse
from hardware.scanners.fake_camera_qr import drawn
from tests.hardware.scanners.cards import CARD, NEW_CARD


def under_the_lens(text: str, module: int, seed: int) -> np.ndarray:
    """The code on a desk, turned, out of focus, in noise and uneven light."""
    chance = np.random.default_rng(seed)
    code = drawn(text, module)
    side = code.shape[0]
    picture = np.full((side * 2, side * 2, 3), 120, np.uint8)
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), float(chance.uniform(-40, 40)), 1.0)
    turn[:, 2] += side / 2
    cv2.warpAffine(code, turn, picture.shape[1::-1], picture, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(0.6, 1.0, picture.shape[1])[None, :, None]
    soft = cv2.GaussianBlur(picture * light, (0, 0), module * 0.18)
    return np.clip(soft + chance.normal(0, 14, soft.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("card", [CARD, NEW_CARD], ids=["seven fields", "newer card"])
def test_noisy_codes_at_eight_dots_a_module_are_all_read(card: str) -> None:
    texts = [decoded(under_the_lens(card, 8, seed)) for seed in range(20)]
    assert texts == [[card]] * 20
    assert isinstance(parse(card), Card)


def test_small_modules_are_read_after_the_noise_is_taken_out() -> None:
    read = [decoded(under_the_lens(CARD, 5, seed)) == [CARD] for seed in range(20)]
    assert sum(read) >= 18


def test_a_picture_without_a_code_has_none() -> None:
    chance = np.random.default_rng(1)
    assert decoded(chance.integers(0, 255, (300, 400, 3), np.uint8)) == []
    assert decoded(np.zeros((5, 4, 3), np.uint8)) == []


def test_noise_and_binary_codes_are_no_text() -> None:
    assert decoded(drawn(b"\xff\xfe\x00\x81\x9d\x01")) == [None]
    assert decoded(drawn("a\x07b")) == [None]


def test_a_film_of_a_card_is_read_once_and_its_frames_are_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "card.avi"
    picture = cv2.resize(under_the_lens(CARD, 8, 3), (960, 960))
    film = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 10, (960, 960))
    for _ in range(10):
        film.write(picture)
    film.release()
    scanner = open_scanner(f"qr+file://{path}?loop=yes&again_s=2")
    try:
        texts: list[str] = []
        end = time.monotonic() + 20
        while not texts and time.monotonic() < end:
            with suppress(DeviceError):
                scan = scanner.read(0.5)
                texts += [scan.text] if scan else []
        assert texts == [CARD]
        assert scanner.read(0.8) is None, "held there it is not read again"
        assert CARD[:12] not in f"{scanner!r} {scanner.health()} {scanner.name}"
    finally:
        scanner.close()


def test_options_go_to_the_camera_and_wrong_ones_are_refused() -> None:
    open_scanner("qr+camera:///dev/video9?size=1280x720&fps=3&again_s=1").close()
    with pytest.raises(DeviceError, match="unknown option"):
        open_scanner("qr+camera:///dev/video9?sise=1")
