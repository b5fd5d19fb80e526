"""Where calls are spoken: off the event loop, few at a time, each sentence once, with a bounded store of recent ones.

Anyone in the building can ask the board for a call, so what asking costs is bounded here in every direction.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor

from hardware.voices.errors import VoiceUnavailableError
from hardware.voices.opener import Voice
from hardware.voices.sound import Clip, read_wav, trim


class Studio:
    """Renders sentences with a voice.

    `workers` sentences are spoken at once and `waiting` at most are under way or in line; `store_bytes` bounds what
    is kept, the least recently used going first; `timeout_s` seconds is the longest that anyone waits.
    """

    def __init__(
        self,
        voice: Voice,
        *,
        workers: int = 2,
        waiting: int = 16,
        store_bytes: int = 16 * 2**20,
        timeout_s: float = 8.0,
    ) -> None:
        self._voice = voice
        self._waiting = waiting
        self._store_bytes = store_bytes
        self._timeout_s = timeout_s
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="voice")
        self._store: OrderedDict[tuple[str, str], Clip] = OrderedDict()
        self._stored = 0
        self._under_way: dict[tuple[str, str], Future[Clip]] = {}

    async def speak(self, text: str, language: str) -> Clip:
        """Speak `text`; the same sentence asked for by many is spoken once. Raises VoiceUnavailableError."""
        key = (text, language)
        kept = self._store.get(key)
        if kept is not None:
            self._store.move_to_end(key)
            return kept
        work = self._under_way.get(key)
        if work is None:
            if len(self._under_way) >= self._waiting:
                raise VoiceUnavailableError("too many calls are waiting for the voice")
            work = self._pool.submit(self._render, text, language)
            self._under_way[key] = work
            loop = asyncio.get_running_loop()

            def done(work: Future[Clip]) -> None:
                with contextlib.suppress(RuntimeError):  # the loop is closed: the server is going down
                    loop.call_soon_threadsafe(self._finished, key, work)

            work.add_done_callback(done)
        # Waiting, not awaiting: one listener who leaves must not take the sentence from the others.
        waiting = asyncio.wrap_future(work)
        finished, _ = await asyncio.wait([waiting], timeout=self._timeout_s)
        if not finished:
            waiting.add_done_callback(lambda late: late.cancelled() or late.exception())
            raise VoiceUnavailableError(f"the voice took over {self._timeout_s:g} s")
        if waiting.cancelled():
            raise VoiceUnavailableError("the voice is closed")
        return waiting.result()

    def close(self) -> None:
        """Take no more sentences; those under way end within the voice's own timeout."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _render(self, text: str, language: str) -> Clip:
        return trim(read_wav(self._voice.say(text, language)))

    def _finished(self, key: tuple[str, str], work: Future[Clip]) -> None:
        self._under_way.pop(key, None)
        if work.cancelled() or work.exception() is not None:
            return
        clip = work.result()
        self._store[key] = clip
        self._stored += _bytes(clip)
        while self._stored > self._store_bytes:
            _, oldest = self._store.popitem(last=False)
            self._stored -= _bytes(oldest)


def _bytes(clip: Clip) -> int:
    return len(clip.samples) * clip.samples.itemsize
