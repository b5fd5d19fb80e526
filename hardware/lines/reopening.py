"""What every line does when it is lost: tell it once, close it safely, and open it again when it is next used.

One thread may read while others write and yet another closes: a connection is closed by whoever uses it last, so that
nobody reads from a file that is somebody else's by then.
"""

from __future__ import annotations

import contextlib
import errno
import os
import termios
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from hardware.errors import Code, DeviceError

REOPEN_S = 1.0
"""A line that was lost, or could not be opened, is looked for this often, not at every call."""
LEAVE_S = 1.0
"""How long `close` waits for those who are just using the line; they are woken."""
BROKEN = (OSError, termios.error, TypeError, ValueError)
"""What a line raises when it breaks; pyserial the last two where it was closed by another thread."""


class Connection(Protocol):
    """An open line. Any error in `BROKEN` means that it is lost; TimeoutError in `write` that it takes no data."""

    def read(self, timeout_s: float) -> bytes: ...

    def write(self, data: bytes) -> None: ...

    def wake(self) -> None:
        """Break off a `read` of another thread."""

    def close(self) -> None: ...


@dataclass(slots=True)
class _Held:
    connection: Connection
    users: int = 0
    given_up: bool = False


class ReopeningLine:
    """A `hardware.lines.Line` over connections that `connect` makes; `patience_s`: the longest that takes."""

    def __init__(self, name: str, connect: Callable[[], Connection], patience_s: float) -> None:
        self.name = name
        self.opened = 0
        self.opened_at = 0.0
        """By the monotonic clock."""
        self._connect = connect
        self._patience_s = patience_s
        self._held: _Held | None = None
        self._opening = False
        self._closings = 0
        self._failure: DeviceError | None = None
        self._next_try = 0.0
        self._changed = threading.Condition()

    @property
    def failure(self) -> DeviceError | None:
        """Why the line is not open, if it was lost or could not be opened."""
        with self._changed:
            return None if self._held or self._failure is None else self._failure_again()

    def read(self, timeout_s: float) -> bytes:
        with self._use(timeout_s) as connection:
            return connection.read(timeout_s)

    def write(self, data: bytes) -> None:
        with self._use(0.0) as connection:
            connection.write(data)

    def close(self) -> None:
        with self._changed:
            self._closings += 1
            held, self._held = self._held, None
            self._failure, self._next_try = None, 0.0
            if held is not None:
                self._give_up(held)
            self._changed.notify_all()
            if held is not None:
                self._changed.wait_for(lambda: not held.users, LEAVE_S)

    @contextlib.contextmanager
    def _use(self, wait_s: float) -> Iterator[Connection]:
        held = self._take(wait_s)
        try:
            yield held.connection
        except TimeoutError as error:
            raise self._lost(held, Code.TIMEOUT, f"{self.name} takes no data") from error
        except BROKEN as error:
            raise self._lost(held, Code.OFFLINE, f"{self.name} was lost: {error}") from error
        finally:
            with self._changed:
                held.users -= 1
                if held.given_up and not held.users:
                    _shut(held.connection)
                    self._changed.notify_all()

    def _take(self, wait_s: float) -> _Held:
        """The open line, opened if need be. After a failure a reader waits until it is time to try again, a writer is
        told at once; while one thread tries, the others do not."""
        with self._changed:
            closings = self._closings
            if self._held is None and self._failure is not None:
                self._changed.wait_for(lambda: self._held or closings != self._closings, self._pause(wait_s))
            if self._opening:
                patience_s = wait_s if self._failure else self._patience_s
                self._changed.wait_for(lambda: not self._opening or closings != self._closings, patience_s)
            if self._held is not None:
                self._held.users += 1
                return self._held
            if closings != self._closings or self._opening:
                raise self._failure_again()
            if self._next_try > time.monotonic():
                raise self._failure_again()
            self._opening = True
        try:
            connection = self._connect()
        except BROKEN as error:
            with self._changed:
                self._failure = DeviceError(_code_of(error), f"{self.name} cannot be opened: {_words(error)}")
                self._next_try = time.monotonic() + REOPEN_S
                raise self._failure_again() from error
        else:
            with self._changed:
                held = _Held(connection, users=1)
                self.opened += 1
                self.opened_at = time.monotonic()
                if closings == self._closings:
                    self._held, self._failure = held, None
                else:  # closed meanwhile: for this one call only
                    held.given_up = True
                return held
        finally:
            with self._changed:
                self._opening = False
                self._changed.notify_all()

    def _pause(self, wait_s: float) -> float:
        return max(min(self._next_try - time.monotonic(), wait_s), 0.0)

    def _failure_again(self) -> DeviceError:
        """A fresh one each time: an exception that is raised twice drags its first way along."""
        if self._failure is None:
            return DeviceError(Code.OFFLINE, f"{self.name} is being opened or was closed")
        return DeviceError(self._failure.code, self._failure.detail)

    def _lost(self, held: _Held, code: Code, detail: str) -> DeviceError:
        with self._changed:
            if self._held is held:
                self._held = None
                self._next_try = time.monotonic() + REOPEN_S
                self._failure = DeviceError(code, detail)
            self._give_up(held)
        return DeviceError(code, detail)

    def _give_up(self, held: _Held) -> None:
        if held.given_up:
            return
        held.given_up = True
        with contextlib.suppress(*BROKEN, AttributeError):
            held.connection.wake()
        if not held.users:
            _shut(held.connection)


def _shut(connection: Connection) -> None:
    with contextlib.suppress(*BROKEN, AttributeError):
        connection.close()


def _code_of(error: Exception) -> Code:
    return Code.NOT_PERMITTED if getattr(error, "errno", None) in {errno.EPERM, errno.EACCES} else Code.OFFLINE


def _words(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number in {errno.EAGAIN, errno.EBUSY}:
        return "it is in use by another program, or here under another name"
    return os.strerror(number) if number and number > 0 else str(error)
