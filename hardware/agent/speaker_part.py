"""Gives the calls of the board to a loudspeaker's announcer, and tells how it is."""

from __future__ import annotations

import time
from pathlib import Path
from zoneinfo import ZoneInfo

from hardware.agent.config import SpeakerEntry
from hardware.agent.feed import Feed
from hardware.agent.pace import Pace
from hardware.agent.reporter import Part, Reporter
from hardware.health import Kind
from hardware.speakers.announcer import Announcer
from hardware.speakers.protocol import Speaker
from hardware.speakers.volume import Hours, hours
from hardware.voices.opener import Voice


class SpeakerPart:
    """One loudspeaker; `turn` is its thread's work. `memory`: the file that keeps what was spoken."""

    def __init__(
        self,
        entry: SpeakerEntry,
        speaker: Speaker,
        voice: Voice,
        feed: Feed,
        reporter: Reporter,
        memory: Path,
        pace: Pace,
    ) -> None:
        self._pace = pace
        self._entry = entry
        self._speaker = speaker
        self._voice = voice
        self._feed = feed
        self._reporter = reporter
        self._memory = memory
        self._announcer: Announcer | None = None
        self._version = 0
        self.parts = [Part(entry.name, Kind.SPEAKER)]

    def turn(self) -> None:
        """Wait for news, and have new calls spoken."""
        news = self._feed.newer(self._version, self._pace.look_s)
        if news is not None and news.version != self._version:
            self._version = news.version
            if self._announcer is None:
                self._announcer = self._made(news.board.hall.timezone)
            mine = self._entry.counters
            calls = ((one.id, one.at, one.number, one.counter) for one in news.board.announcements)
            calls = (call for call in calls if not mine or call[3] in mine)
            self._announcer.take(calls, now=news.now(time.monotonic()))
        source = self._announcer or self._speaker
        self._reporter.tell(self.parts[0], source.health())

    def close(self) -> None:
        if self._announcer is not None:
            self._announcer.close()

    def _made(self, timezone: str) -> Announcer:
        """Only now is the hall's zone known, by which the volume goes."""
        return Announcer(
            self._speaker,
            self._voice,
            languages=self._entry.languages,
            repeat=self._entry.repeat,
            hours=volume_hours(self._entry),
            zone=ZoneInfo(timezone),
            memory=self._memory,
        )


def volume_hours(entry: SpeakerEntry) -> Hours:
    """The entry's volume over the day."""
    return hours(entry.volume if isinstance(entry.volume, dict) else {"00:00": entry.volume})
