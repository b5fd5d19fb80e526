"""What the docs say of `motcua devices` is complete: every subcommand and option, and no option that is not there."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from hardware.devices.cli import parser

PAGE = (Path(__file__).parents[3] / "docs" / "devices.md").read_text("utf-8")
SECTIONS = "".join(
    PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    for title in (
        "Speakers and voices",
        "Finding and trying devices",
    )
)


def commands() -> dict[str, argparse.ArgumentParser]:
    (choices,) = (action.choices for action in parser()._actions if isinstance(action.choices, dict))
    return choices


def options() -> set[str]:
    return {option for each in commands().values() for action in each._actions for option in action.option_strings} - {
        "-h",
        "--help",
    }


def test_docs_name_every_command_and_option() -> None:
    assert all(f"`motcua devices {command}" in SECTIONS for command in commands())
    assert [option for option in options() if not re.search(rf"`[^`]*{option}\b", SECTIONS)] == []


def test_docs_name_no_option_that_is_not_there() -> None:
    lines = [line for line in SECTIONS.splitlines() if "paplay" not in line]
    said = set(re.findall(r"(?<![\w-])--[a-z]+", "\n".join(lines)))
    assert said - options() == set()
