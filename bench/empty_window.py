"""The reference for a kiosk's start and memory: a Kivy window of its size with nothing in it."""

from __future__ import annotations

import os
import sys
import tempfile


def main(width: int, height: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONFIG="1", KIVY_NO_FILELOG="1", KIVY_HOME=home)
        from kivy.config import Config

        Config.set("graphics", "width", width)
        Config.set("graphics", "height", height)
        from kivy.base import runTouchApp
        from kivy.core.window import Window
        from kivy.uix.widget import Widget

        # Not the screen's own black, so that the first frame can be seen.
        Window.clearcolor = (1, 1, 1, 1)
        runTouchApp(Widget())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
