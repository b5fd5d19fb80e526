"""systemd understands every line of the units, and the programs understand what the units give them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from hardware.agent.config_file import TABLES, load_config
from hardware.agent.opening import open_devices, refuse_faults
from hardware.agent.options import options as agent_options
from kiosk.settings import settings as kiosk_settings

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = ROOT / "systemd"
UNITS = sorted((FILES / "units").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
MOTCUA = str(Path(sysconfig.get_path("scripts")) / "motcua")
EXPOSURE_AT_MOST = {
    "motcua-server": 2.0,
    "motcua-maintenance": 1.0,
    "motcua-kiosk": 3.0,
    "motcua-board": 5.0,
    "motcua-agent": 3.0,
}
"""systemd's own figure, from 0 (shut) to 10 (open)."""

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")


def name_of(unit: Path) -> str:
    return unit.name


def text_of(unit: Path) -> str:
    """The unit with its continued lines joined."""
    return re.sub(r"\\\n\s*", "", unit.read_text(encoding="utf-8"))


def environment_of(role: str) -> dict[str, str]:
    lines = (FILES / "env" / f"{role}.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def command_of(role: str, values: dict[str, str]) -> list[str]:
    """What systemd would run: `${NAME}` is one word, `$NAME` is none or several."""
    (line,) = re.findall(r"(?m)^ExecStart=(.*)$", text_of(FILES / "units" / f"motcua-{role}.service"))
    words: list[str] = []
    for word in shlex.split(line.replace("$", "\0")):
        if word.startswith("\0") and not word.startswith("\0{"):
            words += values[word[1:]].split()
        else:
            words.append(re.sub(r"\0\{(\w+)\}", lambda found: values[found[1]], word))
    return words


def analysed(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", "--no-pager", *arguments], capture_output=True, text=True, timeout=60)


@needs_systemd
def test_systemd_has_nothing_to_say_against_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # The programs are not installed here, and verify asks for them.
        here = re.sub(r"(?m)^(Exec\w+=)/(?:opt/motcua|usr/bin/cage)\S*", r"\1/bin/true", text_of(unit))
        (tmp_path / unit.name).write_text(here, encoding="utf-8")
    verified = analysed("verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS))
    assert (verified.stderr, verified.returncode) == ("", 0)


@needs_systemd
def test_a_misspelt_setting_would_be_found(tmp_path: Path) -> None:
    # verify ends with 0 on a key it does not know: only what it says can be trusted.
    unit = tmp_path / "motcua-x.service"
    unit.write_text("[Service]\nExecStart=/bin/true\nRestartSekunden=1\n", encoding="utf-8")
    assert "RestartSekunden" in analysed("verify", "--man=no", str(unit)).stderr


@needs_systemd
@pytest.mark.parametrize("unit", SERVICES, ids=name_of)
def test_a_service_stays_shut(unit: Path) -> None:
    judged = analysed("security", "--offline=true", str(unit)).stdout
    (exposure,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", judged)
    assert float(exposure) <= EXPOSURE_AT_MOST[unit.stem]


@pytest.mark.parametrize("role", ["server", "kiosk", "board", "agent"])
def test_a_part_that_dies_is_started_again_for_ever(role: str) -> None:
    text = text_of(FILES / "units" / f"motcua-{role}.service")
    assert re.search(r"(?m)^Restart=always$", text)
    assert re.search(r"(?m)^StartLimitIntervalSec=0$", text)


@pytest.mark.parametrize("role", ["server", "kiosk", "board", "agent"])
def test_the_settings_file_holds_exactly_what_the_unit_asks_for(role: str) -> None:
    text = text_of(FILES / "units" / f"motcua-{role}.service")
    assert set(re.findall(r"\$\{?(MOTCUA_\w+)", text)) == environment_of(role).keys()
    assert f"EnvironmentFile=/etc/motcua/{role}.env" in text


def test_the_server_knows_every_option_it_is_given() -> None:
    command = command_of("server", environment_of("server"))
    assert command[1] == "serve"
    shown = subprocess.run([MOTCUA, "serve", "--help"], capture_output=True, text=True, check=True, timeout=60).stdout
    settings = (FILES / "env" / "server.env").read_text(encoding="utf-8")
    options = [word for word in command if word.startswith("--")] + re.findall(r"--[a-z-]+(?= /)", settings)
    assert "--tls-cert" in options
    assert [option for option in options if option not in shown] == []


def test_the_kiosk_takes_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("secret\n", encoding="utf-8")
    values = environment_of("kiosk") | {
        "MOTCUA_SERVER": "http://192.168.1.2:8080",
        "MOTCUA_PRINTER": "escpos+usb://",
        "MOTCUA_DEVICE": "kiosk-1",
        "CREDENTIALS_DIRECTORY": str(tmp_path),
    }
    command = command_of("kiosk", values)
    given = kiosk_settings(command[command.index("kiosk") + 1 :])
    assert given.server == "http://192.168.1.2:8080"
    assert given.token == "secret"
    assert given.fullscreen


def test_the_board_opens_the_servers_board_and_may_speak() -> None:
    command = command_of("board", environment_of("board") | {"MOTCUA_SERVER": "http://192.168.1.2:8080"})
    assert command[-1] == "http://192.168.1.2:8080/board/"
    assert "--autoplay-policy=no-user-gesture-required" in command
    assert "--no-sandbox" not in command


def test_the_agent_takes_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("secret\n", encoding="utf-8")
    values = environment_of("agent") | {
        "MOTCUA_SERVER": "http://192.168.1.2:8080",
        "MOTCUA_DEVICE": "agent-1",
        "CREDENTIALS_DIRECTORY": str(tmp_path),
    }
    command = command_of("agent", values)
    given = agent_options(command[command.index("agent") + 1 :], {"STATE_DIRECTORY": "/var/lib/motcua-agent"})
    assert (given.server, given.token, given.name) == ("http://192.168.1.2:8080", "secret", "agent-1")
    assert (given.config, given.state) == (Path("/etc/motcua/agent.toml"), Path("/var/lib/motcua-agent"))


def test_the_agents_example_is_right_as_it_comes_and_with_every_sign_taken_away(tmp_path: Path) -> None:
    example = (FILES / "env" / "agent.toml").read_text(encoding="utf-8")
    assert list(load_config(FILES / "env" / "agent.toml").entries()) == []
    whole = tmp_path / "agent.toml"
    whole.write_text(re.sub(r"(?m)^# (?=[a-z_\[]+.*(=|\]\]))", "", example), encoding="utf-8")
    config = load_config(whole)
    assert {kind.value for kind, _, _ in config.entries()} == set(TABLES)
    devices = open_devices(config)
    refuse_faults(devices, whole)
    assert len(devices) == len(TABLES)
