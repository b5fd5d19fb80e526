"""Serial lines behind a serial server on the network that passes bytes on as they are (raw TCP)."""

from __future__ import annotations

import contextlib
import select
import socket

from hardware.deadline import Deadline
from hardware.lines.reopening import Connection, ReopeningLine

CHUNK = 4096
VANISHED_S = 10
"""A server that lost its power says nothing: after so long without a sign of life the connection is lost."""


class TcpLine(ReopeningLine):
    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        def connect() -> Connection:
            return _Socket(socket.create_connection((host, port), timeout_s), timeout_s)

        super().__init__(f"[{host}]:{port}" if ":" in host else f"{host}:{port}", connect, timeout_s)


class _Socket:
    """Non-blocking, because a socket's own timeout would be one for all threads."""

    def __init__(self, connected: socket.socket, timeout_s: float) -> None:
        self._socket = connected
        self._timeout_s = timeout_s
        connected.setblocking(False)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, VANISHED_S // 2)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 2)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 2)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, VANISHED_S * 1000)

    def read(self, timeout_s: float) -> bytes:
        if not self._ready(select.POLLIN, timeout_s):
            return b""
        try:
            data = self._socket.recv(CHUNK)
        except BlockingIOError:
            return b""
        if not data:
            raise ConnectionResetError("closed by the other end")
        return data

    def write(self, data: bytes) -> None:
        # The first write after the other end has closed would seem to succeed; those who never read would not notice.
        if self._ready(select.POLLRDHUP, 0.0):
            raise ConnectionResetError("closed by the other end")
        deadline = Deadline.after(self._timeout_s)
        rest = memoryview(data)
        while rest:
            if not self._ready(select.POLLOUT, deadline.left):
                raise TimeoutError("takes no data")
            with contextlib.suppress(BlockingIOError):
                rest = rest[self._socket.send(rest) :]

    def wake(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._socket.close()

    def _ready(self, event: int, timeout_s: float) -> bool:
        poll = select.poll()
        poll.register(self._socket, event)
        return bool(poll.poll(max(timeout_s, 0.0) * 1000))
