"""Call keypads on a line: from bytes to presses, and answers on the keypads' own displays."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from hardware.address import Address
from hardware.deadline import Deadline
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.keypads.codec import Codec, Report
from hardware.keypads.debounce import GAP_S, Debouncer
from hardware.keypads.entry import Entry, Meaning
from hardware.keypads.keymap import addresses, keymap
from hardware.keypads.protocol import Press
from hardware.keypads.rota import Rota
from hardware.lines import OPTIONS as LINE_OPTIONS
from hardware.lines.reopening import REOPEN_S
from hardware.lines.shared import Tap, share_line

PROTOCOLS = {
    "ascii": "hardware.keypads.ascii:AsciiCodec",
    "fixed": "hardware.keypads.fixed:FixedCodec",
    "polled": "hardware.keypads.polled:PolledCodec",
}
OPTIONS = ("protocol", "addresses", "keys", "gap_ms", "poll_ms", "answer_s")
BAUD = 9600
ANSWER_S = 0.1
POLL_S = 0.1
GARBLED_AFTER = 64
"""Bytes of nonsense without a single frame between them, nor a pause of QUIET_S: a long cable picks up a byte now and
then, night after night."""
QUIET_S = 10.0
HEARD_S = 4 * 3600.0
"""A keypad that speaks unasked is known to be well for so long after its last key: half a day's work."""
KEPT_PRESSES = 16


class SerialKeypads:
    """A `KeypadLine`. One thread reads; any may show. `clock`: seconds that never go back."""

    def __init__(
        self,
        tap: Tap,
        codec: Codec,
        keys: Mapping[int, Meaning],
        known: tuple[int, ...] = (),
        *,
        gap_s: float = GAP_S,
        poll_s: float = POLL_S,
        answer_s: float = ANSWER_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = f"keypads on {tap.name}"
        self._tap = tap
        self._codec = codec
        self._keys = keys
        self.addresses: Sequence[int] = known or range(1, codec.highest + 1)
        self._known = frozenset(known)
        self._answer_s = answer_s
        self._clock = clock
        self._debouncer = Debouncer(gap_s)
        self._entry = Entry()
        self._rota = Rota(known, poll_s)
        self._presses: deque[Press] = deque(maxlen=KEPT_PRESSES)
        self._opened = tap.opened
        self._heard: dict[int, float] = {}
        self._nonsense = 0
        self._noise_at = 0.0
        self._present: set[int] = set()

    def read(self, timeout_s: float) -> Press | None:
        deadline = Deadline.after(timeout_s)
        try:
            while not self._presses:
                if self._codec.polled:
                    self._ask_round(deadline)
                else:
                    self._listen(deadline.left)
                if deadline.passed:
                    break
        except DeviceError:
            self._codec.clear()
            self._entry.forget()
            self._presses.clear()
            self._heard.clear()
            if self._codec.polled:
                # A question fails at once while the line is away; whoever reads in a loop must not spin.
                with contextlib.suppress(DeviceError):
                    self._tap.read(min(deadline.left, REOPEN_S))
            raise
        return self._presses.popleft() if self._presses else None

    def show(self, address: int, text: str, *, beep: bool = False) -> None:
        if not 1 <= address <= self._codec.highest:
            raise DeviceError(Code.BAD_URL, f"{self.name}: there is no address {address} in this protocol")
        frame = self._codec.text(address, text, beep=beep)
        if self._codec.polled:
            # Its answer must be off the line before the next keypad is asked; a missing one shows when that is.
            self._tap.ask(frame, lambda came: came.endswith(b"\x16"), self._answer_s)
        else:
            self._tap.write(frame)

    def health(self) -> Health:
        """Of keypads that speak unasked, as the one that was heard last."""
        wrong = self._wrong()
        if wrong is not None:
            return wrong
        if self._codec.polled:
            return self._rota.health()
        newest = max(list(self._heard.items()), key=lambda each: each[1], default=None)
        if newest is not None:
            return self.health_of(newest[0])
        return Health(State.UNKNOWN, f"{self.name}: no key yet since the line was opened")

    def health_of(self, address: int) -> Health:
        wrong = self._wrong()
        if wrong is not None:
            return wrong
        if address not in self.addresses:
            return Health(State.BAD_URL, f"{self.name}: there is no address {address}")
        if self._codec.polled:
            return self._rota.health_of(address)
        at = self._heard.get(address)
        if at is None:
            return Health(State.UNKNOWN, f"keypad {address}: no key yet since the line was opened")
        ago_s = self._clock() - at
        state = State.READY if ago_s < HEARD_S else State.UNKNOWN
        return Health(state, f"keypad {address} was last heard {round(ago_s / 60)} minutes ago")

    def close(self) -> None:
        self._codec.clear()
        self._tap.close()

    def _wrong(self) -> Health | None:
        """What is wrong with the line as a whole. Polled keypads may share it with others, whose answers are not
        theirs: there each is judged by what came when it was asked."""
        trouble = self._tap.trouble()
        if trouble is not None:
            return Health(State(trouble.code), trouble.detail)
        if not self._codec.polled and self._codec.nonsense - self._nonsense >= GARBLED_AFTER:
            return Health(State.GARBLED, f"{self.name}: what comes is in no known frame")
        return None

    def _listen(self, timeout_s: float) -> None:
        data = self._tap.read(timeout_s)
        self._note_opening()
        if data:
            before = self._codec.nonsense
            self._take(self._codec.feed(data))
            if self._codec.nonsense != before:
                now = self._clock()
                self._debouncer.noise(now)
                if now - self._noise_at > QUIET_S:
                    self._nonsense = before
                self._noise_at = now

    def _ask_round(self, deadline: Deadline) -> None:
        due = self._rota.due(time.monotonic())
        # Waiting is reading: a line that is lost meanwhile is noticed, and an answer that came late still counts.
        late = self._tap.read(0.0 if due else min(self._rota.next_s(time.monotonic()), deadline.left))
        self._note_opening()
        self._take(self._codec.feed(late))
        for address in due:
            reports: list[Report] = []

            def answered(came: bytes, address: int = address, reports: list[Report] = reports) -> bool:
                self._codec.clear()
                reports[:] = self._codec.feed(came)
                return any(report.address == address for report in reports)

            came = self._tap.ask(self._codec.poll(address), answered, self._answer_s)
            self._codec.clear()
            self._note_opening()
            here = any(report.address == address for report in reports)
            self._take(reports)
            self._rota.asked(address, time.monotonic(), answered=here, nonsense=bool(came and not reports))
            if self._rota.dead(address):
                self._present.discard(address)
            if came and not reports:
                self._debouncer.noise(self._clock())
            if self._presses or deadline.passed:
                return

    def _note_opening(self) -> None:
        if self._tap.opened != self._opened:
            self._opened = self._tap.opened
            self._codec.clear()
            self._entry.forget()
            self._heard.clear()
            self._present.clear()
            self._debouncer.opened(self._clock() - (time.monotonic() - self._tap.opened_at))

    def _take(self, reports: list[Report]) -> None:
        now = self._clock()
        for report in reports:
            if self._known and report.address not in self._known:
                continue
            self._heard[report.address], self._nonsense = now, self._codec.nonsense
            if self._codec.polled and report.address not in self._present:
                # It keeps keys until it is asked: those from before are not to be done now.
                self._present.add(report.address)
                self._debouncer.opened(now, report.address)
            if report.code is None:
                continue
            if report.code == 0:
                self._debouncer.up(report.address)
                continue
            meaning = self._keys.get(report.code)
            if meaning is None:
                continue
            if self._debouncer.down(report.address, report.code, now, digit=isinstance(meaning, int)):
                press, echo = self._entry.key(report.address, meaning, now)
                if press is not None:
                    self._presses.append(press)
                if echo is not None:
                    with contextlib.suppress(DeviceError):  # the next read tells it
                        self.show(report.address, echo)


def open_keypads(address: Address, timeout_s: float) -> SerialKeypads:
    address.only(*LINE_OPTIONS, *OPTIONS)
    module, _, name = PROTOCOLS[address.choice("protocol", PROTOCOLS, "ascii")].partition(":")
    codec: Codec = getattr(import_module(module), name)()
    known = addresses(address, codec.highest)
    if codec.polled and not known:
        raise address.bad("protocol=polled needs to know whom to ask, as in addresses=1-4")
    return SerialKeypads(
        share_line(address, timeout_s, baud=BAUD),
        codec,
        keymap(address),
        known,
        gap_s=address.whole("gap_ms", range(100, 5001), round(GAP_S * 1000)) / 1000,
        poll_s=address.whole("poll_ms", range(20, 2001), round(POLL_S * 1000)) / 1000,
        answer_s=min(address.number("answer_s", 0.02, 2, ANSWER_S), timeout_s),
    )
