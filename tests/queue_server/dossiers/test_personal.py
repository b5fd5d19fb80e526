"""What is personal goes on time or when its owner asks, is handed to them whole, and its keys change at any time."""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from queue_server.catalogue.load import SAMPLE_HALL
from queue_server.domain.ids import Actor
from queue_server.personal import OtherAccountError, owned_by
from queue_server.service.dossiers import forgetting, rotation
from queue_server.store.key_file import KeyFileError, beside, new_keys, read_keys, write_keys
from queue_server.store.migrations import migrate
from queue_server.store.vault import SealBroken, Vault, open_vault
from tests.hall_server import MOTCUA
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import BORN, NAME, OTHER_OWNER, OWNER, answers, picture, request
from tests.queue_server.small_hall import NINE

TECHNICIAN = Actor("command:technician")


def erased(hall: FilingHouse) -> int:
    return forgetting.erase_due(hall.db, hall.app.state.context.dossiers.files, hall.hall, hall.now, TECHNICIAN)


def command(hall: FilingHouse, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MOTCUA, *arguments, "--data", str(hall.db.path.parent)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
    )


def stored(hall: FilingHouse) -> list[Path]:
    return list((hall.db.path.parent / "attachments").glob("??/*"))


def test_a_dossier_is_emptied_a_year_after_it_ended_and_its_papers_go_with_it(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "refused", reason=f"Giấy của {NAME} không hợp lệ")
    hall.filed(hall.captured(shade=9))
    hall.worked(2, "received", papers=["GCS"])
    hall.later(days=364)
    assert erased(hall) == 0
    hall.later(days=1)
    assert erased(hall) == 1
    view = hall.look(1)
    assert (view["applicant"], view["answers"], view["acts"]) == ("", [], [])
    assert [each["act"] for each in view["events"]] == ["submitted", "refused"]
    assert view["events"][1]["why"] is None
    assert len(stored(hall)) == 1, "the other dossier is still worked on"
    assert hall.get("/dossiers/1/papers/GCS", hall.clerk).json()["code"] == "dossier-erased"
    assert hall.work(1, "received").json()["code"] == "dossier-erased"
    assert hall.rows("SELECT actor, dossier FROM personal_audit WHERE act = 'erased-on-time'") == [
        ("command:technician", 1)
    ]
    assert hall.get(f"/dossiers/status/{view['code']}").json()["state"] == "refused"
    assert erased(hall) == 0


def test_a_draft_that_nobody_completed_goes_after_a_week(hall: FilingHouse) -> None:
    hall.filed(procedure="1.002")
    hall.later(days=7)
    assert erased(hall) == 1


def test_a_paper_that_may_still_be_used_again_outlives_no_erasure(hall: FilingHouse) -> None:
    hall.filed(hall.captured(), procedure="1.002")
    hall.later(days=7)
    assert erased(hall) == 1
    assert stored(hall) == []
    assert hall.rows("SELECT COUNT(*) FROM held_paper") == [(0,)]


def test_a_copy_that_another_dossier_uses_stays(hall: FilingHouse) -> None:
    hall.filed(hall.captured(), procedure="1.002")
    hall.filed({"type": "GCS", "source": "held"})
    hall.later(days=7)
    assert erased(hall) == 1
    assert len(stored(hall)) == 1
    assert hall.get("/dossiers/2/papers/GCS", hall.clerk).content == picture()


def test_one_persons_data_is_taken_out_whole(hall: FilingHouse, tmp_path: Path) -> None:
    first = hall.filed(hall.captured())
    hall.filed(
        owner={"id": OTHER_OWNER, "birth_date": BORN}, answers=answers(owner_id=OTHER_OWNER, name="Trần Văn Khác")
    )
    hall.get("/dossiers", hall.clerk)
    hall.look(1)
    out = tmp_path / "out"
    done = command(hall, "person", "export", "--out", str(out), stdin=f"{OWNER}\n{BORN}\n")
    assert done.returncode == 0, done.stderr
    told = json.loads((out / "person.json").read_text(encoding="utf-8"))
    (dossier,) = told["dossiers"]
    assert dossier["answers"]["name"] == NAME
    assert (out / first["code"] / f"{OWNER}.GCS.jpg").read_bytes() == picture()
    assert "Khác" not in json.dumps(told, ensure_ascii=False)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert (dossier["language"], dossier["consent"]) == ("vi", request()["consent"])
    assert [each["act"] for each in dossier["looked_at"]] == ["list-seen", "dossier-seen", "exported"]
    assert dossier["looked_at"][0]["by"] == "device:lan"
    actor, act = hall.rows("SELECT actor, act FROM personal_audit ORDER BY id")[-1]
    assert actor.startswith("command:")
    assert act == "exported"


def test_a_wrong_birth_date_is_no_job_done(hall: FilingHouse, tmp_path: Path) -> None:
    hall.filed()
    for verb in (("erase",), ("export", "--out", str(tmp_path / "out"))):
        done = command(hall, "person", *verb, stdin=f"{OWNER}\n1990-05-18\n")
        assert (done.returncode, done.stdout) == (1, "")
        assert "nobody found" in done.stderr
    assert not (tmp_path / "out").exists()
    assert hall.look(1)["applicant"] == NAME


def test_one_persons_data_is_erased_but_for_what_is_worked_on(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "withdrawn", reason="Nộp nhầm")
    running = hall.filed()["code"]
    done = command(hall, "person", "erase", stdin=f"{OWNER}\n{BORN}\n")
    assert done.returncode == 1
    assert done.stdout.splitlines()[1].startswith(running)
    assert [row["applicant"] for row in hall.get("/dossiers", hall.clerk).json()["dossiers"]] == [NAME, ""]
    assert stored(hall) == []


def test_who_it_is_never_comes_on_the_command_line_and_must_be_whole(hall: FilingHouse) -> None:
    for wrong in ("", f"{OWNER}\n", f"123\n{BORN}\n", f"{OWNER}\n17/05/1990\n"):
        assert command(hall, "person", "erase", stdin=wrong).returncode == 2
    assert command(hall, "person", "erase", OWNER).returncode == 2


def test_after_a_rotation_nothing_is_sealed_with_the_old_key_and_everything_still_opens(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    hall.worked(1, "supplement-requested", reason="Thiếu giấy")
    old = hall.vault.keys.sealing.id
    done = command(hall, "keys", "rotate")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("4 đã niêm phong lại · sealed anew")
    assert [line.split("\t")[2:] for line in command(hall, "keys", "show").stdout.splitlines()] == [
        ["sealing", "4"],
        ["older", "0"],
    ]
    # The server runs on: it opens what was sealed anew, and seals with the new key.
    assert hall.look(1)["events"][1]["why"] == "Thiếu giấy"
    assert hall.get("/dossiers/1/papers/GCS", hall.clerk).content == picture()
    hall.filed(hall.captured(shade=3))
    assert command(hall, "keys", "forget").stdout.startswith(old)
    assert hall.look(2)["applicant"] == NAME


def test_a_rotation_killed_at_any_moment_is_finished_by_the_next(hall: FilingHouse) -> None:
    for shade in range(8):
        hall.filed(hall.captured(shade=shade * 9), answers=answers(copies=shade))
    script = (
        "import os, signal, sys\n"
        "from queue_server.service.dossiers import rotation\n"
        "from queue_server.store import attachments, key_file, sealed\n"
        "rotation.BATCH = 2\n"
        "left = int(sys.argv.pop(1))\n"
        "def counted(work):\n"
        "    def run(*args, **kwargs):\n"
        "        global left\n"
        "        left -= 1\n"
        "        if left < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return work(*args, **kwargs)\n"
        "    return run\n"
        "os.fsync = counted(os.fsync)\n"
        "sealed.seal_anew = counted(sealed.seal_anew)\n"
        "attachments.note_key = counted(attachments.note_key)\n"
        "from queue_server.keys import main\n"
        "raise SystemExit(main(sys.argv[1:]))\n"
    )
    data = str(hall.db.path.parent)
    for steps in (0, 1, 3, 6):
        killed = subprocess.run([sys.executable, "-c", script, str(steps), "rotate", "--data", data], timeout=60)
        assert killed.returncode == -9
        for ident in (1, 8):
            assert hall.look(ident)["applicant"] == NAME
            assert hall.get(f"/dossiers/{ident}/papers/GCS", hall.clerk).content == picture((ident - 1) * 9)
    assert command(hall, "keys", "rotate").returncode == 0
    pieces = [line.split("\t")[3] for line in command(hall, "keys", "show").stdout.splitlines()]
    assert pieces[0] == "24"
    assert set(pieces[1:]) == {"0"}


def test_what_cannot_be_opened_holds_up_neither_a_rotation_nor_an_export(hall: FilingHouse, tmp_path: Path) -> None:
    codes = [hall.filed(hall.captured(shade=shade), answers=answers(copies=shade))["code"] for shade in (3, 5, 7)]
    lost = next(path for path in stored(hall) if path.name == hall.look(1)["papers"][0]["digest"])
    lost.unlink()
    hall.rows("UPDATE dossier SET answers = CAST(substr(answers, 1, 11) || zeroblob(60) AS BLOB) WHERE id = 2")
    for _ in range(2):
        done = command(hall, "keys", "rotate")
        assert (done.returncode, done.stdout.count("new key, 7 ")) == (1, 1)
        assert [line.partition(":")[0] for line in done.stderr.splitlines()[-2:]] == [codes[1], f"{lost.name[:12]}…"]
    assert hall.look(3)["applicant"] == NAME
    out = tmp_path / "out"
    done = command(hall, "person", "export", "--out", str(out), stdin=f"{OWNER}\n{BORN}\n")
    assert (done.returncode, done.stdout.count("3 hồ sơ")) == (1, 1)
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [codes[1], f"{codes[0]}/{OWNER}.GCS.jpg"]
    told = json.loads((out / "person.json").read_text(encoding="utf-8"))["dossiers"]
    assert [each["answers"] is None for each in told] == [False, True, False]
    assert sorted(path.parent.name for path in out.glob("*/*.jpg")) == codes[1:]


def test_commands_are_not_run_by_another_account_which_would_lock_the_server_out(tmp_path: Path) -> None:
    mine = tmp_path / "motcua.db"
    mine.touch()
    owned_by(mine, os.geteuid())
    with pytest.raises(OtherAccountError, match="sudo runuser -u"):
        owned_by(mine, os.geteuid() + 1)


@pytest.mark.parametrize("command_line", ["keys show", "person erase", "dossiers erase-due --hall {hall}"])
@pytest.mark.parametrize("content", [b"no database" * 1000, None])
def test_a_database_that_cannot_be_used_is_said_in_a_sentence(
    tmp_path: Path, command_line: str, content: bytes | None
) -> None:
    file = tmp_path / "data" / "motcua.db"
    file.parent.mkdir()
    if content is None:
        with closing(sqlite3.connect(file, isolation_level=None)) as sql:
            migrate(sql)
            sql.execute("UPDATE _sqlite_migrations SET name = name || '-of-later' WHERE rowid = 1")
    else:
        file.write_bytes(content)
    words = command_line.format(hall=SAMPLE_HALL).split()
    done = subprocess.run(
        [MOTCUA, *words, "--data", str(file.parent)],
        input=f"{OWNER}\n{BORN}\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"motcua {words[0]}: ")
    assert done.stderr.count("\n") == 1


def test_what_is_due_is_erased_by_a_halls_own_days_or_not_at_all(hall: FilingHouse) -> None:
    hall.filed(procedure="1.002")
    done = command(hall, "dossiers", "erase-due")
    assert done.returncode == 2
    assert "--hall" in done.stderr


def test_after_a_rotation_owners_and_receipts_are_still_found_and_nothing_is_filed_twice(hall: FilingHouse) -> None:
    first = hall.filed(hall.captured(), key="key-of-one-press")
    token = first["track_url"].rpartition("/")[2]
    asked = {"owner": {"id": OWNER, "birth_date": BORN}, "types": ["GCS"]}
    before = hall.rows("SELECT owner_key FROM dossier")
    write_keys(hall.vault.path, hall.vault.keys.rotated(NINE))  # as a rotation that is cut off leaves it
    for rotated in (False, True):
        if rotated:
            assert command(hall, "keys", "rotate").returncode == 0
            assert hall.rows("SELECT owner_key FROM dossier") != before
            assert hall.rows("SELECT DISTINCT owner_key FROM held_paper") == hall.rows("SELECT owner_key FROM dossier")
        assert len(hall.post("/dossiers/held", hall.kiosk, asked).json()["papers"]) == 1
        assert hall.filed(hall.captured(), key="key-of-one-press")["code"] == first["code"]
        assert hall.filed(hall.captured())["code"] == first["code"], "the same content on the same day"
    assert command(hall, "keys", "forget").returncode == 0
    assert len(hall.vault.keys.finders) == 1
    assert len(hall.post("/dossiers/held", hall.kiosk, asked).json()["papers"]) == 1
    assert hall.get(f"/dossiers/status/{token}").json()["code"] == first["code"]
    again = hall.filed({"type": "GCS", "source": "held"}, answers=answers(copies=9))
    assert again["reused"] == 1
    done = command(hall, "person", "erase", stdin=f"{OWNER}\n{BORN}\n")
    assert done.stdout.count("\n") == 3, "both dossiers are found, and still worked on"


def test_a_key_file_of_an_earlier_version_is_read_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    write_keys(path, new_keys(NINE))
    kept = json.loads(path.read_text())
    finder = kept["keys"][0].pop("finder")
    path.write_text(json.dumps({**kept, "format": 1, "finder": finder}))
    read = read_keys(path)
    assert read.finders == (base64.b64decode(finder),)
    write_keys(path, read.rotated(NINE))
    assert read_keys(path).finders[1:] == read.finders
    assert json.loads(path.read_text())["format"] == 2


def test_forgetting_drops_only_keys_that_sealed_nothing(hall: FilingHouse) -> None:
    hall.filed()
    write_keys(hall.vault.path, hall.vault.keys.rotated(NINE))
    files = hall.app.state.context.dossiers.files
    assert rotation.forget(hall.db, hall.vault, files, TECHNICIAN, NINE) == ()
    assert hall.look(1)["applicant"] == NAME


def test_a_sealed_piece_opens_in_its_own_place_only_and_not_when_changed(tmp_path: Path) -> None:
    vault = open_vault(tmp_path / "keys", frozenset())
    sealed = vault.seal("Bí mật".encode(), "dossier/owner/1")
    assert vault.open(sealed, "dossier/owner/1").decode() == "Bí mật"
    assert sealed != vault.seal("Bí mật".encode(), "dossier/owner/1"), "a nonce is never used twice"
    changed = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    for bad, place in [
        (sealed, "dossier/owner/2"),
        (b"", "dossier/owner/1"),
        *((c, "dossier/owner/1") for c in changed),
    ]:
        with pytest.raises(SealBroken):
            vault.open(bad, place)


def test_the_key_file_is_private_and_beside_the_data(tmp_path: Path) -> None:
    path = beside(tmp_path / "data")
    assert path == tmp_path / "data.keys"
    open_vault(path, frozenset())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert open_vault(path, frozenset()).keys.sealing == read_keys(path).sealing
    for secret in (*read_keys(path).finders, read_keys(path).sealing.secret):
        assert repr(secret) not in repr(read_keys(path)) + repr(read_keys(path).sealing)


def test_wrong_key_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    with pytest.raises(KeyFileError, match="bring back its copy"):
        open_vault(path, frozenset({"0a1b2c3d"}))
    write_keys(path, new_keys(NINE))
    with pytest.raises(KeyFileError, match="other keys"):
        open_vault(path, frozenset({"0a1b2c3d"}))
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        Vault(path)
    path.chmod(0o600)
    for damaged in ("", "{}", "[]", '{"format": 1, "keys": [], "finder": ""}', path.read_text()[:-60], "ÿ"):
        path.write_text(damaged, encoding="latin-1")
        with pytest.raises(KeyFileError):
            read_keys(path)


def test_a_server_without_its_keys_does_not_start(hall: FilingHouse) -> None:
    hall.filed()
    os.rename(hall.vault.path, hall.vault.path.with_suffix(".away"))
    try:
        done = command(hall, "serve", "--port", "0")
    finally:
        os.rename(hall.vault.path.with_suffix(".away"), hall.vault.path)
    assert done.returncode == 1
    assert "the key file is missing" in done.stderr
