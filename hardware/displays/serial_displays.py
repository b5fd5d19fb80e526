"""Counter displays on a line: shows, listens for answers, and repeats every face for those that lost their power."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from importlib import import_module

from hardware.address import Address
from hardware.displays.codec import Answers, Codec, Reply
from hardware.displays.fitting import fitted
from hardware.displays.protocol import Face
from hardware.displays.roll import Roll
from hardware.displays.segments import ASCII, SEGMENTS
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.lines import OPTIONS as LINE_OPTIONS
from hardware.lines.reopening import REOPEN_S
from hardware.lines.shared import Tap, share_line

PROTOCOLS = {
    "fixed": "hardware.displays.fixed",
    "ascii": "hardware.displays.ascii",
    "modbus": "hardware.displays.modbus",
}
"""By name: the module that has the protocol's OPTIONS and makes its codec of an Address."""
OPTIONS = ("protocol", "digits", "align", "signs", "offset", "refresh_s", "answer_s")
SIGNS = {"segments": frozenset(SEGMENTS), "ascii": ASCII}
BAUD = 9600
ANSWER_S = 0.2
"""How long a display's answer is waited for after the last byte went out: an ordinary one takes 10 ms, one behind a
serial server on the network 100 ms."""
MUTE_SHARE = 4
"""A display that never answered is waited for so much shorter: long enough to hear it if it can after all."""
TRIES = 2
"""Of a call; a refresh is tried once, it comes again anyway."""
BREATH_S = 0.002
"""Between two refreshed displays, so that a call gets in between."""

_LOG = logging.getLogger(__name__)


class SerialDisplays:
    """A `DisplayLine`. A thread of its own refreshes the displays from the first face until `close`."""

    def __init__(
        self,
        tap: Tap,
        codec: Codec,
        fit: Callable[[str], str],
        *,
        offset: int = 0,
        refresh_s: float = 5.0,
        answer_s: float = ANSWER_S,
    ) -> None:
        self.name = f"displays on {tap.name}"
        self._tap = tap
        self._codec = codec
        self._fit = fit
        self._offset = offset
        self.addresses: Sequence[int] = range(max(0, 1 - offset), max(0, codec.highest - offset) + 1)
        self._answer_s = answer_s
        self._roll = Roll(codec.answers, refresh_s)
        self._lock = threading.Lock()  # of the roll and the thread; never held while the line is used
        self._stop: threading.Event | None = None
        self._thread: threading.Thread | None = None

    def show(self, address: int, face: Face) -> None:
        if address not in self.addresses:
            detail = f"{self.name}: there is no address {address} (offset {self._offset}) in this protocol"
            raise DeviceError(Code.BAD_URL, detail)
        with self._lock:
            self._roll.put(address, face)
            self._start()
            once = self._roll.dead(address) or self._roll.mute(address)
        reply = Reply.NOTHING
        for _ in range(1 if once else TRIES):
            reply = self._send(address)
            if reply not in {Reply.NOTHING, Reply.NONSENSE}:
                break
        if reply is Reply.REFUSED:
            raise DeviceError(Code.DEVICE_FAULT, f"{self.name}: display {address} refuses what it is sent")
        with self._lock:
            if self._roll.dead(address):
                raise DeviceError(Code.TIMEOUT, f"{self.name}: no answer from display {address}")

    def health(self) -> Health:
        trouble = self._tap.trouble()
        if trouble is not None:
            return Health(State(trouble.code), trouble.detail)
        with self._lock:
            return self._roll.health()

    def health_of(self, address: int) -> Health:
        trouble = self._tap.trouble()
        if trouble is not None:
            return Health(State(trouble.code), trouble.detail)
        if address not in self.addresses:
            return Health(State.BAD_URL, f"{self.name}: there is no address {address} in this protocol")
        with self._lock:
            return self._roll.health_of(address)

    def close(self) -> None:
        with self._lock:
            stop, self._stop = self._stop, None
            thread, self._thread = self._thread, None
        if stop is not None:
            stop.set()
        self._tap.close()
        if thread is not None and thread is not threading.current_thread():
            thread.join(REOPEN_S + len(PROTOCOLS) * self._answer_s)
            # It may just have been about to use the line, and thereby have taken hold of it once more.
            self._tap.close()

    def _send(self, address: int) -> Reply:
        """The face that the display should show by the time the line is free; what came back. Raises DeviceError."""
        reply = Reply.NOTHING
        number = address + self._offset
        with self._tap.turn():
            with self._lock:
                face, mute = self._roll.face(address), self._roll.mute(address)
            for frame in self._codec.frames(number, self._fit(face.text), blink=face.blink):
                reply = self._exchange(number, frame, self._answer_s / (MUTE_SHARE if mute else 1))
                if reply not in {Reply.TAKEN, Reply.UNASKED}:
                    break
            with self._lock:
                self._roll.sent(address, reply, time.monotonic())
        return reply

    def _exchange(self, number: int, frame: bytes, wait_s: float) -> Reply:
        if self._codec.answers is Answers.NEVER:
            self._tap.write(frame)
            return Reply.UNASKED

        def settled(came: bytes) -> bool:
            return self._codec.reply(number, frame, came) in {Reply.TAKEN, Reply.REFUSED}

        return self._codec.reply(number, frame, self._tap.ask(frame, settled, wait_s))

    def _start(self) -> None:
        if self._stop is None:
            self._stop = threading.Event()
            self._thread = threading.Thread(
                target=self._refresh, args=(self._stop,), name=f"refresh of {self.name}", daemon=True
            )
            self._thread.start()

    def _refresh(self, stop: threading.Event) -> None:
        try:
            while not stop.is_set():
                with self._lock:
                    self._roll.reopened(self._tap.opened)
                    due, pause = self._roll.due(time.monotonic()), self._roll.next_s(time.monotonic())
                if not due:
                    # At most this long after somebody else has opened the line anew, all is shown again.
                    stop.wait(min(pause, REOPEN_S))
                for address in due:
                    if stop.wait(BREATH_S):
                        return
                    try:
                        self._send(address)
                    except DeviceError:  # health tells it; the line is looked for until it is back
                        stop.wait(REOPEN_S)
                        break
        except Exception:  # noqa: BLE001 - the edge of a thread: a display must never end the agent
            _LOG.exception("the refresh of %s failed; the next call starts it again", self.name)
            with self._lock:
                if self._stop is stop:
                    self._stop = None


def open_displays(address: Address, timeout_s: float) -> SerialDisplays:
    protocol = address.choice("protocol", PROTOCOLS, "ascii")
    module = import_module(PROTOCOLS[protocol])
    address.only(*LINE_OPTIONS, *OPTIONS, *module.OPTIONS)
    codec: Codec = module.codec(address)
    digits = address.whole("digits", range(1, 17), 4)
    signs = SIGNS[address.choice("signs", SIGNS, "segments")]
    right = address.choice("align", ("right", "left"), "right") == "right"
    if signs is ASCII and codec.frames(1, " " * digits, blink=False) and _needs_segments(codec):
        raise address.bad("signs=ascii, but this frame has segments")
    return SerialDisplays(
        share_line(address, timeout_s, baud=BAUD),
        codec,
        lambda text: fitted(text, digits, signs, right=right),
        offset=address.whole("offset", range(201), 0),
        refresh_s=address.number("refresh_s", 0.5, 60, 5),
        answer_s=min(address.number("answer_s", 0.02, 2, ANSWER_S), timeout_s),
    )


def _needs_segments(codec: Codec) -> bool:
    """A letter that segments cannot draw has no byte then."""
    try:
        codec.frames(1, "W", blink=False)
    except KeyError:
        return True
    return False
