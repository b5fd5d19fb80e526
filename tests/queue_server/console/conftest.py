"""A scripted hall, its server and a browser for every test of the pages that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from queue_server.console.pages import RefusedError
from tests.chromium import AS_ON_A_SCREEN, CHROMIUM
from tests.queue_server.console.scripted_hall import COOKIE, ScriptedHall, Server
from tests.queue_server.console.views import counter, devices, now, overview, queue, ticket, tracked


@pytest.fixture
def hall() -> ScriptedHall:
    return ScriptedHall()


@pytest.fixture
def server(hall: ScriptedHall) -> Iterator[Server]:
    running = Server(hall)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module's tests; not longer, for Playwright keeps an event loop running in its thread."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[AS_ON_A_SCREEN, "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 720}, base_url=server.base)
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def sign_in(context: BrowserContext, server: Server) -> Any:
    def give(who: str) -> None:
        context.add_cookies([{"name": COOKIE, "value": who, "url": server.base}])

    return give


@pytest.fixture
def desk(context: BrowserContext, sign_in: Any) -> Iterator[Page]:
    """The clerk's desk, open in a browser; an error in a script of ours fails the test."""
    sign_in("clerk")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/console/3")
    yield page
    assert errors == []


given_ticket = pytest.fixture(name="ticket")(lambda: ticket)
given_counter = pytest.fixture(name="counter")(lambda: counter)
given_queue = pytest.fixture(name="queue")(lambda: queue)
given_overview = pytest.fixture(name="overview")(lambda: overview)
given_devices = pytest.fixture(name="devices")(lambda: devices)
given_tracked = pytest.fixture(name="tracked")(lambda: tracked)
given_refusal = pytest.fixture(name="refused")(lambda: RefusedError)


@pytest.fixture
def moments() -> tuple[datetime, datetime]:
    """An earlier and a later moment."""
    return now() - timedelta(minutes=5), now()
