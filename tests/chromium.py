"""Which browser the tests drive: Chromium's engine without its window, for a third of the work of the whole browser."""

from playwright.sync_api import expect

CHROMIUM = "/usr/bin/chromium-headless-shell"
AS_ON_A_SCREEN = "--font-render-hinting=none"
"""Letters as wide as the whole browser draws them; without it each is rounded to whole pixels."""

# Beside other tests a page may be slow; none of them tells how fast it is.
expect.set_options(timeout=20_000)
