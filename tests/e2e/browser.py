"""Real Chromium for the hall's pages: the clerk's desk, the public board, the citizen's phone, the rating screen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.chromium import AS_ON_A_SCREEN, CHROMIUM

ARGUMENTS = (
    AS_ON_A_SCREEN,
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE_S = 120.0
LOOK_S = 0.1


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, closed at the end; not longer than needed, for Playwright keeps an event loop in its thread."""
    with sync_playwright() as playwright:
        # Ctrl-C is for us: whoever started the browser closes it.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS), handle_sigint=False)
        try:
            yield browser
        finally:
            with suppress(PlaywrightError):
                browser.close()


def new_page(browser: Browser, width: int, height: int, **context: Any) -> Page:
    """A page of its own person: no cookie is shared. In Vietnamese, as the hall's machines are."""
    given = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", **context}
    page = browser.new_context(viewport={"width": width, "height": height}, **given).new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    return page


def signed_in(browser: Browser, server: str, name: str, password: str, path: str) -> Page:
    """A page at `path`, reached through the sign-in."""
    page = new_page(browser, 1280, 720)
    page.goto(f"{server}/login?next={path}")
    page.fill("#username", name)
    page.fill("#password", password)
    page.click("#enter")
    # Loaded, not only shown: a button pressed before its script runs does nothing.
    page.wait_for_url(f"**{path}")
    return page


class Desk:
    """A clerk at a counter, by keys and by clicks."""

    def __init__(self, browser: Browser, server: str, name: str, password: str, counter: int) -> None:
        """Sign in, choose the counter and open it."""
        self.counter = counter
        self.page = signed_in(browser, server, name, password, "/console")
        self.page.click(f"a[href='/console/{counter}']")
        self.page.wait_for_url(f"**/console/{counter}")
        self.page.click("button.next[data-act=open]")
        self.page.locator("#desk[data-state=open][data-mine='1']").wait_for()

    def key(self, key: str, code: str) -> None:
        """Press a key once what it does is allowed. `code`: its place on the keyboard, as KeyN."""
        self.page.locator(f"[data-key='{code}']:not([disabled])").first.wait_for()
        self.page.keyboard.press(key)

    def click(self, action: str) -> None:
        self.page.click(f"#act-{action}:not([disabled])")

    def has(self, number: str, state: str) -> None:
        """Wait until this ticket is at the counter, in this state."""
        self.page.locator(f"#desk[data-number='{number}'][data-ticket-state='{state}']").wait_for()

    def is_free(self) -> None:
        self.page.locator("#desk[data-ticket='']").wait_for()

    def parked(self, number: str, why: str) -> None:
        """Wait until this ticket stands among the parked ones, with the reason given."""
        self.page.locator(".kept.parked li", has_text=number).filter(has_text=why).wait_for()

    def dialog(self, key: str, code: str, name: str) -> Locator:
        """Open a dialog by its key."""
        self.key(key, code)
        dialog = self.page.locator(f"#dialog-{name}[open]")
        dialog.wait_for()
        return dialog


class Board:
    """The public board, with a witness of its own at the loudspeaker.

    `heard` tells of each sound that was played to its very end how long it was and where it ended, in seconds.
    """

    _WITNESS = """
      window.__heard = [];
      const known = new WeakSet();
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () {
        // Capturing, so as to be told before the page, which goes on to the next sound at once.
        const heard = () => window.__heard.push({ duration: this.duration, at: this.currentTime });
        if (!known.has(this)) this.addEventListener("ended", heard, { capture: true });
        known.add(this);
        return play.call(this);
      };
    """

    def __init__(self, browser: Browser, server: str, width: int = 1920, height: int = 1080) -> None:
        """Open the board and wait until it is live and may make sound: what was called before it, it does not speak."""
        self.page = new_page(browser, width, height)
        self.page.add_init_script(self._WITNESS)
        self.page.goto(f"{server}/board/")
        self.page.locator("body[data-connection=live][data-sound=on]").wait_for()

    def shows(self, number: str, counter: int) -> None:
        """Wait until the newest call on the board is this one."""
        self.page.locator(f"#hero[data-number='{number}'][data-counter='{counter}']").wait_for()

    @property
    def spoken(self) -> list[dict[str, Any]]:
        """The calls done with, oldest first; see display_board/static/board.js."""
        said: list[dict[str, Any]] = self.page.evaluate("() => window.__board.spoken")
        return said

    @property
    def heard(self) -> list[dict[str, float]]:
        found: list[dict[str, float]] = self.page.evaluate("() => window.__heard")
        return found

    def has_spoken(self, count: int) -> list[dict[str, Any]]:
        """The calls, once `count` of them have been spoken to the end. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE_S * 2
        while len(said := self.spoken) < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f"the board has spoken {len(said)} of {count} calls")
            # Not time.sleep: Playwright works only while it is asked to.
            self.page.wait_for_timeout(LOOK_S * 1000)
        return said


class Phone:
    """The page that a ticket's QR code opens, on a phone."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page = new_page(browser, 390, 844, device_scale_factor=2, is_mobile=True, has_touch=True)
        self.page.goto(address)

    def shows(self, state: str) -> None:
        self.page.locator(f"#slip[data-state='{state}']").wait_for()

    @property
    def lines_of_number(self) -> int:
        """On how many lines the number stands."""
        high = self.page.locator(".slip-number").evaluate(
            "one => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight)"
        )
        return round(float(high))

    def rate(self, level: str) -> None:
        self.page.tap(f"[data-score='{level}']")
        self.page.locator(".slip-rated").wait_for()


class RatingScreen:
    """The screen at a counter that asks the person just served; it shows the server its own token once."""

    def __init__(self, browser: Browser, server: str, counter: int, token: str) -> None:
        self.page = new_page(browser, 1024, 600, has_touch=True)
        self.page.goto(f"{server}/device?next=/rate/{counter}")
        self.page.fill("#token", token)
        self.page.click("#device button.primary")
        self.page.wait_for_url(f"**/rate/{counter}")

    def asks(self, number: str) -> None:
        self.page.locator("#ask .rate-number", has_text=number).wait_for()

    def rate(self, level: str) -> None:
        self.page.tap(f"[data-score='{level}']")
        self.page.locator("#thanks").wait_for()
