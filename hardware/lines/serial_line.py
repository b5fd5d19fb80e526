"""Serial lines behind a device file, through pyserial."""

from __future__ import annotations

import contextlib
import time

import serial

from hardware.deadline import Deadline
from hardware.lines.reopening import BROKEN, Connection, ReopeningLine

PARITIES = {"none": serial.PARITY_NONE, "even": serial.PARITY_EVEN, "odd": serial.PARITY_ODD}
CHUNK = 4096
DRAIN_S = 0.5
POLL_S = 0.005


class SerialLine(ReopeningLine):
    """The line at `path`, used by no other program at the same time; eight data bits, one stop bit."""

    def __init__(self, path: str, baud: int, parity: str, timeout_s: float) -> None:
        def connect() -> Connection:
            return _Port(
                serial.Serial(
                    path,
                    baudrate=baud,
                    parity=PARITIES[parity],
                    timeout=timeout_s,
                    write_timeout=timeout_s,
                    exclusive=True,
                )
            )

        super().__init__(path, connect, timeout_s)


class _Port:
    def __init__(self, port: serial.Serial) -> None:
        self._port = port

    def read(self, timeout_s: float) -> bytes:
        if self._port.timeout != timeout_s:  # pyserial configures the whole line anew
            self._port.timeout = timeout_s
        first = self._port.read(1)
        if not first:
            return b""
        waiting = min(self._port.in_waiting, CHUNK)
        return bytes(first + self._port.read(waiting)) if waiting else bytes(first)

    def write(self, data: bytes) -> None:
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise TimeoutError(str(error)) from error

    def wake(self) -> None:
        self._port.cancel_read()

    def close(self) -> None:
        # The last frame may still be on its way; but closing would wait half a minute for a line that is held.
        deadline = Deadline.after(DRAIN_S)
        with contextlib.suppress(*BROKEN):
            while self._port.out_waiting and not deadline.passed:
                time.sleep(POLL_S)
            if self._port.out_waiting:
                self._port.reset_output_buffer()
        self._port.close()
