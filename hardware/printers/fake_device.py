"""The inside of a simulated ESC/POS printer: bytes go in, status bytes come out, faults can be switched on."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

RASTER_HEAD = b"\x1dv0"
RASTER_HEAD_SIZE = 8
QUERY = b"\x10\x04"
QUERY_SIZE = 3
GARBAGE = b"\xc3\x12\x55\xff"
"""No printer's status, though one byte of it could be."""


@dataclass
class Faults:
    """Switches; any thread may turn them while the printer works.

    `mute`: status queries get no answer, as with many cheap printers. `hang_after`: the printer stops reading once a
    connection has brought so many bytes. `paper_out_after`: so many bytes into a connection the paper ends. `late_s`:
    answers come so many seconds late. `garbage`: in place of answers comes noise.
    """

    paper_out: bool = False
    paper_near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter: bool = False
    mute: bool = False
    garbage: bool = False
    late_s: float = 0.0
    hang_after: int | None = None
    paper_out_after: int | None = None


@dataclass
class FakeDevice:
    """One printer's state over all its connections. `jobs`: the bytes of each ended transmission that printed;
    `received`: how many bytes it has taken in all."""

    faults: Faults = field(default_factory=Faults)
    jobs: list[bytes] = field(default_factory=list)
    received: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def begin(self, answers: Answers | None = None) -> Transmission:
        """A new connection; `answers`: those of a line that outlives its connections."""
        return Transmission(self, answers or Answers())

    def wait_for_jobs(self, count: int, timeout_s: float = 5.0) -> list[bytes]:
        """The jobs once there are `count` of them; TimeoutError if that does not happen in time."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.jobs) >= count, timeout_s):
                raise TimeoutError(f"{len(self.jobs)} of {count} jobs came within {timeout_s} s")
            return list(self.jobs)

    def wait_for_bytes(self, count: int, timeout_s: float = 5.0) -> None:
        """Until `count` bytes have come in all; TimeoutError if they do not come in time."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.received >= count, timeout_s):
                raise TimeoutError(f"{self.received} of {count} bytes came within {timeout_s} s")

    def reply(self, which: int) -> bytes:
        """One byte as the command DLE EOT `which` is answered."""
        faults = self.faults
        stopped = faults.offline or faults.cover_open or faults.paper_out or faults.cutter
        flags = {
            1: 0x08 * stopped,
            2: 0x04 * faults.cover_open | 0x20 * faults.paper_out | 0x40 * faults.cutter,
            3: 0x08 * faults.cutter,
            4: 0x0C * (faults.paper_near_end or faults.paper_out) | 0x60 * faults.paper_out,
        }
        return bytes((0x12 | flags[which],)) if which in flags else b""


class Answers:
    """What is on its way back to the driver, each with the moment at which it arrives."""

    def __init__(self) -> None:
        self._due: list[tuple[float, bytes]] = []

    def put(self, answer: bytes, late_s: float) -> None:
        self._due.append((time.monotonic() + late_s, answer))

    def take(self) -> bytes:
        """What has arrived by now."""
        now = time.monotonic()
        arrived = b"".join(answer for due, answer in self._due if due <= now)
        self._due = [entry for entry in self._due if entry[0] > now]
        return arrived


class Transmission:
    """One connection's bytes. Pictures are skipped over, because their dots may look like a query."""

    def __init__(self, device: FakeDevice, answers: Answers) -> None:
        self.answers = answers
        self._device = device
        self._data = bytearray()
        self._at = 0
        self._prints = False

    @property
    def hangs(self) -> bool:
        limit = self._device.faults.hang_after
        return limit is not None and len(self._data) >= limit

    def feed(self, data: bytes) -> None:
        """Take bytes; the answers to the queries among them go to `answers`."""
        self._data += data
        with self._device.changed:
            self._device.received += len(data)
            self._device.changed.notify_all()
        limit = self._device.faults.paper_out_after
        if limit is not None and len(self._data) >= limit:
            self._device.faults.paper_out = True
        while self._at < len(self._data):
            step, answer = self._step()
            if step == 0:
                break
            self._at += step
            faults = self._device.faults
            if answer and not faults.mute:
                self.answers.put(GARBAGE if faults.garbage else answer, faults.late_s)

    def end(self) -> None:
        """The connection is closed; what printed becomes a job."""
        if self._prints:
            with self._device.changed:
                self._device.jobs.append(bytes(self._data))
                self._device.changed.notify_all()

    def _step(self) -> tuple[int, bytes]:
        """How many bytes the next command has, 0 if it is not complete yet, and its answer."""
        rest = memoryview(self._data)[self._at : self._at + RASTER_HEAD_SIZE]
        head = bytes(rest)
        rest.release()
        if head.startswith(QUERY[: len(head)]):
            return (QUERY_SIZE, self._device.reply(head[2])) if len(head) >= QUERY_SIZE else (0, b"")
        # NUL alone prints nothing; it only fills up a picture broken off before.
        self._prints = self._prints or head[0] != 0
        if head.startswith(RASTER_HEAD[: len(head)]):
            if len(head) < RASTER_HEAD_SIZE:
                return 0, b""
            size = int.from_bytes(head[4:6], "little") * int.from_bytes(head[6:8], "little")
            whole = RASTER_HEAD_SIZE + size
            return (whole if self._at + whole <= len(self._data) else 0), b""
        return 1, b""
