"""The devices of eight counters at the other end of real wires, in a process of their own: it presses keys, and notes
when the number comes to the display and the first sample to the loudspeaker.

It also does the least that could do the same: the press and the board over one open connection, then the same bytes
down a wire.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import pty
import select
import sys
import threading
import time
import tty
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hardware.displays.fake_device import FakeDisplayUnits
from hardware.keypads.fake_device import FakeKeypadUnits
from hardware.keypads.protocol import Key
from queue_server.contract import API

from .child import Ask, say, serve

COUNTERS = range(1, 9)
WAIT_S = 15.0
QUIET_S = 1.0
"""The call before is over when nothing has been heard for so long."""


class Desk:
    """Two lines and a pipe in `folder`, served by one thread that waits for bytes and does nothing else."""

    def __init__(self, folder: Path) -> None:
        self.displays = FakeDisplayUnits("ascii", COUNTERS, digits=6)
        self.keypads = FakeKeypadUnits("ascii", COUNTERS)
        self.sounded = threading.Event()
        self.sound_at = self.heard_at = 0.0
        self.places = {name: str(folder / name) for name in ("displays", "keypads", "scanner", "sound")}
        self._lines = {name: self._line(self.places[name]) for name in ("displays", "keypads", "scanner")}
        os.mkfifo(self.places["sound"])
        # Open for writing as well: a pipe whose last writer has gone would be at its end.
        self._sound = os.open(self.places["sound"], os.O_RDWR | os.O_NONBLOCK)
        self.keypads.send = lambda data: void(os.write(self._lines["keypads"], data))
        threading.Thread(target=self._serve, daemon=True).start()

    def press(self, counter: int) -> Ask:
        """The key Next; seconds from its bytes to the display's and to the first sample."""
        before = self.displays.text(counter)
        while (silent_s := time.perf_counter() - self.heard_at) < QUIET_S:
            time.sleep(QUIET_S - silent_s)
        self.sounded.clear()
        began = time.perf_counter()
        self.keypads.press(counter, Key.NEXT)
        with self.displays.changed:
            shown = self.displays.changed.wait_for(lambda: self.displays.text(counter) not in {before, ""}, WAIT_S)
            shown_at = time.perf_counter()
        if not shown or not self.sounded.wait(WAIT_S):
            return {
                "error": f"counter {counter}: {self.displays.text(counter)!r} after {before!r}, {self.keypads.units}"
            }
        return {"display_s": shown_at - began, "sound_s": self.sound_at - began}

    def bare(self, url: str, token: str, counter: int) -> Ask:
        """The same without an agent: press and board by HTTP, then as many bytes down a wire and a pipe."""
        if not hasattr(self, "_http"):
            at = urlsplit(url)
            self._http = http.client.HTTPConnection(at.hostname or "", at.port, timeout=WAIT_S)
            ours, theirs = pty.openpty()
            tty.setraw(theirs)
            self._wire, self._pipe = (ours, theirs), os.pipe()
        # The server closes a connection that was not used for five seconds; this one is new, and open.
        self._http.close()
        self._http.connect()
        began = time.perf_counter()
        key = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
        self._ask("POST", f"{API}/counters/{counter}/press", token, json.dumps({"key": "next"}), key)
        said = self._ask("GET", f"{API}/board", token, None, {})
        number = next(each["number"] for each in said["counters"] if each["id"] == counter)
        os.write(self._wire[1], f"$D,{counter:02},{number},B*00\r\n".encode())
        os.read(self._wire[0], 100)
        shown_at = time.perf_counter()
        os.write(self._pipe[1], b"\0" * 4096)
        os.read(self._pipe[0], 4096)
        return {"display_s": shown_at - began, "sound_s": time.perf_counter() - began}

    def _ask(self, method: str, path: str, token: str, body: str | None, headers: dict[str, str]) -> Any:
        self._http.request(method, path, body, {**headers, "Authorization": f"Bearer {token}"})
        return json.load(self._http.getresponse())

    def _line(self, place: str) -> int:
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        os.symlink(os.ttyname(theirs), place)
        return ours

    def _serve(self) -> None:
        answers = {self._lines["displays"]: self.displays.feed, self._lines["keypads"]: self.keypads.feed}
        while True:
            ready, _, _ = select.select((*self._lines.values(), self._sound), (), ())
            now = time.perf_counter()
            for each in ready:
                with contextlib.suppress(OSError):
                    data = os.read(each, 65536)
                    if each == self._sound:
                        self.heard_at = now
                        if not self.sounded.is_set():
                            self.sound_at = now
                            self.sounded.set()
                    elif each in answers and (reply := answers[each](data)):
                        os.write(each, reply)


def void(_: object) -> None:
    """A write's length does not matter here."""


def main() -> None:
    """Say where the devices are, then press whenever asked."""
    desk = Desk(Path(sys.argv[1]))

    def asked(do: str, **request: Any) -> Ask:
        if do == "ready":
            return {"texts": [unit.text.strip() for unit in desk.keypads.units.values()]}
        return desk.press(**request) if do == "press" else desk.bare(**request)

    say({"places": desk.places})
    serve(asked)


if __name__ == "__main__":
    main()
