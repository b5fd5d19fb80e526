"""The server killed at each step of filing: afterwards there is exactly one dossier, never half, and nothing personal
stands anywhere in its files in the open."""

from __future__ import annotations

import contextlib
import hashlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from tests.faults import count, runs
from tests.hall_server import RunningHall

STEPS = 13
"""Uploading takes five, filing six; the last two never come, and the kill is the test's own."""
NAME, OWNER, BORN = "Nguyễn Thị Hương Giang", "001190123456", "1990-05-17"
ADDRESS = "Thôn Đông, xã Ngọc Sơn"


@dataclass(slots=True)
class CutHall(RunningHall):
    """A server that is killed at a step: `arm(n)` before the n-th from now."""

    @property
    def armed(self) -> Path:
        return self.data.with_name("arm")

    def arm(self, step: int) -> None:
        self.armed.write_text(str(step))

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.faults.cut_server", str(self.armed)]


def picture(shade: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (80, 60), (shade, 10, 10)).save(made, "JPEG")
    return made.getvalue()


def request(number: int) -> dict[str, Any]:
    answers = {
        "kinds": ["diploma"],
        "pages": 1 + number,
        "copies": 2,
        "has_copies": True,
        "declarant_name": NAME,
        "declarant_birth_date": BORN,
        "declarant_id": OWNER,
        "declarant_address": ADDRESS,
        "declarant_signature": "M 10 10 L 300 200 L 500 90",
    }
    digest = hashlib.sha256(picture(number)).hexdigest()
    return {
        "procedure": "2.000815",
        "form_version": "2025-07-01",
        "answers": answers,
        "owner": {"id": OWNER, "birth_date": BORN},
        "papers": [{"type": "BAN-SAO", "source": "captured", "digest": digest}],
        "confirmed": True,
        "consent": "2026-01",
    }


def file(kiosk: httpx.Client, number: int) -> dict[str, Any]:
    """As a kiosk does after a cut: ask what the key filed, else send everything again."""
    key = {"Idempotency-Key": f"cut-{number:05}"}
    known = kiosk.get("/api/v1/dossiers/filed", headers=key).raise_for_status().json()["receipt"]
    if known is not None:
        return known
    wanted = request(number)
    (paper,) = wanted["papers"]
    sent = kiosk.put(
        f"/api/v1/attachments/{paper['digest']}", content=picture(number), headers={"Content-Type": "image/jpeg"}
    )
    assert sent.status_code == 200, sent.text
    answer = kiosk.post("/api/v1/dossiers", json=wanted, headers=key)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_power_cut_at_each_step_leaves_one_dossier_or_none(tmp_path: Path) -> None:
    hall = CutHall(tmp_path / "data")
    steps = range(0, STEPS, 1 if runs(0, 1) else 4)
    hall.start()
    token = hall.token("kiosk", "kiosk-1")
    codes, unanswered = [], 0
    try:
        for number, step in enumerate(steps):
            hall.arm(step)
            with hall.client(token) as kiosk, contextlib.suppress(httpx.TransportError):
                file(kiosk, number)
                unanswered -= 1
            unanswered += 1
            hall.kill()
            hall.armed.unlink()
            hall.start()
            with hall.client(token) as kiosk:
                codes.append(file(kiosk, number)["code"])
                assert file(kiosk, number)["code"] == codes[-1], "the same key gave another dossier"
        with hall.client(hall.token("clerk", "lan")) as clerk:
            rows = clerk.get("/api/v1/dossiers").json()["dossiers"]
            assert sorted(row["code"] for row in rows) == sorted(codes)
            for number, row in enumerate(reversed(rows)):
                seen = clerk.get(f"/api/v1/dossiers/{row['id']}/papers/BAN-SAO")
                assert seen.content == picture(number)
    finally:
        hall.kill()
    assert unanswered >= len(steps) - 2, "the server was hardly ever cut off"
    checked = hall.check()
    assert checked.returncode == 0, checked.stdout
    kept = [path for path in hall.data.rglob("*") if path.is_file()]
    for path in kept:
        content = path.read_bytes()
        for personal in (NAME, OWNER, ADDRESS, BORN, "Nguyễn", "L 300 200"):
            assert personal.encode() not in content, path.name
    count("power cuts while filing", len(steps))
