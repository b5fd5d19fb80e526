"""Listens to the keypads of one line, hands each key to its counter's presser, and shows the answers."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from hardware.agent.answers import Answer, Trouble, at_rest, of_trouble
from hardware.agent.client import Client
from hardware.agent.config import KeypadEntry
from hardware.agent.feed import Feed
from hardware.agent.pace import Pace
from hardware.agent.pressing import Presser
from hardware.agent.reporter import Part, Reporter, health_of
from hardware.errors import DeviceError
from hardware.health import Health, Kind, State
from hardware.keypads.protocol import KeypadLine

LOG = logging.getLogger("motcua.agent")


class KeypadPart:
    """One line of keypads; `turn` is its thread's work, and each of `pressers` has a thread of its own."""

    def __init__(
        self,
        entry: KeypadEntry,
        line: KeypadLine,
        feed: Feed,
        reporter: Reporter,
        make_client: Callable[[], Client],
        stopping: threading.Event,
        pace: Pace,
    ) -> None:
        self._pace = pace
        self._line = line
        self._feed = feed
        self._reporter = reporter
        self._stopping = stopping
        self._language = entry.language
        self._counters = entry.counters
        self._parts = {
            address: Part(entry.part(address), Kind.KEYPAD, counter) for address, counter in entry.counters.items()
        }
        self._shown: dict[int, tuple[str, float]] = {}
        self._quiet_until: dict[int, float] = {}
        self._failure: DeviceError | None = None
        self._showing = threading.Lock()
        self.pressers = {
            address: Presser(counter, entry.language, feed, make_client, stopping, pace, partial(self.answer, address))
            for address, counter in entry.counters.items()
        }

    @property
    def parts(self) -> list[Part]:
        return list(self._parts.values())

    def turn(self) -> None:
        """Wait for a key for a moment; see to it, and to what the keypads show meanwhile."""
        try:
            press = self._line.read(self._pace.read_s)
            self._failure = None
        except DeviceError as error:
            press, self._failure = None, error
            self._stopping.wait(self._pace.lost_s)
        if press is not None:
            presser = self.pressers.get(press.address)
            if presser is None:
                LOG.warning("a key at address %s of %s, which has no counter", press.address, self._line.name)
                self.answer(press.address, of_trouble(Trouble.NOBODY_SET, self._language))
            else:
                presser.offer(press)
        for address in self._parts:
            self._rest(address)
        self._tell()

    def answer(self, address: int, answer: Answer) -> None:
        """Show `answer` for a while; from any thread."""
        with self._showing:
            self._quiet_until[address] = time.monotonic() + self._pace.answer_s
            self._show(address, answer.text, beep=answer.beep)

    def _rest(self, address: int) -> None:
        """Between two keys: what the counter has, or that there is no connection."""
        news = self._feed.news
        if (
            self._failure
            or address not in self._line.addresses
            or self.pressers[address].busy
            or (news is None and self._feed.unheard_s() < self._pace.away_after_s)
        ):
            return
        board = None if self._feed.away or news is None else news.board
        text = at_rest(board, self._counters[address], self._language).text
        with self._showing:
            now = time.monotonic()
            before, at = self._shown.get(address, ("", 0.0))
            if now >= self._quiet_until.get(address, 0.0) and (before != text or now - at > self._pace.refresh_s):
                self._show(address, text, beep=False)

    def _show(self, address: int, text: str, *, beep: bool) -> None:
        try:
            self._line.show(address, text, beep=beep)
        except DeviceError as error:
            # The key itself counts, not its answer; the line's health comes from reading.
            LOG.info("%s shows no answer: %s", self._line.name, error)
            self._shown.pop(address, None)
            self._quiet_until[address] = time.monotonic() + self._pace.lost_s
        else:
            self._shown[address] = (text, time.monotonic())

    def _tell(self) -> None:
        news = self._feed.news
        known = {each.id for each in news.board.counters} if news is not None else None
        for address, part in self._parts.items():
            counter = self._counters[address]
            if self._failure is not None:
                health = health_of(self._failure)
            elif known is None or counter in known:
                health = self._line.health_of(address)
            else:
                health = Health(State.DEVICE_FAULT, f"the hall has no counter {counter}: see the agent's file")
            self._reporter.tell(part, health)
