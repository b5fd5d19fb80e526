"""What docs/accessibility.md promises: each test it names exists, and those that need no window are here."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any, cast

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk.paper_words import paper_words
from kiosk.ui.icons import PENS
from kiosk.ui.palette import CONTRAST, FOCUS, GOLD, INK, LINE, MUTED, PAPER, RED, SURFACE, TEAL, contrasting, ratio
from kiosk.ui.screens.capture import LOOKS
from kiosk.ui.shaping import stacks
from kiosk.visit.state import Advice
from kiosk.words import LOCALE, Words, words
from queue_server.catalogue.folder import BUILT_IN, read_folder
from queue_server.contract import Language

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "accessibility.md"


def test_every_test_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text(encoding="utf-8")))
    written = "\n".join(file.read_text(encoding="utf-8") for file in ROOT.glob("tests/**/test_*.py"))
    assert named
    assert {name for name in named if f"def {name}(" not in written} == set()


def test_every_clause_that_software_meets_names_its_test() -> None:
    rows = [line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    clauses = [row for row in rows if re.match(r" \d", row[1])]
    assert len(clauses) > 40
    bare = [row[1].strip() for row in clauses if row[3].strip().startswith("software") and "test_" not in row[4]]
    assert bare == ["5.3 biometrics"]


@pytest.mark.parametrize("language", list(Language))
def test_every_advice_has_words_and_a_sign(language: Language) -> None:
    heads = [paper_words(words(language), advice)[0] for advice in Advice]
    assert len(set(heads)) == len(Advice)
    assert set(LOOKS) == set(Advice)
    assert all(picture in PENS for _tone, picture in LOOKS.values())


def test_edges_and_signs_stand_out_at_high_contrast() -> None:
    for mark, ground in product((INK, MUTED, LINE, TEAL, RED, GOLD, FOCUS), (PAPER, SURFACE)):
        assert ratio(contrasting(mark), contrasting(ground)) >= 7.0
    for normal, other in CONTRAST.items():
        assert ratio(other, contrasting(SURFACE)) >= ratio(normal, SURFACE) or ratio(other, SURFACE) < 1.1, normal


def test_black_on_white_is_the_greatest_contrast_there_is() -> None:
    assert round(ratio((0, 0, 0, 1), (1, 1, 1, 1)), 2) == 21.0
    assert ratio(INK, INK) == 1.0


def test_nothing_flashes() -> None:
    """One thing moves by itself, an arc on its ring; nothing else is drawn by a clock."""
    moving = [
        file.name for file in (ROOT / "kiosk" / "ui").rglob("*.py") if "schedule_interval" in file.read_text("utf-8")
    ]
    assert sorted(moving) == ["turning.py", "window.py"]
    from kiosk.ui import turning

    turned = re.search(r"get_boottime\(\) \* (\d+) % 360", Path(turning.__file__).read_text("utf-8"))
    assert turned is not None
    assert int(turned[1]) < 360  # less than one turn a second


def test_no_text_points_by_colour_or_place_alone() -> None:
    with (LOCALE / "vi" / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    texts = [text for one in catalogue if one.id for text in (str(one.id), str(one.string))]
    pointing = re.compile(
        r"\b(green|red|blue|yellow|on the left|on the right|màu (đỏ|xanh|vàng)|bên (trái|phải))\b", re.I
    )
    assert [text for text in texts if pointing.search(text)] == []


def test_every_pictogram_of_a_life_event_is_drawn() -> None:
    events = read_folder(BUILT_IN).life_events
    assert events is not None
    assert {one.icon for one in events[1].life_events} <= set(PENS)


# --- languages -----------------------------------------------------------------------------------------------------


class Third(StrEnum):
    KM = "km"


def test_a_third_language_is_a_folder_more(tmp_path: Path) -> None:
    """A catalogue dropped in is spoken at once; what it lacks is said in the source's words."""
    with (LOCALE / "vi" / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    for one in catalogue:
        one.string = {"English": "ភាសាខ្មែរ", "Take a number": "យកលេខ"}.get(str(one.id), "")
    folder = tmp_path / "km" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "kiosk.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
    say = Words(cast(Language, Third.KM), tmp_path)
    assert (say.own_name, say.gettext("Take a number"), say.gettext("Back")) == ("ភាសាខ្មែរ", "យកលេខ", "Back")
    group = cast(Any, type("Text", (), {"vi": "Hộ tịch", "en": "Civil status", "km": ""}))
    assert say.local(group) == "Hộ tịch"
    assert stacks(say.own_name)
    assert not stacks("Đăng ký khai sinh – Ðông Sơn")


def test_khmer_is_set_as_by_harfbuzz() -> None:
    """Letter for letter the same picture; Kivy's usual provider's is another one."""
    tool = Path(__file__).parent / "khmer.py"
    done = subprocess.run([sys.executable, str(tool)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["raqm"]
    assert max(found["kiosk"]) < 0.02
    assert min(found["sdl2"]) > 0.2
