"""The real kiosk in a real window, used as a citizen uses it: by touching what stands on the screen."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.virtual_screen import VirtualScreen, end, guarded
from tests.hall_server import MOTCUA

PATIENCE_S = 120.0
LOOK_S = 0.02
Layout = dict[str, Any]


class KioskFailedError(Exception):
    """The kiosk did not do what was expected; the text says what it showed instead."""


@dataclass
class KioskWindow:
    """One kiosk process. Its layout file says what is shown and where the buttons are."""

    screen: VirtualScreen
    process: subprocess.Popen[bytes]
    layout_file: Path
    log: Path
    corner: tuple[int, int] = field(default=(0, 0), init=False)

    def layout(self) -> Layout | None:
        """What the kiosk says it shows; None before its first picture."""
        try:
            shown: Layout = json.loads(self.layout_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return shown

    def until(self, what: str, true_of: Callable[[Layout], bool]) -> Layout:
        """The layout once it is so. Raises KioskFailedError, naming `what` was waited for."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            shown = self.layout()
            if shown is not None and true_of(shown):
                return shown
            if self.process.poll() is not None:
                raise KioskFailedError(f"the kiosk ended while it was to show {what}: {self.last_lines()}")
            if time.monotonic() > deadline:
                seen = shown and {name: shown[name] for name in ("screen", "printing", "number", "buttons")}
                raise KioskFailedError(f"the kiosk did not show {what} but {seen}: {self.last_lines()}")
            time.sleep(LOOK_S)

    def until_screen(self, screen: str) -> Layout:
        return self.until(f"the screen {screen}", lambda shown: shown["screen"] == screen)

    def touch(self, button: str) -> None:
        """Touch the middle of a button, once it is there."""
        shown = self.until(f"the button {button}", lambda shown: button in shown["buttons"])
        place = shown["buttons"][button]
        self.screen.touch(self.corner[0] + place["x"], self.corner[1] + place["y"])

    def find(self, button: str) -> None:
        """Turn the pages of a list until `button` is on the screen."""
        shown = self.layout()
        while shown is not None and button not in shown["buttons"]:
            page = shown["page"]
            self.touch("next-page")
            shown = self.until("the next page", lambda shown, page=page: shown["page"] != page)  # type: ignore[misc]

    def start(self, language: str = "vi", *, large: bool = False) -> None:
        """From the start to the list of groups."""
        self.until_screen("attract")
        self.touch("start")
        self.until_screen("language")
        self.touch(f"language:{language}")
        self.take_number()
        self.until("the groups", lambda shown: shown["screen"] == "group" and shown["language"] == language)
        if large:
            self.touch("access")
            self.touch("large-text")
            self.until("large text", lambda shown: shown["large_text"])
            self.touch("access")
            self.until("the panel closed", lambda shown: "large-text" not in shown["buttons"])

    def take_number(self) -> None:
        """Past the ways to go on, which are offered as soon as the hall's catalogue has arrived."""
        shown = self.until("the ways or the groups", lambda shown: shown["screen"] in ("way", "group"))
        if shown["screen"] == "way":
            self.touch("way:number")

    def choose(self, group: str, service: str, priority: str = "none") -> None:
        """From the list of groups to the question whether all is right."""
        self.touch(f"group:{group}")
        self.until_screen("service")
        self.find(f"service:{service}")
        self.touch(f"service:{service}")
        self.until_screen("priority")
        self.find(f"priority:{priority}")
        self.touch(f"priority:{priority}")
        self.until_screen("confirm")

    def confirm(self) -> str:
        """Take the number; it is returned as the screen shows it, whether or not it comes out on paper."""
        self.touch("confirm")
        settled = ("done", "failed")
        shown = self.until(
            "a ticket", lambda shown: shown["screen"] == "ticket" and shown["number"] and shown["printing"] in settled
        )
        return str(shown["number"])

    def leave(self) -> None:
        """Back to the start, for the next citizen."""
        self.touch("home")
        self.until_screen("attract")

    def last_lines(self, count: int = 15) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])

    def _find_window(self) -> None:
        """Where the window is: without a window manager it stays where it opened."""
        window = self.screen.xdotool("search", "--sync", "--onlyvisible", "--class", "motcua-kiosk").split()[0]
        found = self.screen.xdotool("getwindowgeometry", "--shell", window)
        place = dict(line.split("=", 1) for line in found.splitlines())
        self.corner = (int(place["X"]), int(place["Y"]))


@contextmanager
def kiosk_window(
    screen: VirtualScreen,
    folder: Path,
    *,
    server: str,
    token: str,
    printer: str,
    device: str = "kiosk",
    more: tuple[str, ...] = (),
) -> Iterator[KioskWindow]:
    """A kiosk that fills `screen`, stopped at the end. `folder`: for its token, layout and log; `more`: options."""
    secret, layout, log = folder / "kiosk.token", folder / "layout.json", folder / "kiosk.log"
    secret.touch(mode=0o600)
    secret.write_text(token, encoding="utf-8")
    layout.unlink(missing_ok=True)
    width, height = screen.size
    command = [MOTCUA, "kiosk", "--server", server, "--token-file", str(secret), "--printer", printer]
    command += ["--device", device, "--size", f"{width}x{height}", "--layout-file", str(layout), *more]
    with log.open("ab") as said:
        process = subprocess.Popen(
            guarded(command),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=screen.environment(),
            start_new_session=True,  # Ctrl-C is for us: we end it in its turn
        )
    try:
        window = KioskWindow(screen, process, layout, log)
        window.until("its first picture", lambda shown: True)
        window._find_window()
        yield window
    finally:
        end(process)
