"""The import contracts hold because they can fail: each breach below is written into a copy and must be found."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("queue_server", "kiosk", "display_board", "hardware")
LAYERS, CLIENTS, HARDWARE, PURE = "server-layers", "clients-see-the-contract", "hardware-is-a-leaf", "rules-without-io"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages' code, to be spoilt."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in PACKAGES:
        only_code = shutil.ignore_patterns("__pycache__", "static", "locale", "templates")
        if package == "queue_server":  # its `locale` is a module
            only_code = shutil.ignore_patterns("__pycache__", "static", "LC_MESSAGES", "templates")
        shutil.copytree(ROOT / package, copy / package, ignore=only_code)
    return copy


def broken(house: Path, contract: str) -> bool:
    command = [f"{sysconfig.get_path('scripts')}/lint-imports", "--no-cache", "--contract", contract]
    linted = subprocess.run(command, cwd=house, capture_output=True, text=True, timeout=120)
    assert "Contracts: " in linted.stdout, linted.stdout + linted.stderr
    return linted.returncode != 0


@pytest.mark.parametrize("contract", [LAYERS, CLIENTS, HARDWARE, PURE])
def test_the_contract_is_kept(house: Path, contract: str) -> None:
    assert not broken(house, contract)


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        (LAYERS, "queue_server/domain/breach.py", "from queue_server import store"),
        (LAYERS, "queue_server/service/breach.py", "from queue_server import api"),
        (LAYERS, "queue_server/a_room_nobody_placed.py", ""),
        (CLIENTS, "kiosk/breach.py", "from queue_server.domain import ticket"),
        (CLIENTS, "display_board/breach.py", "import queue_server"),
        (HARDWARE, "hardware/breach.py", "import kiosk"),
        (HARDWARE, "hardware/breach.py", "from queue_server import contract"),
        (PURE, "queue_server/domain/breach.py", "import time"),
        (PURE, "queue_server/domain/breach.py", "from fastapi import FastAPI"),
    ],
)
def test_a_breach_is_found(house: Path, contract: str, module: str, line: str) -> None:
    breach = house / module
    breach.write_text(f'"""A breach."""\n\n{line}\n', encoding="utf-8")
    try:
        assert broken(house, contract)
    finally:
        breach.unlink()


def test_a_pure_screen_flow_may_not_reach_the_toolkit(house: Path) -> None:
    flow = house / "kiosk" / "flow.py"
    sound = flow.read_text(encoding="utf-8")
    flow.write_text(sound + "\nimport kivy\n", encoding="utf-8")
    try:
        assert broken(house, PURE)
    finally:
        flow.write_text(sound, encoding="utf-8")
