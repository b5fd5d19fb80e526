"""The loudspeaker behind a file or pipe that takes raw samples: for other sound systems and for measuring."""

from __future__ import annotations

import errno
import os
import select
import stat
import time

from hardware.address import Address
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.speakers.raw import raw
from hardware.speakers.volume import scaled
from hardware.voices.sound import RATE, Clip, at_rate

RATES = range(8_000, 96_001)


class PcmSpeaker:
    """Appends 16-bit little-endian mono samples, `rate` a second, to the file or named pipe `path`. A pipe that nobody
    reads is a speaker that is not heard."""

    def __init__(self, path: str, rate: int, timeout_s: float) -> None:
        self.name = f"pcm://{path}"
        self._path = path
        self._rate = rate
        self._timeout_s = timeout_s
        self._health = Health(State.UNKNOWN, f"pcm://{path} has not been written to yet")

    def play(self, clip: Clip, *, volume: float = 1.0) -> None:
        """See Speaker.play. A file takes the samples at once; a pipe as fast as its reader."""
        try:
            self._write(raw(scaled(at_rate(clip, self._rate), volume)), clip.seconds + self._timeout_s)
        except DeviceError as error:
            self._health = Health(State(error.code), error.detail)
            raise
        self._health = Health(State.READY)

    def health(self) -> Health:
        """How the last clip went."""
        return self._health

    def close(self) -> None:
        """Nothing is held between two clips."""

    def _write(self, data: bytes, limit_s: float) -> None:
        until = time.monotonic() + limit_s
        # Not blocking: a pipe without a reader would hold the opener for ever.
        flags = os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK | os.O_CLOEXEC
        if not self._path.startswith("/dev/"):
            flags |= os.O_CREAT
        try:
            file = os.open(self._path, flags, 0o640)
        except OSError as error:
            raise self._failed(error) from error
        try:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                self._pour(file, data, until)
                return
            while data:
                data = data[os.write(file, data) :]
        except OSError as error:
            raise self._failed(error) from error
        finally:
            os.close(file)

    def _pour(self, file: int, data: bytes, until: float) -> None:
        while data:
            left_s = until - time.monotonic()
            if left_s <= 0 or not select.select((), (file,), (), left_s)[1]:
                raise DeviceError(Code.NO_SOUND, f"{self.name}: its reader takes no more samples")
            try:
                data = data[os.write(file, data) :]
            except BlockingIOError:
                continue

    def _failed(self, error: OSError) -> DeviceError:
        if error.errno in (errno.EACCES, errno.EPERM):
            return DeviceError(Code.NOT_PERMITTED, f"{self.name}: {error.strerror}")
        if error.errno == errno.ENXIO:
            return DeviceError(Code.NO_SOUND, f"{self.name}: nobody reads the pipe")
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EISDIR, errno.ENOTDIR):
            return DeviceError(Code.CANNOT_WRITE, f"{self.name}: {error.strerror}")
        return DeviceError(Code.NO_SOUND, f"{self.name}: {error.strerror}")


def open_speaker(address: Address, timeout_s: float) -> PcmSpeaker:
    """The speaker of `pcm:///FILE-OR-FIFO?rate=22050`."""
    address.only("rate")
    return PcmSpeaker(address.device_file(), address.whole("rate", RATES, RATE), timeout_s)
