"""Keeps the displays of one line showing what the board says, and knows how each of them is."""

from __future__ import annotations

import time

from hardware.agent.config import DisplayEntry
from hardware.agent.faces import Wording, face, lost_face
from hardware.agent.feed import Feed
from hardware.agent.pace import Pace
from hardware.agent.reporter import Part, Reporter, health_of
from hardware.displays.protocol import DisplayLine, Face
from hardware.errors import DeviceError
from hardware.health import Health, Kind, State


class DisplayPart:
    """One line of displays; `turn` is its thread's work."""

    def __init__(
        self,
        entry: DisplayEntry,
        line: DisplayLine,
        feed: Feed,
        reporter: Reporter,
        dashes_after_s: float,
        pace: Pace,
    ) -> None:
        self._pace = pace
        self._line = line
        self._feed = feed
        self._reporter = reporter
        self._dashes_after_s = dashes_after_s
        self._counters = entry.counters
        self._wording = Wording(entry.free, entry.paused, entry.closed, entry.lost, entry.blink_s)
        self._parts = {
            address: Part(entry.part(address), Kind.DISPLAY, counter) for address, counter in entry.counters.items()
        }
        self._shown: dict[int, Face] = {}
        self._failed: dict[int, tuple[DeviceError, float]] = {}
        self._refresh_due = 0.0
        self._version = 0

    @property
    def parts(self) -> list[Part]:
        return list(self._parts.values())

    def turn(self) -> None:
        """Wait for news, and show what has changed; all of it now and then."""
        news = self._feed.newer(self._version, self._pace.look_s)
        self._version = news.version if news else 0
        now = time.monotonic()
        all_again = now >= self._refresh_due
        if all_again:
            self._refresh_due = now + self._pace.refresh_s
        unknown = set()
        # What works goes first: a display that does not answer costs a timeout.
        for address in sorted(self._parts, key=lambda each: each in self._failed):
            wanted, known = self._wanted(address, now)
            if not known:
                unknown.add(address)
            if wanted is not None and (all_again or self._shown.get(address) != wanted):
                self._show(address, wanted, now)
        self._tell(unknown)

    def leave(self) -> None:
        """The agent ends, and nobody will correct the numbers any more."""
        for address in self._parts:
            if address not in self._failed:
                try:
                    self._line.show(address, lost_face(self._wording))
                except DeviceError:
                    return

    def _wanted(self, address: int, now: float) -> tuple[Face | None, bool]:
        """What to show at `address`, None: leave it as it is; and whether the hall knows its counter."""
        news = self._feed.news
        if self._feed.unheard_s() > self._dashes_after_s:
            return lost_face(self._wording), True
        if news is None:
            return None, True
        wanted = face(news.board, self._counters[address], news.now(now), self._wording)
        return (lost_face(self._wording), False) if wanted is None else (wanted, True)

    def _show(self, address: int, wanted: Face, now: float) -> None:
        if address in self._failed and now < self._failed[address][1]:
            return
        try:
            self._line.show(address, wanted)
        except DeviceError as error:
            self._shown.pop(address, None)
            self._failed[address] = (error, time.monotonic() + self._pace.broken_s)
        else:
            self._shown[address] = wanted
            if self._failed.pop(address, None):
                # Whatever was cut off, the others on the line may have been too.
                self._refresh_due = 0.0

    def _tell(self, unknown: set[int]) -> None:
        for address, part in self._parts.items():
            if address in self._failed:
                health = health_of(self._failed[address][0])
            elif address in unknown:
                counter = self._counters[address]
                health = Health(State.DEVICE_FAULT, f"the hall has no counter {counter}: see the agent's file")
            else:
                health = self._line.health_of(address)
            self._reporter.tell(part, health)
