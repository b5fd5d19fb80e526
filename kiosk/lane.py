"""A thread beside the screen that does one thing after the other, so that nothing blocks a touch."""

from __future__ import annotations

import logging
import queue
import threading
import traceback
from collections.abc import Callable

from kiosk.effects import Effect
from kiosk.events import Event

LOG = logging.getLogger("kiosk")
Post = Callable[[Event], None]


class Lane:
    """What waits already is not queued twice."""

    def __init__(self, name: str, work: Callable[[Effect], None]) -> None:
        self._work = work
        self._queue: queue.Queue[Effect | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name=f"kiosk-{name}", daemon=True)
        self._thread.start()

    def put(self, effect: Effect) -> None:
        with self._queue.mutex:
            if effect in self._queue.queue:
                return
        self._queue.put(effect)

    def stop(self, wait_s: float) -> None:
        self._queue.put(None)
        self._thread.join(wait_s)

    def _run(self) -> None:
        while (effect := self._queue.get()) is not None:
            self._guarded(effect)
            # While the lane waits, nothing of the last citizen waits with it.
            del effect

    def _guarded(self, effect: Effect) -> None:
        """The thread's edge: whatever happens, the next effect is still carried out."""
        try:
            self._work(effect)
        except Exception as error:  # noqa: BLE001 - the thread's edge
            # Kind and place alone: the words of a strange error may hold what somebody entered.
            place = "".join(traceback.format_tb(error.__traceback__))
            LOG.error("an effect failed: %s\n%s", type(error).__name__, place)
