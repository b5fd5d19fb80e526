"""The command line of the kiosk, and what it says when it cannot use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.settings import settings
from queue_server.contract import Language
from queue_server.contract.settings import SettingsError

LINE = ["--server", "http://127.0.0.1:8080", "--printer", "fake://"]
TOKEN = {"MOTCUA_TOKEN": "abc-123"}


def test_the_shortest_line_has_good_defaults() -> None:
    given = settings(LINE, TOKEN)
    assert (given.server, given.token, given.printers) == ("http://127.0.0.1:8080", "abc-123", ("fake://",))
    assert (given.size, given.fullscreen, given.language) == ((1080, 1920), False, Language.VI)


def test_the_token_file_goes_before_the_variable(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("from-the-file\n")
    assert settings([*LINE, "--token-file", str(file)], TOKEN).token == "from-the-file"


def test_every_option_is_understood(tmp_path: Path) -> None:
    more = ["--size", "1280x800", "--fullscreen", "--language", "en", "--device", "kiosk 2", "--layout-file"]
    given = settings([*LINE, *more, str(tmp_path / "l.json")], TOKEN)
    assert (given.size, given.fullscreen, given.language) == ((1280, 800), True, Language.EN)
    assert (given.device, given.layout_file, given.spool) == ("kiosk 2", tmp_path / "l.json", None)


def test_several_printers_and_a_spool_are_understood(tmp_path: Path) -> None:
    given = settings([*LINE, "--printer", "escpos+usb://", "--spool", str(tmp_path)], TOKEN)
    assert given.printers == ("fake://", "escpos+usb://")
    assert given.spool == tmp_path
    one_variable = ["--server", "http://hall", "--printer", "fake:// escpos+usb://"]
    assert settings(one_variable, TOKEN).printers == ("fake://", "escpos+usb://")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["--server", "127.0.0.1:8080", "--printer", "fake://"], "--server"),
        (["--server", "ftp://hall", "--printer", "fake://"], "--server"),
        (["--server", "http://hall/path", "--printer", "fake://"], "only scheme"),
        (["--server", "http://hall:99999", "--printer", "fake://"], "--server"),
        (["--server", "http://user@hall", "--printer", "fake://"], "only scheme"),
        (["--server", "http://hall", "--printer", "printer"], "--printer"),
        (["--server", "http://hall", "--printer", " "], "--printer"),
        ([*LINE, "--printer", "fake://"], "each once"),
        ([*LINE, "--device", "printer-2"], "one of its printers"),
        ([*LINE, "--size", "big"], "--size"),
        ([*LINE, "--size", "100x9000"], "--size"),
        ([*LINE, "--device", "kiosk/1"], "--device"),
        ([*LINE, "--token-file", "/nonexistent/token"], "--token-file"),
    ],
)
def test_what_cannot_be_used_is_named(line: list[str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        settings(line, TOKEN)


def test_without_a_token_the_ways_to_give_one_are_named() -> None:
    with pytest.raises(SettingsError, match=r"--token-file.*MOTCUA_TOKEN"):
        settings(LINE, {})


def test_a_token_with_other_words_around_it_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("token: abc\n")
    with pytest.raises(SettingsError, match="alone in its file"):
        settings([*LINE, "--token-file", str(file)], {})
    file.write_text(" \n")
    with pytest.raises(SettingsError, match="empty"):
        settings([*LINE, "--token-file", str(file)], {})


def test_wrong_settings_end_with_a_message_and_no_window() -> None:
    tried = (
        "import sys; from kiosk.main import main;"
        "print(main(['--server', 'nonsense', '--printer', 'fake://']), 'kivy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["2", "False"]
    assert "--server" in done.stderr
