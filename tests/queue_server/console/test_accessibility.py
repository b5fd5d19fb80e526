"""axe-core finds nothing serious on any page, in any of its states, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.queue_server.console.dossier_views import help_call

PAGES = {
    "index": ("/", None),
    "login": ("/login", None),
    "device": ("/device", None),
    "preview": ("/preview", None),
    "unknown ticket": ("/t/none", None),
    "choice": ("/console", "clerk"),
    "not allowed": ("/hall", "clerk"),
    "overview": ("/hall", "manager"),
    "devices": ("/devices", "manager"),
    "one device": ("/devices?machine=kiosk-1&part=printer", "manager"),
    "devices, not allowed": ("/devices", "clerk"),
    "dossiers": ("/dossiers", "clerk"),
    "no dossier found": ("/dossiers?search=none", "clerk"),
    "dossier": ("/dossiers/4", "clerk"),
    "appointments": ("/appointments", "clerk"),
    "slip": ("/appointments/1", "clerk"),
    "dossier on a phone": ("/d/K7mQ2xV9", None),
    "unknown dossier": ("/d/none", None),
}


def serious(page: Page) -> list[str]:
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found if each["impact"] in ("serious", "critical")
    ]


@pytest.fixture(params=["vi", "en"])
def page(request: pytest.FixtureRequest, context: BrowserContext, server: Any) -> Page:
    context.add_cookies([{"name": "lang", "value": request.param, "url": server.base}])
    return context.new_page()


def test_plain_pages(page: Page, context: BrowserContext, sign_in: Any, hall: Any, moments: Any) -> None:
    hall.pictures = {"A-001.png": moments[0]}
    hall.calls = [help_call(), help_call(6, answered_at=moments[1], answered_by="huong")]
    for name, (path, who) in PAGES.items():
        sign_in(who or "nobody")
        page.goto(path)
        assert serious(page) == [], name


def test_the_desk_in_its_states(page: Page, sign_in: Any, hall: Any, ticket: Any, counter: Any) -> None:
    kept = {"parked": (ticket("A-009", "parked", id=9),), "missed": (ticket("A-003", "no-show", id=3),)}
    states = {
        "ready": counter(**kept),
        "called": counter(ticket=ticket(recalls=2, no_show_offered=True, priority="elderly"), **kept),
        "over": counter(ticket=ticket(state="serving", waited_s=2000), **kept),
        "paused": counter(state="paused", pause_reason="Nghỉ trưa", **kept),
        "closed": counter(state="closed", mine=False, holder=None),
        "taken": counter(mine=False, holder="Lê Hoàng Nam"),
    }
    sign_in("clerk")
    for name, view in states.items():
        hall.view = view
        page.goto("/console/3")
        assert serious(page) == [], name


def test_the_desks_questions_and_dialogs(page: Page, sign_in: Any, hall: Any, ticket: Any, counter: Any) -> None:
    hall.view = counter(ticket=ticket())
    sign_in("clerk")
    page.goto("/console/3")
    page.keyboard.press("n")
    assert serious(page) == [], "ask"
    page.keyboard.press("Escape")
    for key in ("p", "t", "u", "x", "b", "c", "?"):
        # A desk that has lost its server for a moment takes no keys; a busy machine can bring that about.
        page.wait_for_selector("body:not(.is-away)")
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        assert serious(page) == [], key
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog[open]", state="detached")


def test_the_phone_page_in_its_states(page: Page, hall: Any, tracked: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for state in ("waiting", "called", "serving", "parked", "no-show", "cancelled", "finished"):
        hall.tracked = tracked(state)
        page.goto("/t/K7mQ2xV9")
        assert serious(page) == [], state


def test_the_rating_screen(page: Page, sign_in: Any, hall: Any) -> None:
    sign_in("screen")
    page.goto("/rate/3")
    assert serious(page) == []
    hall.rated = hall.rated.model_copy(update={"ticket_id": 114, "number": "A-014"})
    page.goto("/rate/3")
    assert serious(page) == []


def test_the_devices_page_when_all_is_well_and_when_nothing_has_reported(
    page: Page, sign_in: Any, hall: Any, devices: Any
) -> None:
    sign_in("manager")
    for shown in (devices().devices[-2:], ()):
        hall.devices = devices(shown)
        page.goto("/devices")
        assert serious(page) == [], shown
