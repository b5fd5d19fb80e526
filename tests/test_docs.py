"""The documentation is held against the code: what can be set, asked or refused stands in it."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI

from hardware import advice as advice_of
from hardware.errors import Code
from hardware.health import Kind, State, severity
from queue_server import main
from queue_server.api import advice, appointments, counters, dossiers, hall, health, tickets
from queue_server.api.problems import STATUS
from queue_server.catalogue import files, load
from queue_server.cli import COMMANDS
from queue_server.contract import API, KeypadKey

ROOT = Path(__file__).parents[1]
DOCS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}


def test_every_error_code_stands_in_the_api_page_with_its_status() -> None:
    for error, status in STATUS.items():
        assert f"| `{error.code}` | {status} |" in DOCS["api.md"]


def test_every_key_of_the_hall_file_stands_in_its_page() -> None:
    page = DOCS["hall-file.md"]
    tables = (files.HoursTable, files.NumberingTable, files.CallingTable, files.LunchTable, files.KioskTable)
    tables = (*tables, files.DevicesTable, files.AppointmentsTable)
    tables = (*tables, files.DossiersTable)
    models = (files.HallFile, *tables, files.ServiceEntry, files.CounterEntry)
    weekdays = set(load.WEEKDAYS)
    for model in models:
        for name in set(model.model_fields) - weekdays:
            assert re.search(rf"[`\[.]{name}[`\]]", page), f"{model.__name__}: {name}"


def test_every_endpoint_stands_in_the_api_page() -> None:
    app = FastAPI()
    for router in (
        tickets.router,
        counters.router,
        hall.router,
        advice.router,
        health.router,
        appointments.router,
        dossiers.router,
    ):
        app.include_router(router)
    for whole in app.openapi()["paths"]:
        path = whole.removeprefix(API)
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


@pytest.mark.parametrize(
    ("state", "kind"), [*((state, None) for state in State), *((s, k) for k, s in advice_of.OF_KIND)]
)
def test_every_state_of_a_device_stands_in_its_page_with_what_to_do(state: State, kind: Kind | None) -> None:
    name = f"`{state}`" + (f" ({kind})" if kind else "")
    states = DOCS["devices.md"].partition("\n## What the states mean\n")[2]
    row = next(line for line in states.splitlines() if line.startswith(f"| {name} |"))
    assert f"| {severity(state)} |" in row
    for language in ("vi", "en"):
        said = advice_of.explain(state, kind, language)
        assert said.what in row
        assert said.do in row


def test_every_error_of_a_device_is_a_state_of_it() -> None:
    assert {code.value for code in Code} <= {state.value for state in State}


def test_every_key_of_a_keypad_stands_in_the_clerks_page_and_in_the_api() -> None:
    for key in KeypadKey:
        assert f"(`{key}`)" in DOCS["clerk.md"]
        assert f"`{key}`" in DOCS["api.md"]


def test_links_between_pages_lead_somewhere() -> None:
    for place in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", place.read_text(encoding="utf-8")):
            assert (place.parent / target).exists(), f"{place.name}: {target}"


def test_links_to_a_heading_find_it() -> None:
    for place in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]:
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", place.read_text(encoding="utf-8")):
            page = (place.parent / target if target else place).read_text(encoding="utf-8")
            assert anchor in {_anchor(heading) for heading in re.findall(r"(?m)^#+ (.*)$", page)}, (
                f"{place.name}: {anchor}"
            )


def _anchor(heading: str) -> str:
    """As the forges make it: small letters, no signs, dashes for blanks."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
