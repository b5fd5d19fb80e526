"""docs/simulator.md: its example gives what it says, and it knows every option and figure."""

from __future__ import annotations

import re
from pathlib import Path

from queue_server.domain.dispatch import PolicyName
from queue_server.simulate import command, replay
from tests.queue_server.simulate.files import Folder

PAGE = (Path(__file__).parents[3] / "docs" / "simulator.md").read_text(encoding="utf-8")


def test_the_example_gives_what_the_page_says(tmp_path: Path) -> None:
    hall = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0]
    arrivals, schedule = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    folder = Folder(tmp_path)
    assert folder.run(hall, arrivals) == 0
    rows = [",".join([row["id"], row["counter"], row["called_s"], row["finished_s"]]) for row in folder.rows()]
    assert rows == schedule.splitlines()[1:]
    figures = folder.figures()
    keys = {*figures, *next(iter(figures["services"].values())), *next(iter(figures["counters"].values()))}
    assert all(f"`{key}`" in PAGE for key in keys)


def test_every_option_and_policy_stands_in_the_page() -> None:
    options = {
        option
        for module in (command, replay)
        for option in re.findall(r'"(--[a-z-]+)"', Path(str(module.__file__)).read_text(encoding="utf-8"))
    }
    assert len(options) > 8
    assert {option for option in options if option not in PAGE} == set()
    assert all(f"`{policy}`" in PAGE for policy in PolicyName)
