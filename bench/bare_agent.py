"""The least that a device agent could be: the agent's own modules in memory, a thread that wakes once a second for each
of its devices and does nothing, and the board fetched every four seconds."""

from __future__ import annotations

import http.client
import sys
import threading
import time
from importlib import import_module
from urllib.parse import urlsplit

from queue_server.contract import API

from .child import say

MODULES = (
    "hardware.agent.crew",
    "hardware.agent.main",
    "hardware.displays.serial_displays",
    "hardware.displays.ascii",
    "hardware.keypads.serial_keypads",
    "hardware.keypads.ascii",
    "hardware.speakers.pcm",
    "hardware.voices.espeak",
    "hardware.scanners.line",
)
DEVICES = 10
WAKE_S = 1.0
POLL_S = 4.0


def main() -> None:
    """Wait for ever."""
    for name in MODULES:
        import_module(name)
    at = urlsplit(sys.argv[1])
    never = threading.Event()
    for _ in range(DEVICES):
        threading.Thread(target=_wake, args=(never,), daemon=True).start()
    connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=POLL_S)
    say({"ready": True})
    while True:
        connection.request("GET", f"{API}/board")
        connection.getresponse().read()
        time.sleep(POLL_S)


def _wake(never: threading.Event) -> None:
    while True:
        never.wait(WAKE_S)


if __name__ == "__main__":
    main()
