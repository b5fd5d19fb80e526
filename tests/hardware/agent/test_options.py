"""The command line of the agent, and what it says when it cannot use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.agent.main import main
from hardware.agent.options import options, parser
from queue_server.contract.settings import SettingsError

LINE = ["--server", "http://127.0.0.1:8080", "--config", "agent.toml"]
TOKEN = {"MOTCUA_TOKEN": "abc-123"}


def test_the_shortest_line_has_good_defaults() -> None:
    given = options(LINE, TOKEN)
    assert (given.server, given.token, given.config) == ("http://127.0.0.1:8080", "abc-123", Path("agent.toml"))
    assert given.name
    assert given.state == Path("var/agent")


def test_every_option_is_understood(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-the-file\n")
    more = ["--token-file", str(tmp_path / "token"), "--name", "tu thiet bi 1", "--state-dir", str(tmp_path)]
    given = options([*LINE, *more], TOKEN)
    assert (given.token, given.name, given.state) == ("from-the-file", "tu thiet bi 1", tmp_path)


def test_systemd_says_where_its_state_goes() -> None:
    assert options(LINE, {**TOKEN, "STATE_DIRECTORY": "/var/lib/motcua-agent"}).state == Path("/var/lib/motcua-agent")


def test_the_token_is_not_shown() -> None:
    assert "abc-123" not in repr(options(LINE, TOKEN))


@pytest.mark.parametrize(
    ("line", "environ", "said"),
    [
        (["--server", "127.0.0.1:8080", "--config", "a"], TOKEN, "--server"),
        (["--server", "http://a/console", "--config", "a"], TOKEN, "only scheme"),
        ([*LINE, "--name", "máy"], TOKEN, "--name"),
        (LINE, {}, "no token"),
        (LINE, {"MOTCUA_TOKEN": "two words"}, "the token"),
        ([*LINE, "--token-file", "/nowhere/token"], TOKEN, "--token-file"),
    ],
)
def test_what_it_cannot_use_it_says(line: list[str], environ: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        options(line, environ)


def test_a_bad_address_is_found_before_anything_opens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "agent.toml"
    file.write_text('[[speaker]]\nname = "loa"\nurl = "alsa2://x"\nvoice = "robot://"\n', encoding="utf-8")
    assert main(["--server", "http://127.0.0.1:1", "--config", str(file), "--check"]) == 2
    said = capsys.readouterr().err
    assert "speaker 1 › url" in said
    assert "alsa://" in said, "what would be right"
    assert "speaker 1 › voice" in said


def test_a_right_file_is_called_right_without_a_token(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "agent.toml"
    file.write_text('[[speaker]]\nname = "loa"\nurl = "speaker+fake://"\nvoice = "fake://"\n', encoding="utf-8")
    assert main(["--server", "http://127.0.0.1:1", "--config", str(file), "--check"]) == 0
    assert "1 thiết bị" in capsys.readouterr().out


def test_the_agent_and_a_device_cannot_have_one_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "agent.toml"
    file.write_text('[[speaker]]\nname = "loa"\nurl = "speaker+fake://"\nvoice = "fake://"\n', encoding="utf-8")
    assert main(["--server", "http://127.0.0.1:1", "--config", str(file), "--check", "--name", "loa"]) == 2
    assert "the name of a device" in capsys.readouterr().err


def test_every_option_stands_in_the_docs() -> None:
    page = (Path(__file__).parents[3] / "docs" / "devices.md").read_text(encoding="utf-8")
    for action in parser()._actions:
        assert action.option_strings[0] == "-h" or f"`{action.option_strings[0]}" in page
