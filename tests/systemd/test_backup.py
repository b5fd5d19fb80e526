"""A backup is a proven copy of the database, or it is not there."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MOTCUA = str(Path(sysconfig.get_path("scripts")) / "motcua")

pytestmark = pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 program is not installed")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    command = [MOTCUA, "token", "--data", str(folder), "--role", "kiosk", "--name", "kiosk-1"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return folder


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def back_up(data: Path, backups: Path) -> subprocess.CompletedProcess[str]:
    command = [str(ROOT / "systemd" / "motcua-backup"), str(data), str(backups)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env={"PATH": "/usr/bin:/bin", "MOTCUA": MOTCUA}
    )


def test_a_database_in_use_is_copied_whole(data: Path, backups: Path) -> None:
    in_use = sqlite3.connect(data / "motcua.db", isolation_level=None)
    in_use.execute("BEGIN IMMEDIATE")  # somebody is writing, and has not committed
    in_use.execute("DELETE FROM device")
    made = back_up(data, backups)
    in_use.close()
    assert made.returncode == 0, made.stderr
    (backup,) = backups.iterdir()
    assert str(backup) in made.stdout
    assert [path.name for path in backup.iterdir()] == ["motcua.db"]
    copy = sqlite3.connect(f"{(backup / 'motcua.db').as_uri()}?mode=ro", uri=True)
    assert copy.execute("SELECT name FROM device").fetchall() == [("kiosk-1",)]
    copy.close()


def test_a_copy_that_is_not_sound_is_no_backup(data: Path, backups: Path) -> None:
    broken = sqlite3.connect(data / "motcua.db")
    broken.execute("PRAGMA writable_schema = ON")
    broken.execute("UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'event'")
    broken.commit()
    broken.close()
    assert back_up(data, backups).returncode != 0
    assert list(backups.iterdir()) == []


def test_without_a_database_it_says_so(tmp_path: Path, backups: Path) -> None:
    refused = back_up(tmp_path, backups)
    assert refused.returncode == 1
    assert "no database" in refused.stderr
    assert list(backups.iterdir()) == []


def with_paper(data: Path, content: bytes) -> Path:
    """One sealed paper, as the server keeps it: a file, and its row."""
    digest = hashlib.sha256(content).hexdigest()
    path = data / "attachments" / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sql = sqlite3.connect(data / "motcua.db")
    sql.execute(
        "INSERT INTO attachment (digest, media_type, bytes, pages, key, at, expires_at)"
        " VALUES (?, 'image/png', 1, 1, 'key', '2026-11-23', '2026-11-24')",
        (digest,),
    )
    sql.commit()
    sql.close()
    return path.relative_to(data)


def test_papers_are_copied_once_and_the_keys_are_not(data: Path, backups: Path) -> None:
    first = with_paper(data, b"M1 sealed")
    data.with_name("data.keys").write_text("secret")
    (data / "attachments" / first.parts[1] / "x.unfinished").write_bytes(b"half")
    assert back_up(data, backups).returncode == 0
    (before,) = backups.iterdir()
    before = before.rename(backups / "20260101T000000Z")
    second = with_paper(data, b"M1 another")
    made = back_up(data, backups)
    assert made.returncode == 0, made.stderr
    (after,) = set(backups.iterdir()) - {before}
    papers = {path.relative_to(after) for path in after.rglob("*") if path.is_file()}
    assert papers == {first, second, Path("motcua.db")}
    assert (after / first).samefile(before / first)
    assert not any(b"secret" in path.read_bytes() for path in backups.rglob("*") if path.is_file())


def test_a_backup_that_lacks_a_paper_is_none(data: Path, backups: Path) -> None:
    (data / with_paper(data, b"M1 sealed")).unlink()
    made = back_up(data, backups)
    assert made.returncode != 0
    assert "has lost its file" in made.stdout
    assert list(backups.iterdir()) == []


def test_backups_go_after_sixty_days(data: Path, backups: Path) -> None:
    old = backups / "20250101T000000Z"
    old.mkdir()
    os.utime(old, (0, 0))
    assert back_up(data, backups).returncode == 0
    assert not old.exists()
