"""The installer says what it would do before it does it, and refuses what it cannot do."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ROOT / "systemd"


def install(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(FILES / "install.sh"), *arguments], capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("role", ["server", "kiosk", "board", "agent"])
def test_a_dry_run_names_every_file_of_the_role(role: str) -> None:
    shown = install(role, "--dry-run")
    assert shown.returncode == 0, shown.stderr
    for target in (
        f"/etc/sysusers.d/motcua-{role}.conf",
        f"/etc/tmpfiles.d/motcua-{role}.conf",
        f"/etc/systemd/system/motcua-{role}.service",
    ):
        assert target in shown.stdout
    for source in re.findall(r"install -D -m \d+ (\S+)", shown.stdout):
        assert Path(source).is_file()
    assert ("motcua-maintenance.timer" in shown.stdout) == (role == "server")
    assert ("select" in shown.stdout or "--require-hashes" in shown.stdout) == (role != "board")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["printer"],
        ["kiosk", "--colour", "red"],
        ["kiosk", "--server"],
        ["kiosk", "--dry-run", "--printer", "escpos+usb://|rm"],
        ["board", "--dry-run", "--server", "http://x y"],
    ],
)
def test_what_it_does_not_understand_it_does_not_do(arguments: list[str]) -> None:
    refused = install(*arguments)
    assert refused.returncode == 2
    assert refused.stderr
    assert refused.stdout == ""


def test_every_account_of_a_unit_is_made() -> None:
    for unit in (FILES / "units").glob("*.service"):
        (user,) = re.findall(r"(?m)^User=(\S+)$", unit.read_text(encoding="utf-8"))
        made = "".join(path.read_text(encoding="utf-8") for path in (FILES / "sysusers.d").iterdir())
        assert re.search(rf"(?m)^u {user} -", made)


def test_a_kiosk_gets_the_libraries_that_a_checkout_gets() -> None:
    listed = (ROOT / ".setup" / "debian-packages").read_text(encoding="utf-8")
    libraries = set(re.findall(r"(?m)^(lib\S+)\s+run\b", listed))
    (wanted,) = re.findall(
        r'(?m)^kiosk\)\n.*\n\tpackages="([^"]+)"', (FILES / "install.sh").read_text(encoding="utf-8")
    )
    assert len(libraries) >= 5
    assert libraries <= set(wanted.split())


def test_an_agent_gets_the_voice_its_own_token_and_an_example_of_its_file() -> None:
    shown = install("agent", "--dry-run", "--name", "tu-1", "--camera").stdout
    for wanted in (
        "agent.toml",
        "role agent" if "needed" not in shown else "--role agent",
        "setup",
        "camera",
        "devices",
    ):
        assert wanted in shown
    text = (FILES / "install.sh").read_text(encoding="utf-8")
    (packages,) = re.findall(r'(?m)^agent\)\n.*\n\tpackages="([^"]+)"', text)
    assert {"espeak-ng", "alsa-utils"} <= set(packages.split())


def test_an_agents_account_is_in_the_groups_of_its_devices() -> None:
    made = (FILES / "sysusers.d" / "motcua-agent.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^m motcua-agent (\w+)$", made)) == {"dialout", "audio", "video", "lp", "input"}
