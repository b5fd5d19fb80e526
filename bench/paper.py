"""A network printer that notes when the bytes of a ticket come, in a process of its own.

It answers status queries as a printer that is well, and takes what comes as fast as the network gives it.
"""

from __future__ import annotations

import base64
import queue
import socket
import threading
import time
from dataclasses import dataclass, field

from .child import Ask, say, serve

STATUS = b"\x10\x04"
WELL = b"\x12"
BUFFER = 4096
"""Bytes that the printer holds, as small ones do: a ticket does not fit at once."""


@dataclass
class Ticket:
    """`first`, `last`: when its first and its last byte came (perf_counter)."""

    first: float
    data: bytearray = field(default_factory=bytearray)
    last: float = 0.0


def length(data: bytes) -> int:
    """Bytes of the command that `data` begins with; 0 while it is not known or not a command of a ticket."""
    match data[:2]:
        case b"\x10\x04" | b"\x1bd" | b"\x1dV":
            size = 3
        case b"\x1b@":
            size = 2
        case b"\x1dv" if len(data) >= 8:
            size = 8 + int.from_bytes(data[4:6], "little") * int.from_bytes(data[6:8], "little")
        case _:
            return 0
    return size if len(data) >= size else 0


class Paper:
    """Listens on a free port; `tickets` gets each when its cut has come."""

    def __init__(self) -> None:
        self.tickets: queue.SimpleQueue[Ticket] = queue.SimpleQueue()
        self._listening = socket.socket()
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen()
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            connected, _ = self._listening.accept()
            with connected:
                self._take(connected)

    def _take(self, connected: socket.socket) -> None:
        buffer = bytearray()
        ticket: Ticket | None = None
        while data := connected.recv(BUFFER):
            now = time.perf_counter()
            buffer += data
            while size := length(bytes(buffer)):
                command = bytes(buffer[:size])
                del buffer[:size]
                if command.startswith(STATUS):
                    connected.sendall(WELL)
                    continue
                ticket = ticket or Ticket(now)
                ticket.data += command
                if command.startswith(b"\x1dV"):
                    ticket.last = now
                    self.tickets.put(ticket)
                    ticket = None


def main() -> None:
    """Say the port, then hand out a ticket whenever asked: {"wait_s": n}."""
    paper = Paper()

    def taken(wait_s: float) -> Ask:
        try:
            ticket = paper.tickets.get(timeout=wait_s)
        except queue.Empty:
            return {"data": ""}
        return {"first": ticket.first, "last": ticket.last, "data": base64.b64encode(ticket.data).decode()}

    say({"port": paper.port})
    serve(taken)


if __name__ == "__main__":
    main()
