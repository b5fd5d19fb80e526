"""The documentation is held against the code: what can be set, asked or refused stands in it."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI

from queue_server import main
from queue_server.api import advice, counters, hall, health, tickets
from queue_server.api.problems import STATUS
from queue_server.catalogue import files, load
from queue_server.cli import COMMANDS

ROOT = Path(__file__).parents[1]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}


def test_every_error_code_stands_in_the_api_page_with_its_status() -> None:
    for error, status in STATUS.items():
        assert f"| `{error.code}` | {status} |" in DOCS["api.md"]


def test_every_key_of_the_hall_file_stands_in_its_page() -> None:
    page = DOCS["hall-file.md"]
    tables = (files.HoursTable, files.NumberingTable, files.CallingTable, files.LunchTable, files.KioskTable)
    models = (files.HallFile, *tables, files.ServiceEntry, files.CounterEntry)
    weekdays = set(load.WEEKDAYS)
    for model in models:
        for name in set(model.model_fields) - weekdays:
            assert re.search(rf"[`\[.]{name}[`\]]", page), f"{model.__name__}: {name}"


def test_every_endpoint_stands_in_the_api_page() -> None:
    app = FastAPI()
    for router in (tickets.router, counters.router, hall.router, advice.router, health.router):
        app.include_router(router)
    for path in app.openapi()["paths"]:
        last = "/" + path.rsplit("/", 1)[1]
        assert path in DOCS["api.md"] or f"`{last}`" in DOCS["api.md"], path


def test_every_option_of_the_server_stands_in_the_docs() -> None:
    options = set(re.findall(r'"(--[a-z-]+)"', inspect.getsource(main._settings)))
    everything = "\n".join(DOCS.values())
    assert options <= {option for option in options if option in everything}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_stands_in_the_readme_or_docs_and_shows_help(command: str) -> None:
    everything = "\n".join(DOCS.values()) + (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"motcua {command}" in everything
    shown = subprocess.run(
        [sys.executable, "-c", f"from queue_server.cli import main; raise SystemExit(main(['{command}', '--help']))"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert shown.returncode == 0, shown.stderr
    assert "usage" in shown.stdout.lower()


def test_links_between_pages_lead_somewhere() -> None:
    for place in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", place.read_text(encoding="utf-8")):
            assert (place.parent / target).exists(), f"{place.name}: {target}"
