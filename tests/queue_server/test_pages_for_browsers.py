"""Whoever asks for a page gets a page, also when there is none; programs get problem JSON."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.hall_server import running_hall


def test_an_unknown_address_is_a_page_for_browsers_and_a_problem_for_programs(tmp_path: Path) -> None:
    with running_hall(tmp_path, demo=True) as hall:
        page = httpx.get(f"{hall.url}/nowhere", headers={"Accept": "text/html,*/*"}, timeout=30)
        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
        assert "Không có trang này" in page.text
        program = httpx.get(f"{hall.url}/nowhere", timeout=30)
        assert program.headers["content-type"] == "application/problem+json"
        inside = httpx.get(f"{hall.url}/api/v1/nowhere", headers={"Accept": "text/html"}, timeout=30)
        assert inside.json()["code"] == "not-found"
