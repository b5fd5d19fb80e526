"""A simulated serial server on a real socket of this machine: takes one connection at a time and passes bytes on."""

from __future__ import annotations

import contextlib
import select
import socket
import threading

from hardware.lines.fake import TICK_S, Answer, FarEnd

HOST = "127.0.0.1"


class FakeTcpLine(FarEnd):
    """Listens on 127.0.0.1; a newer connection takes the place of the older one, as on most serial servers.

    `dead`: like a server whose power went: the connection stands, but nothing is taken and nothing comes.
    """

    def __init__(self, answer: Answer | None = None) -> None:
        self.port = 0
        self.dead = threading.Event()
        self._listening: socket.socket | None = None
        self._connected: socket.socket | None = None
        super().__init__(answer, "on tcp")

    @property
    def place(self) -> str:
        return f"{HOST}:{self.port}"

    def plug(self) -> None:
        """Take connections (again), at the same port."""
        with self._lock:
            if self._listening is not None:
                return
            server = socket.socket()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.bind((HOST, self.port))
            server.listen(4)
            self.port = server.getsockname()[1]
            self._listening = server

    def unplug(self) -> None:
        """Break the connection off and refuse others."""
        with self._lock:
            for each in (self._connected, self._listening):
                if each is not None:
                    with contextlib.suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)
                    each.close()
            self._connected = self._listening = None

    def send(self, data: bytes) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._connected is not None and not self.dead.is_set():
                self._connected.sendall(self.garble(data) if self.garble else data)

    def _take(self) -> bytes:
        with self._lock:
            open_now = [each for each in (self._listening, self._connected) if each is not None]
        if not open_now or self.dead.is_set():
            self._stopping.wait(TICK_S)
            return b""
        try:
            ready = select.select(open_now, (), (), TICK_S)[0]
        except (OSError, ValueError):  # broken off meanwhile
            return b""
        with self._lock:
            if self._listening is not None and self._listening in ready:
                if self._connected is not None:
                    self._connected.close()
                self._connected = self._listening.accept()[0]
                self._connected.settimeout(1.0)
            elif self._connected is not None and self._connected in ready:
                return self._received(self._connected)
        return b""

    def _received(self, connected: socket.socket) -> bytes:
        try:
            data = connected.recv(4096)
        except OSError:
            data = b""
        if not data:
            connected.close()
            self._connected = None
        return data
