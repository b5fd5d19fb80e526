"""A child process with the kiosk's flow and its drawing surface, through which one citizen after the other goes.

It draws without a display, into a real context of OpenGL. Each citizen types another name, so that what is kept of any
of them would add up.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import tempfile
from pathlib import Path

import psutil

from kiosk import events as on
from kiosk.state import Screen
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from tests.kiosk.walking import Walk

SIZE = (540, 960)
PROCEDURE = "1.001193"
LETTERS = "abcdeghiklmnopqrstuvxy"


def main() -> None:
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.settings import Settings
    from kiosk.ui.window import prepare

    with tempfile.TemporaryDirectory() as home:
        prepare(Settings("http://127.0.0.1:1", "t", ("fake://",), size=(320, 320)), Path(home))
        from kivy.config import Config

        Config.set("graphics", "maxfps", 0)
        from kivy.clock import Clock
        from kivy.core.window import Window

        from kiosk.ui.surface import Surface
        from kiosk.vault import Vault

        vault, walk, chance = Vault(), Walk(), random.Random(20261123)
        surface = Surface(lambda _event: None, vault=vault, size=SIZE)
        Window.add_widget(surface)

        def shown(*events: on.Event) -> None:
            for event in events:
                walk.did(event)
                if any(isinstance(effect, ask.Wipe) for effect in walk.took(ask.Wipe)):
                    vault.wipe()
                    walk.effects.clear()
                surface.show(walk.state)
                Clock.tick()
                Window.canvas.ask_update()
                Window.dispatch("on_draw")

        for line in sys.stdin:
            for _ in range(json.loads(line)["sessions"]):
                shown(on.Start(), on.ChooseLanguage(walk.state.house_language), visit.FindProcedure())
                shown(visit.StartSearch(), *(visit.TypeKey(key) for key in "khai"))
                shown(visit.ChooseProcedure(PROCEDURE), visit.FillIn(), visit.Agree())
                name = "".join(chance.choices(LETTERS, k=6))
                shown(*(visit.TypeKey(key) for key in name), visit.Done())
                picture = vault.put(chance.randbytes(200_000))
                shown(visit.PaperSeen(picture, visit.Advice.GOOD), on.Home(), on.Home())
                assert walk.state.screen is Screen.ATTRACT, walk.state.screen
            gc.collect()
            held = psutil.Process().memory_full_info()
            print(json.dumps({"resident": held.rss, "proportional": held.pss}), flush=True)


if __name__ == "__main__":
    main()
