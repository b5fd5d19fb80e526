"""One line for several drivers: displays and keypads often hang on the same two wires (RS-485), one speaking at a time.

All drivers of this process that name the same place share one open line. Each has its tap: what comes in reaches every
tap, and whoever writes has the line to itself until the answer has come and a pause has passed.
"""

from __future__ import annotations

import contextlib
import threading
import time
import weakref
from collections.abc import Callable, Iterator

from hardware.address import Address
from hardware.deadline import Deadline
from hardware.errors import DeviceError
from hardware.lines import ReopeningLine, open_line, place_of

BITS_PER_BYTE = 10
PAUSE_BYTES = 4
"""Devices tell frames apart by a silence of 3.5 bytes (Modbus RTU)."""
PAUSE_S = 0.004
"""The least pause: an RS-485 adapter needs some milliseconds to turn round."""
KEPT = 4096
"""Bytes kept for a driver that does not read: enough for any answer, little enough to be fresh."""


class Bus:
    """The line at one place, and whose turn it is. `speed` in baud tells how long a frame is on its way."""

    def __init__(self, line: ReopeningLine, speed: int, parity: str = "none") -> None:
        self.line = line
        self.settings = (speed, parity)
        self.byte_s = BITS_PER_BYTE / speed
        self._gate = threading.Lock()
        self._turn = threading.Lock()
        self._holder: int | None = None
        self._quiet_from = 0.0
        self._arrived = threading.Condition()
        self._reading = False
        self._taps: set[Tap] = set()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """The line for oneself; what is written within begins after a pause. May be nested.

        Whoever waits holds the gate, so that one who has just had the line cannot take it again first: a call does not
        wait for a whole round of keypads.
        """
        me = threading.get_ident()
        if self._holder == me:
            yield
            return
        with self._gate:
            self._turn.acquire()
        self._holder = me
        try:
            yield
        finally:
            self._holder = None
            self._turn.release()

    def write(self, data: bytes) -> float:
        """Hand over one frame; returns the seconds until its last byte is out."""
        with self.turn():
            pause = self._quiet_from - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            self.line.write(data)
            out_s = len(data) * self.byte_s
            self._quiet_from = time.monotonic() + out_s + max(PAUSE_S, PAUSE_BYTES * self.byte_s)
            return out_s

    def read(self, tap: Tap, timeout_s: float) -> bytes:
        """What came for `tap`. Of those who wait one reads the line, for all."""
        deadline = Deadline.after(timeout_s)
        while True:
            with self._arrived:
                if tap.came:
                    data = bytes(tap.came)
                    tap.came.clear()
                    return data
                if self._reading:
                    if deadline.passed:
                        return b""
                    self._arrived.wait(deadline.left)
                    continue
                self._reading = True
            data = b""
            try:
                data = self.line.read(deadline.left)
            finally:
                # Handed out before the next one may read: what comes later may not overtake it.
                with self._arrived:
                    for each in self._taps:
                        each.came += data
                        del each.came[:-KEPT]
                    self._reading = False
                    self._arrived.notify_all()
            if not data and deadline.passed:
                return b""

    def trouble(self) -> DeviceError | None:
        """Nothing notices a line's loss unless it is used: where nobody reads just now, this does."""
        with self._arrived:
            if self._reading:
                return self.line.failure
        try:
            self.read(Tap(self), 0.0)
        except DeviceError as error:
            return error
        return None

    def join(self, tap: Tap) -> None:
        with self._arrived:
            self._taps.add(tap)

    def leave(self, tap: Tap) -> None:
        with self._arrived:
            self._taps.discard(tap)
            tap.came.clear()
            last = not self._taps
        if last:
            self.line.close()

    @property
    def in_use(self) -> bool:
        return bool(self._taps)


class Tap:
    """One driver's hold on a shared line; a `hardware.lines.Line`. Closed, it takes hold again when next used; the line
    itself is closed with its last tap."""

    def __init__(self, bus: Bus) -> None:
        self.came = bytearray()
        self._bus = bus

    @property
    def name(self) -> str:
        return self._bus.line.name

    @property
    def opened(self) -> int:
        return self._bus.line.opened

    @property
    def opened_at(self) -> float:
        return self._bus.line.opened_at

    def read(self, timeout_s: float) -> bytes:
        self._bus.join(self)
        return self._bus.read(self, timeout_s)

    def write(self, data: bytes) -> None:
        self._bus.join(self)
        self._bus.write(data)

    def ask(self, data: bytes, whole: Callable[[bytes], bool], wait_s: float) -> bytes:
        """Write `data`, and all that comes until `whole` holds of it or `wait_s` seconds after the last byte went out.
        Nobody else writes meanwhile. Raises DeviceError."""
        self._bus.join(self)
        with self._bus.turn():
            self.came.clear()
            deadline = Deadline.after(self._bus.write(data) + wait_s)
            answer = b""
            while not (answer and whole(answer)) and not deadline.passed:
                answer += self._bus.read(self, deadline.left)
            return answer

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Several frames in one go: nobody else writes in between."""
        with self._bus.turn():
            yield

    def trouble(self) -> DeviceError | None:
        """What is wrong with the line, None if it is open; what comes meanwhile is kept."""
        self._bus.join(self)
        return self._bus.trouble()

    def close(self) -> None:
        self._bus.leave(self)


_BUSES: weakref.WeakValueDictionary[str, Bus] = weakref.WeakValueDictionary()
_LOCK = threading.Lock()


def share_line(address: Address, timeout_s: float, *, baud: int) -> Tap:
    """A tap on the line of a URL, which every driver in this process that names the same place shares. The first one's
    `timeout_s` holds. Raises DeviceError `bad-url` if another driver uses it with another speed or parity."""
    place, speed, parity = place_of(address), address.baud(baud), address.text("parity", "none")
    line = open_line(address, timeout_s, baud=baud)
    with _LOCK:
        bus = _BUSES.get(place)
        if bus is not None and bus.settings != (speed, parity):
            if bus.in_use:
                used = "{} baud, parity {}".format(*bus.settings)
                raise address.bad(f"another device shares this line at {used}; all on one line need the same")
            bus = None
        if bus is None:
            bus = _BUSES[place] = Bus(line, speed, parity)
        return Tap(bus)
