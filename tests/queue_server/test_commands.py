"""The commands as an administrator types them: what goes wrong is one clear line and exit code 1."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from queue_server import accounts, cli, main
from queue_server.catalogue.load import SAMPLE_HALL
from queue_server.store import access
from queue_server.store.database import Database
from tests.hall_server import MOTCUA, running_hall


def serve(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MOTCUA, "serve", *arguments], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
    )


def assert_one_clear_line(ended: subprocess.CompletedProcess[str], *words: str) -> None:
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout == ""
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr
    for word in words:
        assert word in lines[0]


def test_a_demonstration_is_for_this_machine_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for host in ("0.0.0.0", "::", "192.168.1.10", "", "hall.example"):
        assert main.serve(["--data", str(tmp_path / "data"), "--port", "0", "--host", host, "--demo"]) == 1
        assert "--demo" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert_one_clear_line(serve("--data", str(tmp_path), "--port", port), "cannot listen", port)


def test_a_bad_halls_file_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hall = tmp_path / "hall.toml"
    hall.write_text("level = 7\n")
    assert main.serve(["--data", str(tmp_path / "data"), "--port", "0", "--hall", str(hall)]) == 1
    said = capsys.readouterr().err
    assert str(hall) in said
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--voice", "parrot://"], "parrot://"),
        (["--tls-cert", "missing.pem", "--tls-key", "missing.key"], "missing.pem"),
        (["--host", "host.invalid"], "host.invalid"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_line(tmp_path: Path, arguments: list[str], word: str) -> None:
    assert_one_clear_line(serve("--data", str(tmp_path / "data"), "--port", "0", *arguments), word)


def test_a_folder_that_holds_something_else_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "motcua.db").write_bytes(b"no database at all\n" * 100)
    assert_one_clear_line(serve("--data", str(tmp_path), "--port", "0"), "motcua.db")
    (tmp_path / "file").write_text("")
    assert_one_clear_line(serve("--data", str(tmp_path / "file"), "--port", "0"), "file")


@pytest.mark.parametrize("arguments", [[], ["print-test", "--printer", "fake://", "--status"], ["devices", "words"]])
def test_output_that_cannot_be_written_is_said_in_one_line(arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:
        ended = subprocess.run([MOTCUA, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.endswith("cannot write the output: No space left on device\n")
    assert ended.stderr.count("\n") == 1


def test_a_command_may_be_broken_off_while_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_off_in_loading.py").write_text("raise KeyboardInterrupt\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(cli.COMMANDS, "agent", ("broken_off_in_loading:main", ""))
    assert cli.main(["agent"]) == 130


def test_a_server_loads_at_its_start_only_what_a_start_needs() -> None:
    """What reads papers and typesets them comes with the first paper; each costs a small machine a part of a second."""
    heavy = {"babel", "cv2", "jsonschema", "numpy", "PIL", "pypdf", "rapidfuzz", "typst"}
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, queue_server.main; print(sorted({heavy!r} & set(sys.modules)))"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert said.stdout.strip() == "[]", said.stdout + said.stderr


def test_while_it_loads_nothing_is_looked_through_and_afterwards_only_what_is_new() -> None:
    try:
        with cli.loading():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
        with pytest.raises(ValueError, match="broken off"), cli.loading():
            raise ValueError("broken off")
        assert gc.isenabled()
    finally:
        gc.unfreeze()


def test_a_running_hall_is_not_disturbed_and_ends_when_told(tmp_path: Path) -> None:
    """Also: logins of a demonstration vanish when the hall is started without it."""
    with running_hall(tmp_path, demo=True) as hall:
        data = str(hall.data)
        assert_one_clear_line(serve("--data", data, "--port", "0"), "another server is already running", data)
        listed = hall.motcua("user", "list", "--data", data).stdout.splitlines()
        assert "canbo1\tclerk" in listed
        assert len(listed) == 8
        hall.user("manager", "lanh-dao", "mat-khau-dai")
        assert hall.check().returncode == 0
        process = hall.process
        assert process is not None
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
        hall.options = ()
        hall.start()
        assert hall.motcua("user", "list", "--data", data).stdout == "lanh-dao\tmanager\n"
        with hall.client() as client:
            assert "canbo1" not in client.get("/").text


def test_a_service_that_lunch_leaves_alone_is_warned_of_and_the_hall_opens(tmp_path: Path) -> None:
    everybody_at_once = '[lunch]\nwindow = "11:30-12:30"\nminutes = 60\n\n[numbering]'
    text = SAMPLE_HALL.read_text(encoding="utf-8").replace("[numbering]", everybody_at_once, 1)
    (tmp_path / "hall.toml").write_text(text, encoding="utf-8")
    with running_hall(tmp_path / "data", options=("--hall", str(tmp_path / "hall.toml"))) as hall:
        warned = [line for line in hall.log.read_text(encoding="utf-8").splitlines() if "lunch 11:30-12:30" in line]
    assert len(warned) == 12
    assert "2.000815" in "".join(warned)


def test_a_token_is_printed_listed_and_taken_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path)]
    assert accounts.token([*data, "--role", "clerk", "--name", "desk-3", "--counter", "3"]) == 0
    first = capsys.readouterr().out.strip()
    assert len(first) == 43
    assert accounts.token([*data, "--role", "kiosk", "--name", "kiosk-1"]) == 0
    assert capsys.readouterr().out.strip() != first
    assert accounts.token([*data, "--list"]) == 0
    assert capsys.readouterr().out == "desk-3\tclerk\t3\nkiosk-1\tkiosk\t-\n"
    assert accounts.token([*data, "--revoke", "--name", "desk-3"]) == 0
    assert accounts.token([*data, "--revoke", "--name", "desk-3"]) == 1
    assert "desk-3" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--role", "king", "--name", "kiosk-1"],
        ["--role", "kiosk", "--name", "Kiosk 1"],
        ["--role", "kiosk"],
        ["--name", "kiosk-1"],
        ["--role", "clerk", "--name", "desk-1", "--counter", "0"],
        ["--role", "clerk", "--name", "desk-1", "--counter", "1000"],
    ],
)
def test_a_wrong_command_line_is_refused_before_anything_is_made(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        accounts.token(["--data", str(tmp_path / "data"), *arguments])
    assert refusal.value.code == 2
    assert not (tmp_path / "data").exists()


def test_a_password_is_read_from_standard_input_and_must_be_long_enough(tmp_path: Path) -> None:
    def add(password: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [MOTCUA, "user", "add", "--data", str(tmp_path), "--role", "clerk", "--name", "lan", "--password-stdin"],
            input=password + "\n",
            capture_output=True,
            text=True,
            timeout=60,
        )

    short = add("kurz")
    assert (short.returncode, "8 characters" in short.stderr) == (1, True)
    assert not (tmp_path / "motcua.db").exists()
    assert add("mat-khau-dai").stdout == "lan\tclerk\n"
    assert b"mat-khau-dai" not in (tmp_path / "motcua.db").read_bytes()


def test_an_account_has_a_name_for_papers_and_screens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path)]
    assert accounts.user(["name", *data, "--name", "lan", "--full-name", "Trần Thị Lan"]) == 1
    with closing(Database(tmp_path)) as db:
        db.submit(lambda tx: access.put_account(tx.sql, "lan", "clerk", "x", datetime.now(UTC))).result()
    capsys.readouterr()
    assert accounts.user(["name", *data, "--name", "lan", "--full-name", " Trần  Thị\u200b Lan "]) == 0
    assert accounts.user(["list", *data]) == 0
    assert capsys.readouterr().out == "lan\tclerk\tTrần Thị Lan\n"
    for nothing in ("", "\u200b", "a" * 81):
        with pytest.raises(SystemExit):
            accounts.user(["name", *data, "--name", "lan", "--full-name", nothing])


def test_accounts_are_listed_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path)]
    assert accounts.user(["list", *data]) == 0
    assert accounts.user(["remove", *data, "--name", "lan"]) == 1
    assert "there is no account lan" in capsys.readouterr().err


def test_help_lists_every_command_and_an_unknown_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in cli.COMMANDS)
    assert cli.main(["danse"]) == 2
    assert "danse" in capsys.readouterr().err


def test_the_commands_leave_the_data_to_their_owner(tmp_path: Path) -> None:
    """Hashes, tickets and reports are nobody else's business."""
    folder = tmp_path / "data"
    accounts.token(["--data", str(folder), "--role", "kiosk", "--name", "kiosk-1"])
    assert os.stat(folder).st_mode & 0o077 == 0
