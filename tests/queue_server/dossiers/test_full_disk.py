"""On a full disk dossiers can still be looked at, people can still be called, and what cannot be kept is told."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from queue_server.console.pages import Wanted
from queue_server.contract import Language, Role
from queue_server.domain.ids import Actor
from queue_server.house_dossiers import HouseDossiers
from queue_server.service.dossiers.looks import Looks
from queue_server.service.principal import Principal, account_actor
from queue_server.store import access, personal_audit
from queue_server.store.database import Database, StoreUnavailable, Tx
from tests.hall_server import RunningHall
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import digest, picture

LOOKS = ("", "/1", "/1/forms/06", "/1/forms/07", "/1/papers/GCS")
ANSWER_S = 30.0


def fill(db: Database) -> None:
    """From here on the file may not grow, and where looks are noted no room is left over."""
    (pages,) = db.submit(lambda tx: tx.sql.execute("PRAGMA page_count").fetchone()).result(ANSWER_S)
    db.submit(lambda tx: tx.sql.execute(f"PRAGMA max_page_count = {pages}").fetchone()).result(ANSWER_S)

    def note(tx: Tx, size: int) -> None:
        personal_audit.note(tx.sql, datetime.now(UTC), Actor("filler"), "x" * size)

    for size in (2000, 200, 1):
        with suppress(StoreUnavailable):
            for _ in range(400):
                db.submit(partial(note, size=size)).result(ANSWER_S)


def free(db: Database) -> None:
    db.submit(lambda tx: tx.sql.execute("PRAGMA max_page_count = 1000000").fetchone()).result(ANSWER_S)


def test_dossiers_are_looked_at_on_a_full_disk_and_the_looks_are_noted_later(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    fill(hall.db)
    noted = hall.rows("SELECT COUNT(*) FROM personal_audit")
    for _ in range(2):
        for path in LOOKS:
            answer = hall.get(f"/dossiers{path}", hall.clerk)
            assert answer.status_code == 200, (path, answer.text)
    assert hall.rows("SELECT COUNT(*) FROM personal_audit") == noted
    assert hall.get("/healthz").status_code == 503
    free(hall.db)
    hall.later(minutes=1)
    hall.run(hall.app.state.context.looks.catch_up(hall.db))
    kept = hall.rows("SELECT act, COUNT(*), MAX(at) FROM personal_audit WHERE actor = 'device:lan' GROUP BY act")
    assert {act: count for act, count, _ in kept} == {
        "list-seen": 1, "dossier-seen": 1, "form-drawn": 1, "register-drawn": 1, "paper-seen": 1
    }  # fmt: skip
    assert all(at < hall.now.isoformat() for _, _, at in kept), "with the time of the look"


def test_the_clerks_pages_are_shown_on_a_full_disk(hall: FilingHouse) -> None:
    hall.filed(hall.captured())
    pages = HouseDossiers(hall.app.state.context)
    who = Principal(account_actor("canbo1"), Role.CLERK, "canbo1")
    fill(hall.db)
    assert len(hall.run(pages.listed(who, Wanted(), Language.VI)).dossiers) == 1
    view = hall.run(pages.view(who, 1, Language.VI))
    assert view is not None
    assert view.answers
    assert hall.db.short_of_disk
    free(hall.db)


def test_nobody_looks_on_for_ever_without_a_note(tmp_path: Path) -> None:
    who, now = Principal(account_actor("canbo1"), Role.CLERK, "canbo1"), datetime.now(UTC)
    with closing(Database(tmp_path)) as db:
        fill(db)
        looks = Looks(most_waiting=1)
        asyncio.run(looks.note_many(db, who, "list-seen", (1,), now))
        asyncio.run(looks.note_many(db, who, "list-seen", (1,), now))
        with pytest.raises(StoreUnavailable):
            asyncio.run(looks.note_many(db, who, "list-seen", (2,), now))
        free(db)
        asyncio.run(looks.catch_up(db))
        noted = db.submit(
            lambda tx: tx.sql.execute(
                "SELECT json_extract(data, '$.dossiers') FROM personal_audit WHERE actor = ?", (who.actor,)
            )
        )
        assert {ident for (ident,) in noted.result(ANSWER_S)} == {"1", "2"}


def test_the_last_room_is_given_up_once_and_taken_again(tmp_path: Path) -> None:
    room = 64 * 1024
    with closing(Database(tmp_path, room=room)) as db:
        reserve = tmp_path / "reserve"
        assert reserve.stat().st_blocks * 512 >= room, "it takes real room"
        fill(db)
        assert not reserve.exists()
        assert db.short_of_disk
        free(db)
        db.reserve.take()
        assert reserve.stat().st_size == room
        db.submit(lambda tx: access.note_login_failure(tx.sql, "x", "y", datetime.now(UTC))).result(ANSWER_S)
        assert not db.short_of_disk


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_people_are_called_from_the_last_room_of_a_real_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "48m") as disk:
        hall = RunningHall(disk / "data")
        hall.start()
        try:
            with hall.client(hall.token("kiosk", "kiosk-1")) as kiosk, hall.client(hall.token("clerk", "lan")) as clerk:
                assert clerk.post("/api/v1/counters/1/open").status_code == 200
                service = kiosk.get("/api/v1/services").json()["groups"][0]["services"][0]["code"]
                filler = os.open(disk / "filler", os.O_CREAT | os.O_WRONLY)
                with suppress(OSError):
                    while os.write(filler, b"x" * 65536):
                        pass
                os.close(filler)

                def issue() -> int:
                    key = {"Idempotency-Key": secrets.token_hex(8)}
                    return kiosk.post("/api/v1/tickets", json={"service": service}, headers=key).status_code

                answers = [issue() for _ in range(60)]
                assert answers.count(503) <= 1, "one finds the disk full, and from then on there is room"
                assert answers[-1] == 201
                assert clerk.post("/api/v1/counters/1/next").json()["ticket"]
                assert kiosk.get("/healthz").status_code == 503, "whoever watches the machine is told"
                content = picture(9)
                kind = {"Content-Type": "image/jpeg"}
                sent = kiosk.put(f"/api/v1/attachments/{digest(content)}", content=content, headers=kind)
                assert (sent.status_code, sent.json()["code"]) == (503, "store-unavailable")
        finally:
            hall.kill()
