"""What the scripted morning says while it runs and at its end."""

from __future__ import annotations

import re
from itertools import pairwise

from tests.e2e.event_log import Outcome
from tests.e2e.narrator import Narrator, table


def test_a_step_is_said_before_it_happens_and_known_when_it_fails() -> None:
    said: list[str] = []
    narrator = Narrator(said.append)
    with narrator.step("Mở cửa", "open"):
        assert said[0].endswith("s  Mở cửa · open")
    assert narrator.current == "Mở cửa · open"


def test_the_table_lines_up_and_names_what_happened() -> None:
    served = Outcome("A-001", "1.001193", "elderly", "finished", 1, 12.4, "satisfied", ("issued", "called", "recalled"))
    waiting = Outcome("HT-002", "9.999999", None, "waiting", None, None, None, ("issued",))
    names = {"1.001193": "Đăng ký khai sinh", "elderly": "Người cao tuổi", "satisfied": "Hài lòng"}
    head, rule, *lines = table([served, waiting], names).splitlines()
    assert head.startswith("Số · No.")
    starts = [0, *(match.end() for match in re.finditer(" +", rule)), None]
    cells = [[line[start:end].strip() for start, end in pairwise(starts)] for line in lines]
    outcome = "xong · finished; gọi lại · recalled"
    assert cells == [
        ["A-001", "Đăng ký khai sinh", "Người cao tuổi", "12 s", "1", outcome, "Hài lòng"],
        ["HT-002", "9.999999", "–", "–", "–", "chờ · waiting", "–"],
    ]
