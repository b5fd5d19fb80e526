"""A child process with the kiosk's flow and its drawing surface, through which one citizen after the other goes.

It draws without a display, into a real context of OpenGL, and runs as the kiosk does: what is given back is
overwritten, each picture is finished before the next, and who leaves is swept out. Each citizen types another name and
shows another picture, so that what is kept of any of them would add up. `used` is what the C library has given out and
not got back: the program's own memory, and a software renderer's, without the libraries' code and free room between.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from hardware.papers.advice import Advice
from kiosk import events as on
from kiosk.scrubbing import overwriting, sweep
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from tests.kiosk.walking import Walk

SIZE = (270, 480)
"""Small, so that a thousand citizens take minutes: what is kept is counted, not how large it is."""
PROCEDURE = "1.001193"
LETTERS = "abcdeghiklmnopqrstuvxy"
PICTURE = (480, 640)


class Heap(ctypes.Structure):
    """glibc's `struct mallinfo2`, in bytes."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "used", "free", "keepcost")
    )


class Visitors:
    """Citizens who search, agree, type a name, photograph a paper and leave; one picture for each of their steps."""

    def __init__(self, draw: Callable[[Walk], None], vault: Any) -> None:
        self._draw, self._vault = draw, vault
        self._walk, self._chance = Walk(camera=True), random.Random(20261123)

    def come(self) -> None:
        walk = self._walk
        self._did(on.Start(), on.ChooseLanguage(walk.state.house_language))
        self._did(visit.FindProcedure())
        self._did(visit.StartSearch(), *(visit.TypeKey(key) for key in "khai"))
        self._did(visit.ChooseProcedure(PROCEDURE))
        self._did(visit.FillIn(), visit.Agree())
        self._did(*(visit.TypeKey(key) for key in self._chance.choices(LETTERS, k=6)))
        self._did(visit.Done())
        self._did(visit.PaperSeen(self._vault.put(self._photograph()), Advice.GOOD), on.Home())
        self._did(on.Home())
        assert walk.state.screen is Screen.ATTRACT, walk.state.screen

    def _did(self, *events: on.Event) -> None:
        self._walk.did(*events)
        if self._walk.took(ask.Wipe):
            self._vault.wipe()
        self._walk.effects.clear()
        self._draw(self._walk)

    def _photograph(self) -> bytes:
        from PIL import Image

        made = io.BytesIO()
        Image.frombytes("L", PICTURE, self._chance.randbytes(PICTURE[0] * PICTURE[1])).save(made, "JPEG")
        return made.getvalue()


def main() -> None:
    overwriting()
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.settings import Settings
    from kiosk.ui.window import prepare

    with tempfile.TemporaryDirectory() as home:
        prepare(Settings("http://127.0.0.1:1", "t", ("fake://",), size=SIZE), Path(home))
        from kivy.clock import Clock
        from kivy.core.window import Window
        from kivy.graphics.opengl import glFinish

        from kiosk.ui.surface import Surface
        from kiosk.vault import Vault

        vault = Vault()
        surface = Surface(lambda _event: None, vault=vault)
        Window.add_widget(surface)

        def draw(walk: Walk) -> None:
            surface.show(walk.state)
            # What is no longer on the screen is deleted in the clock's next turn, as in the kiosk's own loop.
            Clock.tick()
            Window.canvas.ask_update()
            Window.dispatch("on_draw")
            Window.dispatch("on_flip")
            # A window's driver finishes one picture before the next; without a window it would put off its work, and
            # keep what was deleted until then.
            glFinish()

        visitors = Visitors(draw, vault)
        for line in sys.stdin:
            for _ in range(json.loads(line)["sessions"]):
                visitors.come()
            sweep()
            print(json.dumps({"resident": psutil.Process().memory_info().rss, "used": in_use()}), flush=True)


def in_use() -> int:
    """Bytes that the C library has given out: 0 where it cannot tell."""
    try:
        ask_it = ctypes.CDLL(None).mallinfo2
    except (AttributeError, OSError):
        return 0
    ask_it.restype = Heap
    heap = ask_it()
    return int(heap.used + heap.hblkhd)


if __name__ == "__main__":
    main()
