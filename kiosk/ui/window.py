"""Kivy, told before its first import what a kiosk is: no arguments, no home directory, no red dots, no escape key."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.events import Event, Resized, Tick
from kiosk.flow import step
from kiosk.lanes import Hands
from kiosk.settings import Settings
from kiosk.speech import heard
from kiosk.state import State
from kiosk.ui.screen_size import screen_size
from kiosk.vault import Vault

TICK_S = 0.25
WINDOW_CLASS = "motcua-kiosk"


class NoDisplayError(Exception):
    """There is no screen to draw on."""


def prepare(settings: Settings, home: Path) -> None:
    """Set Kivy up; must come before Kivy is imported. `home`: a directory for what it writes."""
    os.environ.update(
        KIVY_NO_ARGS="1",
        KIVY_WINDOW="sdl2",
        KIVY_NO_CONFIG="1",
        KIVY_NO_FILELOG="1",
        KIVY_LOG_MODE="PYTHON",
        KIVY_HOME=str(home),
        SDL_VIDEO_X11_WMCLASS=WINDOW_CLASS,
    )
    # Left to itself SDL would fall back to a screen that nobody can see.
    os.environ.setdefault("SDL_VIDEODRIVER", "x11,wayland,kmsdrm")
    from kivy.config import Config

    width, height = (screen_size() if settings.fullscreen else None) or settings.size
    for section, option, value in (
        ("graphics", "width", width),
        ("graphics", "height", height),
        ("graphics", "resizable", 1),
        ("graphics", "fullscreen", "auto" if settings.fullscreen else 0),
        ("graphics", "borderless", int(settings.fullscreen)),
        ("graphics", "show_cursor", int(not settings.fullscreen)),
        ("graphics", "position", "custom" if settings.fullscreen else "auto"),
        ("graphics", "left", 0),
        ("graphics", "top", 0),
        ("graphics", "maxfps", 30),
        # All shapes are smoothed as they are drawn.
        ("graphics", "multisamples", 0),
        ("kivy", "exit_on_escape", 0),
        ("kivy", "pause_on_minimize", 0),
        ("kivy", "log_level", "warning"),
    ):
        Config.set(section, option, value)
    # Kivy is talkative at start; its warnings are enough.
    logging.getLogger("kivy").setLevel(logging.WARNING)
    # The window's pointer carries touches too; a second source would make two of each.
    for option in dict(Config.items("input")):
        Config.remove_option("input", option)
    Config.set("input", "mouse", "mouse,disable_multitouch")


def run(settings: Settings) -> None:
    """Show the kiosk until it is told to stop (SIGTERM, SIGINT, or its window closed). Raises NoDisplayError."""
    home = Path(tempfile.mkdtemp(prefix="motcua-kiosk-"))
    try:
        prepare(settings, home)
        _open(settings)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _open(settings: Settings) -> None:
    from kivy.core.window import Window

    if Window is None:
        raise NoDisplayError
    from kivy.base import runTouchApp, stopTouchApp
    from kivy.clock import Clock

    from kiosk.ui.keys import listen
    from kiosk.ui.layout import write_layout
    from kiosk.ui.surface import Surface

    file = settings.layout_file
    # The lanes' threads may speak only to the UI thread's clock.
    vault = Vault()
    hands = Hands(settings, lambda event: Clock.schedule_once(lambda _: loop.feed(event)), vault)
    loop = Loop(State(language=settings.language, house_language=settings.language), hands.run)
    surface = Surface(loop.feed, (lambda state, painter: write_layout(file, state, painter)) if file else None, vault)
    loop.show = surface.show
    Window.clearcolor = (0.98, 0.965, 0.937, 1)
    Window.set_title("Một cửa")
    Window.add_widget(surface)
    listen(Window, surface)
    _keep_keys_out(Window, settings)

    def resized(*_: Any) -> None:
        loop.feed(Resized(landscape=Window.width > Window.height))

    Window.bind(size=resized)
    resized()
    Clock.schedule_interval(lambda _: loop.feed(Tick(Clock.get_boottime())), TICK_S)
    loop.feed(Tick(Clock.get_boottime()))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopTouchApp())
    try:
        runTouchApp()
    finally:
        hands.stop()


def _keep_keys_out(window: Any, settings: Settings) -> None:
    """A citizen's keyboard, if one is plugged in, closes nothing."""
    if settings.fullscreen:
        window.bind(on_keyboard=lambda *_: True)
        window.bind(on_request_close=lambda *_, **__: True)


class Loop:
    """The state's owner: feeds events to the flow, effects to the hands, the state to the screen."""

    def __init__(self, state: State, perform: Callable[[Any], None]) -> None:
        self.state = state
        self.show: Callable[[State], None] = lambda _: None
        self._perform = perform

    def feed(self, event: Event) -> None:
        """Only from the UI's thread."""
        before = self.state
        self.state, effects = step(before, event)
        for effect in (*effects, *heard(before, self.state, event)):
            self._perform(effect)
        self.show(self.state)
