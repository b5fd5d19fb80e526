"""The board's newest state for all threads of the agent: fetched when the server nudges, every few seconds besides, and
through the server's restarts."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hardware.agent.client import Client
from hardware.agent.foretold import Foretold, of_reply, overlaid, still
from hardware.agent.pace import Pace, step
from queue_server.contract import BoardReply, KeyReply
from queue_server.contract.client import ServerError

LOG = logging.getLogger("motcua.agent")
NOT_OURS = frozenset({"device", "alert"})
"""Nudges that change nothing on the board; the agent's own reports cause the first."""


@dataclass(frozen=True, slots=True)
class News:
    """`board` as fetched at `at`, seconds of the monotonic clock; `version` counts the changes."""

    board: BoardReply
    at: float
    version: int

    def now(self, clock: float) -> datetime:
        """The server's time at `clock`, whatever this machine's clock of day says."""
        return self.board.now + timedelta(seconds=clock - self.at)


class Feed:
    """Holds the newest state; `fetch_turn` and `nudge_turn` are the work of two threads."""

    def __init__(self, make_client: Callable[[], Client], stopping: threading.Event, pace: Pace) -> None:
        self._make_client = make_client
        self._stopping = stopping
        self._pace = pace
        self._client: Client | None = None
        self._failures = 0
        self._fetched = 0
        self._foretold: dict[int, Foretold] = {}
        self._wanted = threading.Event()
        self._changed = threading.Condition()
        self._news: News | None = None
        self._failing_since: float | None = None
        self._nudged = True
        self._begun = time.monotonic()

    @property
    def news(self) -> News | None:
        return self._news

    def newer(self, version: int, timeout_s: float) -> News | None:
        """The newest state as soon as it is newer than `version`; after `timeout_s` seconds whatever there is."""
        with self._changed:
            self._changed.wait_for(lambda: self._news is not None and self._news.version > version, timeout_s)
            return self._news

    @property
    def fetched(self) -> int:
        """How many boards have come so far."""
        return self._fetched

    def foretell(self, counter: int, reply: KeyReply) -> None:
        """A key was done at `counter`: show it now, and fetch the board that says so."""
        with self._changed:
            self._foretold[counter] = of_reply(reply, time.monotonic())
            if self._news is not None:
                shown = overlaid(self._news.board, self._foretold)
                self._news = replace(self._news, board=shown, version=self._news.version + 1)
            self._changed.notify_all()
        self._wanted.set()

    def wake(self) -> None:
        """Fetch now: somebody knows that something changed."""
        self._wanted.set()

    def server_now(self) -> datetime | None:
        """The server's time, None if it was never heard."""
        news = self._news
        return None if news is None else news.now(time.monotonic())

    def away_s(self) -> float:
        """Since when the server has given no answer, in seconds; 0 while it answers."""
        since = self._failing_since
        return 0.0 if since is None else time.monotonic() - since

    @property
    def away(self) -> bool:
        """Nobody hears us now."""
        return self._news is None if self._failing_since is None else self.away_s() > self._pace.away_after_s

    def unheard_s(self) -> float:
        """How old the newest state is, in seconds; since the start while there is none."""
        news = self._news
        return time.monotonic() - (self._begun if news is None else news.at)

    # --- the two threads ---------------------------------------------------------------------------------------

    def fetch_turn(self) -> None:
        """Fetch, then wait until somebody asks or it is time again."""
        self.fetch()
        if self._failures:
            self._stopping.wait(step(self._pace.back_off_s, self._failures))
        elif not self._stopping.is_set():  # which `stop` sets before it wakes us: the fetch may have swallowed that
            self._wanted.wait(self._pace.poll_s)

    def fetch(self) -> None:
        """Fetch the board once."""
        if self._client is None:
            self._client = self._make_client()
        self._wanted.clear()
        asked_at = time.monotonic()
        try:
            self._arrived(self._client.board(), asked_at)
        except ServerError as error:
            self._failed(error)

    def nudge_turn(self) -> None:
        """Listen to the server until the line breaks."""
        with self._make_client() as client:
            try:
                with client.nudges() as nudges:
                    if not self._nudged:
                        LOG.info("nudges again")
                    self._nudged = True
                    for place, nudge in enumerate(nudges):
                        if self._stopping.is_set():
                            return
                        # The first word of a new line: what was nudged before it is lost.
                        if place == 0 or (nudge is not None and nudge.changed not in NOT_OURS):
                            self._wanted.set()
            except ServerError as error:
                if self._nudged:
                    LOG.info("no nudges for now: %s", error)
                self._nudged = False
        # A line that broke: is the server away?
        self._wanted.set()
        self._stopping.wait(self._pace.back_off_s[-1 if self.away_s() else 0])

    def stop(self) -> None:
        """Let the threads see that they are to end."""
        self._wanted.set()
        with self._changed:
            self._changed.notify_all()

    def _arrived(self, board: BoardReply, asked_at: float) -> None:
        if self._failing_since is not None:
            LOG.info("the server answers again")
        with self._changed:
            version = self._news.version + 1 if self._news else 1
            self._foretold = still(self._foretold, asked_at)
            self._news = News(overlaid(board, self._foretold), time.monotonic(), version)
            self._fetched += 1
            self._failing_since = None
            self._failures = 0
            self._changed.notify_all()

    def _failed(self, error: ServerError) -> None:
        if self._failing_since is None:
            LOG.warning("the server does not answer: %s", error)
            self._failing_since = time.monotonic()
        self._failures += 1
