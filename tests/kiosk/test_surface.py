"""What fingers and keys mean on a drawn screen, and that nothing of a citizen stays behind.

Played in a process of its own, because Kivy has one window per process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scenes() -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "tests.kiosk.surface_play"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-3000:]
    return {one["scene"]: one for one in map(json.loads, done.stdout.splitlines())}


def test_five_keys_move_a_ring_and_press(scenes: dict[str, dict[str, Any]]) -> None:
    seen = scenes["keys"]
    assert seen["begun"] == ["Focused Tiếp tục False"], "it begins at the main button"
    assert seen["up"] in (["Focused Có False"], ["Focused Không False"])
    assert seen["pressed"] in (["PickOption yes"], ["PickOption no"])
    assert seen["twice"] == [], "struck twice at once it is chosen, not given up again"
    assert seen["early"] == [], "a second stroke does not press what has just appeared"
    assert seen["anew"] == ["Done"], "on the next question the ring is at its main button again"
    assert seen["back"] == ["Back"]
    assert seen["covered"] == ["ToggleAccess", "Stay"], "escape closes what covers the screen, and nothing behind it"
    assert seen["signing"] == ["PickOption at-counter", "Done"], "by keys one signs at the counter, without a search"


def test_a_real_keyboard_types_where_there_is_something_to_type(scenes: dict[str, dict[str, Any]]) -> None:
    seen = scenes["letters"]
    assert seen["typed"] == ["TypeKey a", "TypeKey ế", "TypeKey  ", "Erase", "Done"]
    assert seen["digits"] == ["TypeKey 7"]
    assert seen["nowhere"] == []
    assert seen["date"] == ["TypeFigures 0"], "a date that is turned by wheels is typed from its day on"
    assert seen["onward"] == ["PickOption at-counter"], "after typing, the ring shows where nothing is typed"
    assert seen["touched"] == [], "fingers need no ring"


def test_a_second_tap_does_not_count_where_the_page_has_changed_under_it(scenes: dict[str, dict[str, Any]]) -> None:
    assert scenes["tapping"]["second"] == []


def test_a_finger_signs_and_a_second_one_disturbs_nothing(scenes: dict[str, dict[str, Any]]) -> None:
    seen = scenes["signature"]
    assert seen["early"] == 0, "the line is told when the finger is lifted"
    assert seen["others"] == []
    assert len(seen["points"]) == 10
    assert seen["points"][0] == [100, 200]
    assert all(0 <= x <= 1000 and 0 <= y <= 400 for x, y in seen["points"]), "what leaves the box stays at its edge"


def test_a_held_arrow_turns_on(scenes: dict[str, dict[str, Any]]) -> None:
    seen = scenes["holding"]
    assert seen["held"] == ["TurnWheel 2 -1"] * 3
    assert seen["tapped"] == ["TurnWheel 2 -1"], "a tap turns once"


def test_nothing_of_a_citizen_stays_when_he_has_gone(scenes: dict[str, dict[str, Any]]) -> None:
    seen = scenes["forgetting"]
    assert seen["photos"] == [1, 0]
    assert seen["fewer"], "texts that were set for the citizen are dropped"
    assert seen["left"] == []


def test_not_even_under_a_finger_that_still_rests(scenes: dict[str, dict[str, Any]]) -> None:
    assert scenes["leaving_under_a_finger"]["left"] == []
    assert scenes["leaving_under_a_finger"]["lifted"] == []


def test_a_visit_leaves_nothing_that_the_next_would_add_to(scenes: dict[str, dict[str, Any]]) -> None:
    few, more = scenes["visiting"]["few"], scenes["visiting"]["more"]
    assert few["textures"] > 0
    assert few["pictures"] == 0
    assert {kind: (few.get(kind), more.get(kind)) for kind in few | more if few.get(kind) != more.get(kind)} == {}
