"""Calls people through a loudspeaker: chime and voice, each call once, on a thread of its own that no fault ends."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path

from hardware.errors import DeviceError
from hardware.health import Health, Severity, State
from hardware.speakers.calls import Announcement, Line
from hardware.speakers.memory import Memory
from hardware.speakers.protocol import Speaker
from hardware.speakers.recital import Spoken, recital, speak
from hardware.speakers.volume import Hours
from hardware.voices.opener import Complaining, Voice
from hardware.voices.sound import RATE, Clip, chime, joined

_log = logging.getLogger(__name__)
READY_S = 0.4
"""This long the chime waits for the sentence, so that both are one sound; after it the chime goes first, alone."""
VOICE_S = 8.0
RETRY_S = 2.0
ENOUGH = 2
"""A call that a speaker let play to its end and then complained of was heard; it is tried this often at most."""


class Announcer:
    """Says calls on `speaker` with `voice`, in `languages`, the first one `repeat` times.

    `bell`: ring before the words; where they cannot be spoken it rings in any case. `preroll_s`: silence before it, for
    amplifiers that wake late. `hours`: how loud at which hour of `zone`; at 0 percent a call counts as said.
    `memory`: a file that keeps what was called over a restart of the program. `retry_s`: a speaker that failed is tried
    this often, with what is still news. Close it to stop.
    """

    def __init__(
        self,
        speaker: Speaker,
        voice: Voice,
        *,
        languages: Sequence[str] = ("vi",),
        repeat: int = 2,
        pause_s: float = 0.8,
        bell: bool = True,
        preroll_s: float = 0.4,
        hours: Hours | None = None,
        zone: tzinfo = UTC,
        memory: Path | None = None,
        ready_s: float = READY_S,
        voice_s: float = VOICE_S,
        retry_s: float = RETRY_S,
    ) -> None:
        self._speaker = speaker
        self._voice = voice
        self._languages = tuple(languages)
        self._repeat = repeat
        self._pause_s = pause_s
        self._rings = bell
        self._bell = lru_cache(maxsize=2)(lambda rate: chime(preroll_s, rate))
        self._hours = hours or Hours()
        self._zone = zone
        self._ready_s = ready_s
        self._voice_s = voice_s
        self._retry_s = retry_s
        self._memory = Memory(memory)
        self._line = Line(seen=self._memory.recall())
        self._offset = timedelta()
        self._changed = threading.Condition()
        self._closed = False
        self._failure: Health | None = None
        self._wrong = ""
        self._tries = 0
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voice")
        self._ahead: tuple[Announcement, Future[Spoken]] | None = None
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._thread.start()

    def take(self, announcements: Iterable[tuple[int, datetime, str, int]], *, now: datetime | None = None) -> None:
        """Say what is new of (id, at, number, counter), `at` with its zone. `now`: the server's time, if known; without
        it this machine's clock is believed. Returns at once; give the whole list each time, as often as it comes."""
        with self._changed:
            if now is not None:
                self._offset = now - datetime.now(UTC)
            self._line = self._line.take([Announcement(*each) for each in announcements], self._now())
            self._memory.keep(self._line.settled)
            self._changed.notify_all()

    def health(self) -> Health:
        """The speaker's condition; where it works, the voice's and the memory's."""
        health = self._speaker.health()
        if health.severity is Severity.FAILED:
            return health
        with self._changed:
            if health.state is State.READY:  # it is back, before anybody was called
                self._failure = None
            if self._failure is not None:
                return self._failure
            if self._wrong:
                return Health(State.VOICE_UNAVAILABLE, self._wrong)
            if self._memory.wrong:
                return Health(State.CANNOT_WRITE, self._memory.wrong)
        if health.state is State.READY and isinstance(self._voice, Complaining):
            return Health(State.READY, self._voice.complaint())
        return health

    @property
    def idle(self) -> bool:
        """Nothing is being said, and nothing waits."""
        with self._changed:
            return not self._line.waiting and self._line.current is None

    def wait_until_idle(self, timeout_s: float) -> bool:
        """Wait until all has been said; False if it was not by then."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._line.waiting and self._line.current is None, timeout_s)

    def close(self) -> None:
        """Take no more; a clip that is being played ends, within the speaker's time."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._thread.join(1.0)

    def _now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def _run(self) -> None:
        if self._rings:
            self._bell(RATE)  # a moment's work, which the first call should not wait for
        while (call := self._next()) is not None:
            try:
                self._call(call)
            except DeviceError as error:
                self._failed(error)
            except Exception:  # noqa: BLE001 - the thread's edge
                if self._closed:
                    return
                _log.exception("a call failed")
                self._done()
            else:
                self._done()

    def _next(self) -> Announcement | None:
        """The call whose turn it is, None when closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or bool(self._line.waiting))
            if self._closed:
                return None
            self._line = self._line.begin()
            return self._line.current

    def _call(self, call: Announcement) -> None:
        """Play one call whole. Raises DeviceError."""
        volume = self._hours.percent(self._now().astimezone(self._zone)) / 100
        if volume == 0:
            return
        work = self._work(call)
        rung = False
        if self._rings and not wait([work], self._ready_s).done:
            self._play(self._bell(RATE), volume)
            rung = True
        spoken = self._result(work)
        with self._changed:
            if spoken.wrong and spoken.wrong != self._wrong:
                _log.warning("a call could not be spoken: %s", spoken.wrong)
            self._wrong = spoken.wrong
            times = self._line.times(self._repeat)
            if self._line.waiting:
                self._ahead = (self._line.waiting[0], self._speak(self._line.waiting[0]))
        words = recital(spoken, times, self._pause_s)
        if words is None:
            sounds = [] if rung else [self._bell(RATE)]
        else:
            sounds = [words] if rung or not self._rings else [self._bell(words.rate), words]
        if sounds:
            self._play(joined(sounds), volume)

    def _result(self, work: Future[Spoken]) -> Spoken:
        """What was spoken; a voice that hangs or breaks takes only the words from a call."""
        try:
            failure = work.exception(self._voice_s)
        except TimeoutError:
            return Spoken(wrong=f"the voice took over {self._voice_s:g} s")
        if failure is None:
            return work.result()
        _log.error("the voice broke", exc_info=failure)
        return Spoken(wrong=f"the voice broke: {type(failure).__name__}")

    def _play(self, clip: Clip, volume: float) -> None:
        begun = time.monotonic()
        try:
            self._speaker.play(clip, volume=volume)
        except DeviceError:
            if time.monotonic() - begun >= clip.seconds:
                self._tries += 1
            raise
        with self._changed:
            self._failure = None

    def _work(self, call: Announcement) -> Future[Spoken]:
        """What was spoken while the call before was heard, or is spoken now."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[0] == call:
            return ahead[1]
        return self._speak(call)

    def _speak(self, call: Announcement) -> Future[Spoken]:
        return self._pool.submit(speak, self._voice, call.number, call.counter, self._languages)

    def _done(self) -> None:
        with self._changed:
            self._tries = 0
            self._settle(self._line.done())

    def _failed(self, error: DeviceError) -> None:
        with self._changed:
            if self._failure is None or self._failure.state != State(error.code):
                _log.warning("a call was not heard: %s", error)
            self._failure = Health(State(error.code), error.detail)
            if self._tries >= ENOUGH:
                self._tries = 0
                self._line = self._line.done()
            self._settle(self._line.put_back(self._now()))
            self._changed.wait_for(lambda: self._closed, self._retry_s)

    def _settle(self, line: Line) -> None:
        self._line = line
        self._memory.keep(line.settled)
        self._changed.notify_all()
