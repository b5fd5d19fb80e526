"""The dossier pages over the real services: what a clerk finds, who is let in, what is noted, what nobody is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from queue_server.api.context import SESSION_COOKIE
from queue_server.domain.appointment import AppointmentRules
from tests.queue_server.dossiers.filing_house import FilingHouse
from tests.queue_server.small_catalogue import CATALOGUE, NAME, OWNER, PLACES, picture
from tests.queue_server.small_hall import SMALL_HALL


class PageHouse(FilingHouse):
    """`page` asks for a page as the browser of a clerk does; as a stranger's with no `who`."""

    who: str | None = None

    def page(self, path: str, *, stranger: bool = False, language: str = "vi") -> httpx.Response:
        headers = {"Accept": "text/html"}
        if not stranger:
            self.who = self.who or self.session("huong", "clerk")[0]
            headers["Cookie"] = f"{SESSION_COOKIE}={self.who}; lang={language}"
        return self.run(self._client.get(path, headers=headers))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[PageHouse]:
    hall = replace(SMALL_HALL, appointments=AppointmentRules(per_slot=1))
    with PageHouse(tmp_path / "data", hall, catalogue=CATALOGUE, places=PLACES) as running:
        yield running


def test_a_dossier_is_found_by_its_code_and_by_its_ticket_and_looked_at(house: PageHouse) -> None:
    plain = house.filed(house.captured())
    prepared = house.filed(procedure="1.002")
    number = prepared["ticket"]["number"]
    listed = house.page("/dossiers").text
    assert plain["code"] in listed
    assert prepared["code"] in listed
    assert NAME in listed
    for search, found, other in ((plain["code"][-4:], plain, prepared), (number.lower(), prepared, plain)):
        text = house.page(f"/dossiers?search={search}").text
        assert found["code"] in text
        assert other["code"] not in text
    assert plain["code"] not in house.page("/dossiers?state=draft").text
    assert "Không tìm thấy hồ sơ nào" in house.page("/dossiers?search=9999").text
    ident = house.newest()["id"] - 1
    text = house.page(f"/dossiers/{ident}").text
    assert plain["code"] in text
    assert f"{OWNER}.GCS" in text
    assert 'data-act="received"' in text
    assert house.rows("SELECT actor, act FROM personal_audit WHERE act = 'dossier-seen'") == [
        ("user:huong", "dossier-seen")
    ]


def test_a_paper_is_shown_to_staff_only_kept_by_no_browser_and_noted(house: PageHouse) -> None:
    house.filed(house.captured(shade=90))
    ident = house.newest()["id"]
    for path in (f"/dossiers/{ident}/papers/GCS", f"/dossiers/{ident}/papers/GCS/1"):
        answer = house.page(path)
        assert answer.content == picture(90)
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["cache-control"] == "no-store"
        assert "sandbox" in answer.headers["content-security-policy"]
        stranger = house.page(path, stranger=True)
        assert stranger.status_code == 303
        assert stranger.headers["location"].startswith("/login")
    assert house.rows("SELECT COUNT(*) FROM personal_audit WHERE act = 'paper-seen'") == [(1,)]
    for path in ("papers/GCS/2", "papers/CCCD", "papers/GCS/x", f"papers/{'G' * 90}"):
        assert house.page(f"/dossiers/{ident}/{path}").status_code == 404
    assert house.page("/dossiers/999/papers/GCS").status_code == 404


def test_who_is_served_brings_the_dossier_to_the_desk(house: PageHouse) -> None:
    prepared = house.filed(procedure="1.002")
    cookie, csrf = house.session("minh", "clerk")
    house.who = cookie
    assert house.post("/counters/1/open", session=(cookie, csrf)).status_code == 200
    assert prepared["code"] not in house.page("/console/1/fragment").text
    house.post("/counters/1/next", session=(cookie, csrf))
    text = house.page("/console/1/fragment").text
    assert prepared["code"] in text
    assert f'href="/dossiers/{house.newest()["id"]}"' in text


def test_a_phone_is_told_the_state_and_nothing_personal_and_codes_are_no_keys(house: PageHouse) -> None:
    receipt = house.filed(house.captured())
    path = receipt["track_url"].removeprefix("http://hall.test")
    answer = house.page(path, stranger=True)
    assert answer.status_code == 200
    assert receipt["code"] in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    for personal in (NAME, OWNER, "Hương"):
        assert personal not in answer.text
    for guess in (receipt["code"], "A" * 22, "x", "A" * 90):
        assert house.page(f"/d/{guess}", stranger=True).status_code == 404


def test_the_managers_screen_counts_what_kiosks_filed_and_papers_not_asked_for_twice(house: PageHouse) -> None:
    house.who = house.session("trung", "manager")[0]
    assert "–" in house.page("/hall").text
    house.filed(house.captured())
    held = {"type": "GCS", "source": "held"}
    house.filed(held, procedure="1.002")
    assert "100 %" in house.page("/hall").text
    house.later(days=1)
    house.who = house.signed_in("trung")[0]
    house.filed(house.captured(shade=33))
    text = house.page("/hall").text
    assert "0 %" in text, "the hall had that paper already"


def test_a_booked_time_has_its_slip_and_is_on_the_list(house: PageHouse) -> None:
    at = (house.now + timedelta(hours=1)).isoformat()
    booked = house.post("/appointments", house.clerk, {"service": "copy", "at": at}).json()
    listed = house.page("/appointments").text
    assert booked["code"] in listed
    assert "hết chỗ" in listed
    slip = house.page(f"/appointments/{booked['id']}").text
    assert booked["code"] in slip
    assert "10:00" in slip
    assert house.page("/appointments/999").status_code == 404
    assert house.page("/appointments?day=nonsense").status_code == 200


def test_a_call_for_help_is_told_to_staff(house: PageHouse) -> None:
    assert house.page("/help/fragment").text.strip() == ""
    house.post("/help", house.kiosk, {"screen": "question"})
    assert "Cần hỗ trợ tại kiosk-1." in house.page("/help/fragment").text
    assert house.page("/help/fragment", stranger=True).status_code == 401


def test_a_stranger_is_sent_to_the_door(house: PageHouse) -> None:
    for path in ("/dossiers", "/dossiers/1", "/appointments", "/appointments/1", "/dossiers/1/papers/X"):
        assert house.page(path, stranger=True).status_code == 303, path


def test_what_is_no_dossier_is_a_page_that_says_so(house: PageHouse) -> None:
    for place in ("0", "-1", "x", "9" * 400, "٣"):
        assert house.page(f"/dossiers/{place}").status_code == 404
        assert house.page(f"/dossiers?before={place}").status_code == 200


def test_a_list_that_refreshes_itself_is_noted_once_for_each_dossier(house: PageHouse) -> None:
    house.filed(house.captured())
    for _ in range(3):
        assert house.page("/dossiers/fragment").status_code == 200
    house.filed(procedure="1.002")
    house.page("/dossiers/fragment")
    lines = house.rows("SELECT json_extract(data, '$.dossiers') FROM personal_audit WHERE act = 'list-seen'")
    assert lines == [("1",), ("2",)]
    assert house.page("/dossiers/fragment", stranger=True).status_code == 401


def test_a_missing_key_is_said_in_the_clerks_language(house: PageHouse) -> None:
    house.filed(house.captured())
    house.page("/dossiers")
    house.vault.path.chmod(0o644)
    assert "kỹ thuật" in house.page("/dossiers").text
    for path in ("/dossiers", "/dossiers/1", "/dossiers/1/papers/GCS"):
        answer = house.page(path, language="en")
        assert answer.status_code == 503, path
        assert "Call the technician" in answer.text, path
