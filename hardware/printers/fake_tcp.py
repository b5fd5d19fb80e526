"""A simulated network printer on a real socket of this machine, for tests and demonstrations of the real driver."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from types import TracebackType

from hardware.printers.fake_device import FakeDevice

HOST = "127.0.0.1"
BUFFER = 2048
"""Bytes the kernel holds for the printer; small, as in a real one, so that a hang is felt by the sender."""

TICK_S = 0.02
RESET = struct.pack("ii", 1, 0)


class FakeTcpPrinter:
    """Listens on 127.0.0.1 as a printer does on port 9100, one connection at a time.

    with FakeTcpPrinter() as printer:
        open_printer(printer.url).print_slip(slip)
        job, = printer.device.wait_for_jobs(1)
    """

    def __init__(self, port: int = 0, device: FakeDevice | None = None) -> None:
        self.device = device or FakeDevice()
        self._stopping = threading.Event()
        self._unplugged = threading.Event()
        self._listening: socket.socket | None = None
        self.port = port
        self.listen()
        self._thread = threading.Thread(target=self._serve, name=f"fake printer {self.port}", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"escpos+tcp://{HOST}:{self.port}"

    def listen(self) -> None:
        """Take connections (again)."""
        if self._listening is None:
            server = socket.socket()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
            server.bind((HOST, self.port))
            server.listen(8)
            self.port = server.getsockname()[1]
            self._unplugged.clear()
            self._listening = server

    def refuse(self) -> None:
        """Refuse connections, as a printer that is switched off, until `listen`."""
        server, self._listening = self._listening, None
        if server is not None:
            # Wakes a thread waiting for it; closing alone would leave the port open for one more connection.
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()

    def unplug(self) -> None:
        """Pull the cable: the connection there is breaks, and no other is taken until `listen`."""
        self.refuse()
        self._unplugged.set()

    def close(self) -> None:
        self._stopping.set()
        self._thread.join(5)
        self.refuse()

    def __enter__(self) -> FakeTcpPrinter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            server = self._listening
            try:
                if server is None or not select.select((server,), (), (), TICK_S)[0]:
                    self._stopping.wait(TICK_S if server is None else 0)
                    continue
                connected, _ = server.accept()
            except (OSError, ValueError):
                # The listening socket was closed under us by `refuse`.
                continue
            with connected:
                self._take(connected)

    def _take(self, connected: socket.socket) -> None:
        transmission = self.device.begin()
        with contextlib.suppress(OSError):
            while not self._stopping.is_set():
                if self._unplugged.is_set():
                    connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    break
                if answer := transmission.answers.take():
                    connected.sendall(answer)
                if transmission.hangs:
                    self._stopping.wait(TICK_S)
                    if _is_dead(connected):
                        break
                    continue
                if not select.select((connected,), (), (), TICK_S)[0]:
                    continue
                data = connected.recv(1024)
                if not data:
                    break
                transmission.feed(data)
                if answer := transmission.answers.take():
                    connected.sendall(answer)
        transmission.end()


def _is_dead(connected: socket.socket) -> bool:
    """True once the sender has broken the connection off, while its data stay unread."""
    poll = select.poll()
    poll.register(connected, select.POLLERR | select.POLLHUP)
    return bool(poll.poll(0))
