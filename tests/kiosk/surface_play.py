"""Plays with a surface that draws without a display, and prints what it emitted, one JSON object a scene.

python -m tests.kiosk.surface_play
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kiosk.events import Event
from kiosk.state import Screen, State
from kiosk.vault import Vault
from kiosk.visit.state import Declaration
from queue_server.contract import Language
from tests.kiosk.pictures import MORNING
from tests.kiosk.question_pictures import states

SECRET = "Nguyễn Thị Bí Mật"


@dataclass
class Finger:
    """What Kivy tells of a touch; `x`, `y` in pixels from the bottom left."""

    x: float
    y: float
    uid: int = 1
    is_mouse_scrolling: bool = False


@dataclass
class Play:
    """A surface, and what it has emitted."""

    vault: Vault
    events: list[Event] = field(default_factory=list)
    surface: Any = None
    at_rest: int = 0
    """Events on the clock before the first picture."""

    def begin(self) -> None:
        from kivy.clock import Clock

        from kiosk.ui.surface import Surface

        self.at_rest = len(Clock.get_events())
        self.surface = Surface(self.events.append, vault=self.vault, size=(1080, 1920))

    def wait(self, holds: Callable[[], bool]) -> None:
        from kivy.clock import Clock

        end = time.monotonic() + 20
        while not holds() and time.monotonic() < end:
            Clock.tick()
            time.sleep(0.01)

    def frame(self) -> None:
        """One turn of the clock, and what the surface has drawn goes to the graphics card."""
        from kivy.clock import Clock
        from kivy.core.window import Window
        from kivy.graphics.opengl import glFinish

        if self.surface.parent is None:
            self.surface.size_hint = (None, None)
            Window.add_widget(self.surface)
        Clock.tick()
        Window.canvas.ask_update()
        Window.dispatch("on_draw")
        glFinish()

    def show(self, state: State) -> None:
        from kivy.clock import Clock

        self.surface.show(state)
        settled = Clock.get_boottime() + 0.35
        self.wait(lambda: Clock.get_boottime() > settled)

    def finger(self, name: str, dx: float = 0.5, dy: float = 0.5, uid: int = 1) -> Finger:
        box = next(one.box for one in self.surface.painter.targets if one.name == name)
        unit = self.surface.painter.unit
        return Finger((box.x + dx * box.w) * unit, 1920 - (box.y + dy * box.h) * unit, uid)

    def said(self) -> list[str]:
        """The names and insides of what was emitted, but for the touches themselves."""
        told = [repr_of(event) for event in self.events if type(event).__name__ != "Touched"]
        self.events.clear()
        return told


def repr_of(event: Event) -> str:
    inside = [str(getattr(event, name)) for name in getattr(event, "__slots__", ())]
    return " ".join((type(event).__name__, *inside))


def main() -> int:
    os.environ["SDL_VIDEODRIVER"] = "offscreen"
    from kiosk.settings import Settings
    from kiosk.ui.window import prepare

    with tempfile.TemporaryDirectory() as home:
        prepare(Settings("http://127.0.0.1:1", "t", ("fake://",), size=(320, 320)), Path(home))
        import kivy.core.window  # noqa: F401 - makes the GL context

        shown = dict(states(Language.VI, MORNING, landscape=False, large=False))
        vault = Vault()
        play = Play(vault)
        play.begin()
        for scene in (keys, letters, tapping, signature, holding, forgetting, leaving_under_a_finger, visiting):
            print(json.dumps({"scene": scene.__name__, **scene(play, shown)}, ensure_ascii=False))
    return 0


def keys(play: Play, shown: dict[str, State]) -> dict[str, Any]:
    from kiosk.ui.focus import Move
    from kiosk.ui.keys import Press

    play.show(shown["question-yes-no-picked"])
    play.said()
    play.surface.on_move(Move.DOWN)
    begun = play.said()
    play.surface.on_move(Move.UP)
    up = play.said()
    play.surface.on_press(Press.ENTER)
    pressed = play.said()
    play.surface.on_press(Press.ENTER)
    twice = play.said()
    play.surface.show(shown["question-choice-picked"])
    play.surface.on_press(Press.ENTER)
    early = play.said()
    play.show(shown["question-choice-picked"])
    play.surface.on_press(Press.ENTER)
    anew = play.said()
    play.surface.on_press(Press.BACK)
    back = play.said()
    covered = []
    for cover in ({"access": True}, {"leaving": True}):
        play.show(replace(shown["question-choice-picked"], **cover))  # type: ignore[arg-type]
        play.surface.on_press(Press.BACK)
        covered += play.said()
    signing = []
    for name in ("question-signature-empty", "question-signature-later"):
        play.show(shown[name])
        play.surface.on_press(Press.ENTER)
        signing += play.said()
    return {
        "begun": begun,
        "up": up,
        "pressed": pressed,
        "twice": twice,
        "early": early,
        "anew": anew,
        "back": back,
        "covered": covered,
        "signing": signing,
    }


def letters(play: Play, shown: dict[str, State]) -> dict[str, Any]:
    from kiosk.ui.keys import Press

    play.show(shown["question-name"])
    play.said()
    for letter in "aế ":
        play.surface.on_letter(letter)
    play.surface.on_press(Press.ERASE)
    play.surface.on_press(Press.ENTER)
    typed = play.said()
    play.show(shown["question-id"])
    play.surface.on_letter("x")
    play.surface.on_letter("7")
    digits = play.said()
    play.show(shown["question-yes-no"])
    play.surface.on_letter("x")
    nowhere = play.said()
    play.show(shown["question-date"])
    play.surface.on_letter("3")
    date = play.said()
    play.show(shown["question-name"])
    play.surface.on_letter("a")
    play.show(shown["question-signature-empty"])
    play.said()
    play.surface.on_press(Press.ENTER)
    onward = play.said()
    finger = play.finger("back")
    play.surface.on_touch_down(finger)
    play.surface.on_touch_up(finger)
    play.show(shown["question-yes-no"])
    play.said()
    play.surface.on_press(Press.ENTER)
    return {
        "typed": typed,
        "digits": digits,
        "nowhere": nowhere,
        "date": date,
        "onward": onward,
        "touched": play.said(),
    }


def tapping(play: Play, shown: dict[str, State]) -> dict[str, Any]:
    """Twice on the same spot, as unsure fingers do."""
    play.show(shown["question-yes-no"])
    play.said()
    play.surface.show(replace(shown["question-yes-no"], language=Language.EN))
    finger = play.finger("home")
    play.surface.on_touch_down(finger)
    play.surface.on_touch_up(finger)
    return {"second": play.said()}


def signature(play: Play, shown: dict[str, State]) -> dict[str, Any]:
    play.show(shown["question-signature-empty"])
    play.said()
    play.surface.on_touch_down(play.finger("sign", 0.1, 0.5))
    second = play.finger("back", uid=2)
    play.surface.on_touch_down(second)
    for step in range(1, 9):
        play.surface.on_touch_move(play.finger("sign", 0.1 + step / 10, 0.5 - step / 20))
    play.surface.on_touch_up(second)
    play.surface.on_touch_move(play.finger("sign", 3.0, -3.0))
    before = [event for event in play.events if type(event).__name__ == "Stroke"]
    play.surface.on_touch_up(play.finger("sign", 3.0, -3.0))
    strokes = [event for event in play.events if type(event).__name__ == "Stroke"]
    others = [name for name in play.said() if not name.startswith("Stroke")]
    return {"early": len(before), "points": [list(point) for one in strokes for point in one.points], "others": others}  # type: ignore[attr-defined]


def holding(play: Play, shown: dict[str, State]) -> dict[str, Any]:
    play.show(shown["question-date"])
    play.said()
    finger = play.finger("wheel:year:down")
    play.surface.on_touch_down(finger)
    play.wait(lambda: sum(type(event).__name__ == "TurnWheel" for event in play.events) >= 3)
    play.surface.on_touch_up(finger)
    held = play.said()
    finger = play.finger("wheel:year:down")
    play.surface.on_touch_down(finger)
    play.surface.on_touch_up(finger)
    return {"held": held[:3], "tapped": play.said()}


def secrets_left(play: Play) -> list[str]:
    """Where a text of the citizen's can still be found."""
    from kivy.core.text import LabelBase

    gc.collect()
    labels = [one for one in gc.get_objects() if issubclass(type(one), LabelBase)]
    found = [type(one).__name__ for one in labels if SECRET in str(one.text)]
    found += ["written" for one in play.surface.painter.written if SECRET in one.text]
    from kiosk.ui import typesetting

    kept = sum(one.cache_info().currsize for one in (typesetting.texture, typesetting.fitted, typesetting.measured))
    drawn = len(play.surface.painter.written)
    # What is kept is what the new screen needed to be set, not what stood there before.
    return found + ([f"{kept} kept for {drawn}"] if kept > 60 * drawn else [])


def personal(play: Play, shown: dict[str, State]) -> State:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (300, 400), (200, 10, 10)).save(picture, "PNG")
    handle = play.vault.put(picture.getvalue())
    named = shown["question-name"]
    assert named.visit
    play.show(replace(named, visit=replace(named.visit, entry=replace(named.visit.entry, text=SECRET))))
    read = Declaration((handle,))
    return replace(named, screen=Screen.DECLARATION, visit=replace(named.visit, declaration=read))


def texts_set() -> int:
    from kiosk.ui import typesetting

    return typesetting.texture.cache_info().currsize


def forgetting(play: Play, shown: dict[str, State]) -> dict[str, Any]:
    play.show(personal(play, shown))
    photos = len(play.surface._photos)
    before = texts_set()
    play.vault.wipe()
    play.show(replace(shown["question-name"], screen=Screen.ATTRACT, visit=None))
    return {
        "photos": [photos, len(play.surface._photos)],
        "fewer": texts_set() < before,
        "left": secrets_left(play),
    }


def leaving_under_a_finger(play: Play, shown: dict[str, State]) -> dict[str, Any]:
    named = shown["question-name"]
    assert named.visit
    play.show(replace(named, visit=replace(named.visit, entry=replace(named.visit.entry, text=SECRET))))
    finger = play.finger("key:a")
    play.surface.on_touch_down(finger)
    play.said()
    play.surface.show(replace(named, screen=Screen.ATTRACT, visit=None))
    left = secrets_left(play)
    play.surface.on_touch_up(finger)
    return {"left": left, "lifted": play.said()}


VISITS = 2


def visiting(play: Play, shown: dict[str, State]) -> dict[str, Any]:
    """What is there after some visits, and after as many more: of each kind of object, of the graphics card's things,
    in the vault and on the clock."""
    after_visits(play, shown)  # by which all is loaded that a visit needs
    return {"few": after_visits(play, shown), "more": after_visits(play, shown)}


def after_visits(play: Play, shown: dict[str, State]) -> dict[str, int]:
    from kivy.clock import Clock

    for _ in range(VISITS):
        named = shown["question-name"]
        for state in (named, personal(play, shown), replace(named, screen=Screen.FILING)):
            play.surface.show(state)
            play.frame()
        play.vault.wipe()
        play.surface.show(replace(shown["question-name"], screen=Screen.ATTRACT, visit=None))
        play.frame()
    # Until the sweep after the last one is over.
    resting = play.at_rest
    play.wait(lambda: len(Clock.get_events()) <= resting)
    return counted(play)


def counted(play: Play) -> dict[str, int]:
    from kivy.clock import Clock
    from kivy.graphics import opengl

    for _ in range(3):  # what is freed in one turn of the clock is deleted in the next
        gc.collect()
        play.frame()
    events = len(Clock.get_events())
    kinds = Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())
    # Names are given out in order, so that all that are in use lie below a new one.
    textures = sum(opengl.glIsTexture(name) for name in range(1, opengl.glGenTextures(1)[0]))
    buffers = sum(opengl.glIsBuffer(name) for name in range(1, opengl.glGenBuffers(1)[0]))
    return {**kinds, "textures": textures, "buffers": buffers, "pictures": len(play.vault), "clock": events}


if __name__ == "__main__":
    sys.exit(main())
