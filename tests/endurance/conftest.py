"""A hall with eight counters, all of which serve both groups, as `motcua serve --hall` reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

COUNTERS = 8


@pytest.fixture
def busy_hall(tmp_path: Path) -> Path:
    text = 'agency = { vi = "Xã", en = "Commune" }\nname = { vi = "Một cửa", en = "Hall" }\nlevel = "commune"\n'
    text += '[hours]\nevery_day = ["00:00-24:00"]\nholidays = false\n'
    for prefix, code in (("A", "1.001193"), ("B", "2.000815")):
        text += f'[[group]]\ncode = "{prefix}"\nprefix = "{prefix}"\nservices = ["{code}"]\n'
        text += f'name = {{ vi = "{prefix}", en = "{prefix}" }}\n'
    for number in range(1, COUNTERS + 1):
        text += f'[[counter]]\nid = {number}\ngroups = ["A", "B"]\nname = {{ vi = "{number}", en = "{number}" }}\n'
    for value, code in ((2, "good"), (1, "bad")):
        text += f'[[rating]]\ncode = "{code}"\nvalue = {value}\nname = {{ vi = "{code}", en = "{code}" }}\n'
    path = tmp_path / "hall.toml"
    path.write_text(text, encoding="utf-8")
    return path
