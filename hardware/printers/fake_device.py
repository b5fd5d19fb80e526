"""The inside of a simulated ESC/POS printer: bytes go in, status bytes come out, faults can be switched on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

RASTER_HEAD = b"\x1dv0"
RASTER_HEAD_SIZE = 8
QUERY = b"\x10\x04"
QUERY_SIZE = 3


@dataclass
class Faults:
    """Switches; any thread may turn them while the printer works.

    `mute`: status queries get no answer, as with many cheap printers. `hang_after`: the printer stops reading once a
    connection has brought so many bytes. `paper_out_after`: so many bytes into a connection the paper ends.
    """

    paper_out: bool = False
    paper_near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter: bool = False
    mute: bool = False
    hang_after: int | None = None
    paper_out_after: int | None = None


@dataclass
class FakeDevice:
    """One printer's state over all its connections. `jobs`: the bytes of each ended transmission that printed."""

    faults: Faults = field(default_factory=Faults)
    jobs: list[bytes] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def begin(self) -> Transmission:
        return Transmission(self)

    def wait_for_jobs(self, count: int, timeout_s: float = 5.0) -> list[bytes]:
        """The jobs once there are `count` of them; TimeoutError if that does not happen in time."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.jobs) >= count, timeout_s):
                raise TimeoutError(f"{len(self.jobs)} of {count} jobs came within {timeout_s} s")
            return list(self.jobs)

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


class Transmission:
    """One connection's bytes. Pictures are skipped over, because their dots may look like a query."""

    def __init__(self, device: FakeDevice) -> None:
        self._device = device
        self._data = bytearray()
        self._at = 0
        self._prints = False

    @property
    def hangs(self) -> bool:
        limit = self._device.faults.hang_after
        return limit is not None and len(self._data) >= limit

    def feed(self, data: bytes) -> bytes:
        """Take bytes; the answers to the queries among them."""
        self._data += data
        limit = self._device.faults.paper_out_after
        if limit is not None and len(self._data) >= limit:
            self._device.faults.paper_out = True
        answers = bytearray()
        while self._at < len(self._data):
            step, answer = self._step()
            if step == 0:
                break
            self._at += step
            answers += answer
        return b"" if self._device.faults.mute else bytes(answers)

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
