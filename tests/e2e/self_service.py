"""Every step of a procedure at the real kiosk, as pictures: `python -m tests.e2e.self_service --out DIR`.

Each of the six is filled in and filed by touches, in the language and look asked for; each screen is kept before it is
answered. `--keys`: by a real keyboard alone, without a touch. `--only` names those wanted, else a birth and a
certificate; `--sheet` puts them side by side as well.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from hardware.printers.fake_tcp import FakeTcpPrinter
from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.catalogue.places import load_places
from queue_server.contract import Form
from tests.e2e.album import Album
from tests.e2e.citizen import Citizen
from tests.e2e.kiosk_window import KioskWindow, Layout, kiosk_window
from tests.e2e.six_procedures import PROCEDURES, Procedure
from tests.e2e.virtual_screen import virtual_screen
from tests.hall_server import running_hall

SIZES = {"portrait": (1080, 1920), "landscape": (1280, 800), "wide": (1920, 1080)}
LOOKS = ("large-text", "contrast", "low-reach")
COLUMNS = 8
USUAL = ("birth", "single")


@dataclass
class Watched(Citizen):
    """Keeps a picture of each screen before it is touched."""

    album: Album | None = None
    name: str = ""
    kept: list[str] = field(default_factory=list)
    _last: tuple[object, ...] = ()

    def touch(self, button: str) -> None:
        self._look()
        super().touch(button)

    def _look(self) -> None:
        shown = self.kiosk.layout()
        if shown is not None and self.album is not None:
            self._keep(shown)

    def _keep(self, shown: Layout) -> None:
        place = (shown["screen"], shown["question"] if shown["screen"] == "question" else shown["page"])
        if place != self._last and self.album is not None:
            self._last = place
            told = f"{shown['screen']}-{shown['question']}" if shown["screen"] == "question" else str(shown["screen"])
            self.kept.append(f"{self.name}-{len(self.kept):02d}-{told}")
            self.album.keep(self.kept[-1], self.kiosk.screen.picture())

    def dressed(self, looks: list[str]) -> None:
        """Larger text, contrast, lower controls: whatever of them is asked for."""
        if not looks:
            return
        self.touch("access")
        for look in looks:
            self.touch(look)
        self.touch("access")
        self.kiosk.until("the panel closed", lambda shown: looks[0] not in shown["buttons"])


def walk(citizen: Watched, procedure: Procedure, form: Form, language: str, looks: list[str]) -> None:
    """From the start to the receipt, and away."""
    citizen.kiosk.until_screen("attract")
    citizen.go("start", "language")
    citizen.go(f"language:{language}", "way")
    citizen.dressed(looks)
    citizen.found(procedure.event, procedure.code)
    citizen.agreed()
    citizen.fill(form)
    citizen.touch("key:done")
    citizen.papers_brought()
    citizen.read()
    citizen.filed()
    citizen.touch("home")


def sheet(album: Album, names: list[str], file: Path) -> None:
    """The pictures side by side, a third of their size."""
    pictures = [Image.open(album.folder / f"{name}.png") for name in names]
    wide, high = pictures[0].width // 3, pictures[0].height // 3
    rows = -(-len(pictures) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * wide, rows * high), "white")
    for place, picture in enumerate(pictures):
        corner = (place % COLUMNS * wide, place // COLUMNS * high)
        whole.paste(picture.resize((wide, high), Image.Resampling.LANCZOS), corner)
    whole.save(file)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", choices=PROCEDURES, action="append")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    parser.add_argument("--look", choices=LOOKS, action="append", default=[])
    parser.add_argument("--turned", choices=SIZES, default="portrait")
    parser.add_argument("--keys", action="store_true")
    parser.add_argument("--sheet", action="store_true")
    given = parser.parse_args()
    os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_CONFIG="1", KIVY_NO_FILELOG="1")  # the arguments are not Kivy's
    from tests.e2e.typist import KeyedWindow, Typist  # who watches with a keyboard is a kind of who watches

    given.out.mkdir(parents=True, exist_ok=True)
    album, catalogue, places = Album(given.out), load_catalogue(), load_places()
    names = {one.code: (one.name, "") for one in places.provinces}
    names |= {each.code: (one.name, each.name) for one in places.provinces for each in one.communes}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as parts:
        here = Path(folder)
        hall = parts.enter_context(running_hall(here, demo=True))
        printer = parts.enter_context(FakeTcpPrinter())
        screen = parts.enter_context(virtual_screen(SIZES[given.turned], here / "xvfb.log"))
        token, more = hall.token("kiosk", "kiosk-1"), ("--spool", f"{here}/spool", "--state", f"{here}/state")
        window: KioskWindow = parts.enter_context(
            kiosk_window(screen, here, server=hall.url, token=token, printer=printer.url, more=more)
        )
        for name in given.only or USUAL:
            procedure = PROCEDURES[name]
            form = catalogue.form(*procedure.form)
            assert form is not None
            told = f"{name}-{given.language}"
            if given.keys:
                citizen: Watched = Typist(KeyedWindow.of(window), procedure.answers, names, album=album, name=told)
            else:
                citizen = Watched(window, procedure.answers, names, album=album, name=told)
            walk(citizen, procedure, form, given.language, given.look)
            if given.sheet:
                sheet(album, citizen.kept, given.out / f"sheet-{name}-{given.language}.png")


if __name__ == "__main__":
    main()
