"""A key's way to the server and back: done once whatever happens in between, or said not to be done.

While nobody knows whether it was done it is sent again, the same request with the same key; the person stands there, so
after some seconds the keypad says that there is no connection. What still lies with a server that hangs carries its
limit with it, so that nothing is done later behind their back.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hardware.agent.answers import Answer, Trouble, of_refusal, of_reply, of_trouble
from hardware.agent.client import Client
from hardware.agent.feed import Feed
from hardware.agent.pace import Pace, step
from hardware.keypads.protocol import Key, Press
from queue_server.contract import KeypadKey, KeyPress
from queue_server.contract.client import RefusedError, UncertainError

LOG = logging.getLogger("motcua.agent")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A press that got no answer: `key` as it was sent, `at` the moment of giving up, `fetched`: how many boards
    had come by then."""

    press: Press
    key: str
    at: float
    fetched: int


class Presser:
    """Carries out the keys of one keypad, one after the other, on the thread that runs `turn`.

    `show` puts an answer on the keypad's display; it is called from both threads and does not raise.
    """

    def __init__(
        self,
        counter: int,
        language: str,
        feed: Feed,
        make_client: Callable[[], Client],
        stopping: threading.Event,
        pace: Pace,
        show: Callable[[Answer], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pace = pace
        self._clock = clock
        self._counter = counter
        self._language = language
        self._feed = feed
        self._make_client = make_client
        self._stopping = stopping
        self._show = show
        self._client: Client | None = None
        self._waiting: Press | None = None
        self._expires_at: datetime | None = None
        self._changed = threading.Condition()
        self._doubt: Doubt | None = None
        self._truth_at: float | None = None

    @property
    def busy(self) -> bool:
        """A key is under way, and the display belongs to it."""
        return self._waiting is not None

    def offer(self, press: Press) -> None:
        """A key was pressed: carry it out, or say at once why not."""
        if self.busy:
            self._show(of_trouble(Trouble.WAIT, self._language))
        elif self._feed.away:
            self._show(of_trouble(Trouble.NO_CONNECTION, self._language))
        else:
            with self._changed:
                now = self._feed.server_now()
                self._expires_at = None if now is None else now + timedelta(seconds=self._pace.press_s)
                self._waiting = press
                self._changed.notify_all()

    def stop(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def turn(self) -> None:
        """Wait for a key and carry it out."""
        if self._client is None:
            self._client = self._make_client()  # now, and not while somebody waits
        with self._changed:
            settled = self._doubt is None
            self._changed.wait_for(
                lambda: self.busy or self._stopping.is_set(), None if settled else self._pace.truth_s / 4
            )
        self._look_for_truth()
        press = self._waiting
        if press is None or self._stopping.is_set():
            return
        try:
            answer = self._carried_out(press)
        except Exception:
            self._show(of_trouble(Trouble.REFUSED, self._language))
            raise
        else:
            self._feed.wake()
            if answer is not None:
                self._show(answer)
        finally:
            self._waiting = None

    def _carried_out(self, press: Press) -> Answer | None:
        """What to answer; None where the agent is ending."""
        client = self._client or self._make_client()
        key = self._key(press)
        wanted = KeyPress(key=KeypadKey(press.key.value), to_counter=_target(press), expires_at=self._expires_at)
        self._doubt = None
        begun = self._clock()
        tries = 0
        while True:
            try:
                reply = client.press(key, self._counter, wanted)
            except RefusedError as refusal:
                LOG.info("counter %s, %s: %s", self._counter, press.key, refusal.problem.code)
                return of_refusal(refusal.problem.code, self._language)
            except UncertainError as error:
                LOG.warning("counter %s, %s: no answer yet: %s", self._counter, press.key, error)
            else:
                self._feed.foretell(self._counter, reply)
                return of_reply(reply, self._language)
            tries += 1
            pause = step(self._pace.pauses_s, tries)
            late = self._clock() + pause - begun > self._pace.tries_s
            if late or self._stopping.wait(pause):
                self._begin_doubt(press, key)
                return of_trouble(Trouble.NO_CONNECTION, self._language) if late else None

    # --- a key that got no answer ------------------------------------------------------------------------------

    def _begin_doubt(self, press: Press, key: str) -> None:
        self._doubt = Doubt(press, key, self._clock(), self._feed.fetched)
        self._truth_at = None

    def _key(self, press: Press) -> str:
        """A new key; the old one where the same key is pressed again before anybody could see what became of it: if it
        was done after all, that is the answer, and nobody in the queue is passed over."""
        doubt = self._doubt
        if doubt is not None and doubt.press == press and self._clock() - doubt.at < self._pace.doubt_s:
            return doubt.key
        return uuid.uuid4().hex

    def _look_for_truth(self) -> None:
        """Forget the doubt once the displays have shown what became of the key."""
        doubt = self._doubt
        # The fetch after the next one began after the key was given up, whatever was under way then.
        if doubt is None or self._feed.fetched < doubt.fetched + 2:
            return
        if self._truth_at is None:
            self._truth_at = self._clock()
        elif self._clock() - self._truth_at > self._pace.truth_s:
            self._doubt = None


def _target(press: Press) -> int | None:
    """Only a transfer goes somewhere; a number that no counter can have is none."""
    if press.key is not Key.TRANSFER or press.argument is None or not 1 <= press.argument <= 999:
        return None
    return press.argument
