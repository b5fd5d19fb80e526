"""The board's newest state for all threads of the agent: fetched when the server nudges, every few seconds besides, and
through the server's restarts."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hardware.agent.client import Client
from queue_server.contract import BoardReply
from queue_server.contract.client import ServerError

LOG = logging.getLogger("motcua.agent")
POLL_S = 5.0
"""A nudge may be lost."""
BACK_OFF_S = (0.3, 0.6, 1.0, 2.0)
"""Pauses while the server is away; the last one stays."""
AWAY_AFTER_S = 3.0
"""A shorter silence is a hiccup, over which a key is simply sent again."""
NOT_OURS = frozenset({"device", "alert"})
"""Nudges that change nothing on the board; the agent's own reports cause the first."""


@dataclass(frozen=True, slots=True)
class News:
    """`board` as fetched at `at`, seconds of the monotonic clock; `version` counts the fetches."""

    board: BoardReply
    at: float
    version: int

    def now(self, clock: float) -> datetime:
        """The server's time at `clock`, whatever this machine's clock of day says."""
        return self.board.now + timedelta(seconds=clock - self.at)


class Feed:
    """Holds the newest state; `run_fetches` and `run_nudges` are the work of two threads until `stopping`."""

    def __init__(self, make_client: Callable[[], Client], stopping: threading.Event) -> None:
        self._make_client = make_client
        self._stopping = stopping
        self._wanted = threading.Event()
        self._changed = threading.Condition()
        self._news: News | None = None
        self._failing_since: float | None = None
        self._begun = time.monotonic()

    @property
    def news(self) -> News | None:
        return self._news

    def newer(self, version: int, timeout_s: float) -> News | None:
        """The newest state as soon as it is newer than `version`; after `timeout_s` seconds whatever there is."""
        with self._changed:
            self._changed.wait_for(lambda: self._news is not None and self._news.version > version, timeout_s)
            return self._news

    def wake(self) -> None:
        """Fetch now: somebody knows that something changed."""
        self._wanted.set()

    def away_s(self) -> float:
        """Since when the server has given no answer, in seconds; 0 while it answers."""
        since = self._failing_since
        return 0.0 if since is None else time.monotonic() - since

    @property
    def away(self) -> bool:
        """Nobody hears us now."""
        return self._news is None if self._failing_since is None else self.away_s() > AWAY_AFTER_S

    def unheard_s(self) -> float:
        """How old the newest state is, in seconds; since the start while there is none."""
        news = self._news
        return time.monotonic() - (self._begun if news is None else news.at)

    # --- the two threads ---------------------------------------------------------------------------------------

    def run_fetches(self) -> None:
        """Fetch whenever asked, and now and then; ends with `stopping`."""
        failures = 0
        with self._make_client() as client:
            while not self._stopping.is_set():
                self._wanted.clear()
                try:
                    self._arrived(client.board())
                    failures = 0
                except ServerError as error:
                    self._failed(error)
                    failures += 1
                if failures:
                    self._stopping.wait(BACK_OFF_S[min(failures, len(BACK_OFF_S)) - 1])
                else:
                    self._wanted.wait(POLL_S)

    def run_nudges(self) -> None:
        """Listen to the server until the line breaks; called again and again by its thread."""
        with self._make_client() as client:
            try:
                with client.nudges() as nudges:
                    for place, nudge in enumerate(nudges):
                        if self._stopping.is_set():
                            return
                        # The first word of a new line: what was nudged before it is lost.
                        if place == 0 or (nudge is not None and nudge.changed not in NOT_OURS):
                            self._wanted.set()
            except ServerError as error:
                LOG.info("no nudges for now: %s", error)
        self._stopping.wait(BACK_OFF_S[-1] if self.away_s() else BACK_OFF_S[1])

    def stop(self) -> None:
        """Let the threads see that they are to end."""
        self._wanted.set()
        with self._changed:
            self._changed.notify_all()

    def _arrived(self, board: BoardReply) -> None:
        if self._failing_since is not None:
            LOG.info("the server answers again")
        with self._changed:
            version = self._news.version + 1 if self._news else 1
            self._news = News(board, time.monotonic(), version)
            self._failing_since = None
            self._changed.notify_all()

    def _failed(self, error: ServerError) -> None:
        if self._failing_since is None:
            LOG.warning("the server does not answer: %s", error)
            self._failing_since = time.monotonic()
