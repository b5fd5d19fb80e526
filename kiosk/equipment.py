"""What this kiosk has and what works now, told as one event however many lanes know a part of it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk.events import Event
from kiosk.visit.events import Equipped


class Equipment:
    """Shared by the lanes; any thread may tell. Posts only changes, and once at the first word."""

    def __init__(self, post: Callable[[Event], None]) -> None:
        self._post = post
        self._told: Equipped | None = None
        self._now = {"scanner": False, "camera": False, "headphones": False, "camera_lost": False}
        self._lock = threading.Lock()

    def tell(
        self,
        *,
        scanner: bool | None = None,
        camera: bool | None = None,
        headphones: bool | None = None,
        camera_lost: bool | None = None,
    ) -> None:
        """None: nothing new of that."""
        with self._lock:
            news = {"scanner": scanner, "camera": camera, "headphones": headphones, "camera_lost": camera_lost}
            self._now |= {name: value for name, value in news.items() if value is not None}
            event = Equipped(**self._now)
            if event != self._told:
                self._told = event
                self._post(event)
