"""Which browser the tests drive: Chromium's engine without its window, for a third of the work of the whole browser."""

CHROMIUM = "/usr/bin/chromium-headless-shell"
AS_ON_A_SCREEN = "--font-render-hinting=none"
"""Letters as wide as the whole browser draws them; without it each is rounded to whole pixels."""
