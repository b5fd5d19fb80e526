"""Every screen, in both languages, both orientations and both text sizes: nothing cut, nothing too small to touch.

Drawn in a process of its own, because Kivy has one window per process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOOL = Path(__file__).parent / "pictures.py"
SCREENS = {"starting", "attract", "language", "group", "group-warned", "service-A", "priority", "confirm", "issuing"}
SCREENS |= {"ticket", "ticket-paper-out", "refused", "unreachable", "closed-lunch"}
LEAST_NORMAL = 0.84
LEAST_LARGE = 0.68
"""No text may shrink below this part of its size; larger text at 0.68 is as large as normal text at 0.88."""


@pytest.fixture(
    scope="module", params=["vi-portrait-normal", "vi-portrait-large", "vi-landscape", "en-portrait", "en-landscape"]
)
def drawn(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(TOOL), "--only", request.param], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_screen_is_drawn(drawn: list[dict[str, Any]]) -> None:
    for look in {one["name"].rpartition("-")[2] for one in drawn} & {"normal", "large"}:
        assert {one["name"].split(".")[0] for one in drawn if one["name"].endswith(look)} >= SCREENS


def test_no_text_is_cut_or_overflows_its_box(drawn: list[dict[str, Any]]) -> None:
    assert [(one["name"], one["cut"], one["over"]) for one in drawn if one["cut"] or one["over"]] == []


def test_no_text_shrinks_beyond_reading(drawn: list[dict[str, Any]]) -> None:
    for one in drawn:
        least = LEAST_NORMAL if "normal" in one["name"] else LEAST_LARGE
        assert [(text, part) for text, part in one["tight"] if part < least] == [], one["name"]


def test_every_button_is_large_enough_and_inside_the_window(drawn: list[dict[str, Any]]) -> None:
    for one in drawn:
        wide, high, least = (1280, 800, 70) if "landscape" in one["name"] else (1080, 1920, 88)
        # Ten keys stand beside each other: 84 pixels are two centimetres on a kiosk's screen.
        keys = 64 if "landscape" in one["name"] else 84
        for name, (x, y, w, h) in one["targets"].items():
            assert min(w, h) >= (keys if name.startswith(("key:", "mark:")) else least), (one["name"], name)
            assert x >= 0, (one["name"], name)
            assert y >= 0, (one["name"], name)
            assert x + w <= wide, (one["name"], name)
            assert y + h <= high, (one["name"], name)


def test_five_keys_reach_every_button(drawn: list[dict[str, Any]]) -> None:
    assert [(one["name"], one["unreached"]) for one in drawn if one["unreached"]] == []


def test_every_button_has_a_name_for_the_voice(drawn: list[dict[str, Any]]) -> None:
    assert [(one["name"], one["unnamed"]) for one in drawn if one["unnamed"]] == []


def test_buttons_do_not_overlap(drawn: list[dict[str, Any]]) -> None:
    for one in drawn:
        boxes = [(name, box) for name, box in one["targets"].items() if name != "anywhere"]
        for place, (name, (x, y, w, h)) in enumerate(boxes):
            for other, (ox, oy, ow, oh) in boxes[place + 1 :]:
                apart = x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y
                assert apart, (one["name"], name, other)


COVERED = ("warned", "still-there", "leave", "access")
"""What covers the foot and has answers of its own; help alone stays where it is."""


def test_help_access_and_language_are_at_the_same_place_on_every_screen(drawn: list[dict[str, Any]]) -> None:
    places = {"help": set(), "access": set(), "switch-language": set()}  # type: dict[str, set[tuple[int, ...]]]
    for one in drawn:
        covered = any(word in one["name"] for word in COVERED)
        for name, seen in places.items():
            if name == "help" or not covered:
                assert name in one["targets"], (one["name"], name)
                seen.add(tuple(one["targets"][name]))
    assert {name: len(seen) for name, seen in places.items()} == {"help": 1, "access": 1, "switch-language": 1}


def test_larger_text_contrast_and_voice_are_one_touch_away(drawn: list[dict[str, Any]]) -> None:
    opened = [one for one in drawn if one["name"].startswith("access.")]
    assert opened
    for one in opened:
        assert {"large-text", "contrast", "voice", "access"} <= set(one["targets"]), one["name"]


def test_every_text_stands_out_from_its_ground(drawn: list[dict[str, Any]]) -> None:
    """At least 4.5 to 1, at high contrast 7 to 1: measured where each text stands."""
    assert [(one["name"], one["pale"]) for one in drawn if one["pale"]] == []


def test_what_is_said_first_stands_on_the_screen(drawn: list[dict[str, Any]]) -> None:
    assert [(one["name"], one["first_said"]) for one in drawn if not one["said_is_shown"]] == []


def test_only_what_has_been_read_can_be_confirmed(drawn: list[dict[str, Any]]) -> None:
    for one in drawn:
        if one["name"].startswith("declaration"):
            assert ("file" in one["targets"]) is one["name"].startswith("declaration-read"), one["name"]


def test_nobody_confirms_without_the_fee_and_the_time_to_the_result_before_the_eyes(
    drawn: list[dict[str, Any]],
) -> None:
    for one in drawn:
        if "file" in one["targets"]:
            for head in (
                "Phí, lệ phí: |Fee: ",
                "Nộp bây giờ: |Filed now: |Thời gian giải quyết, từ |Time to the result, ",
            ):
                assert any(text.startswith(tuple(head.split("|"))) for text in one["texts"]), (one["name"], head)


def test_at_low_reach_everything_to_touch_is_in_the_lower_half(drawn: list[dict[str, Any]]) -> None:
    for one in drawn:
        if one["name"].endswith("-low"):
            high = [name for name, (_x, y, _w, _h) in one["targets"].items() if y < 960 and name != "anywhere"]
            assert high == [], one["name"]
