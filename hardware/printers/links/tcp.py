"""Printers on the network, by the raw port that nearly all of them have (9100)."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import select
import socket
import struct
import termios
import threading
import time

from hardware.address import Address
from hardware.deadline import Deadline
from hardware.printers.address import profile_of
from hardware.printers.errors import Code, PrinterError
from hardware.printers.escpos import EscposPrinter

RAW_PORT = 9100
POLL_S = 0.002


def open_printer(address: Address, timeout_s: float) -> EscposPrinter:
    profile = profile_of(address)
    if not address.host:
        raise address.bad("a host is missing")
    if address.path not in {"", "/"}:
        raise address.bad("a network printer has no path")
    return EscposPrinter(TcpLink(address.host, address.port or RAW_PORT), profile, timeout_s)


class TcpLink:
    """A printer's address on the network."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self.name = f"printer {host}:{port}"

    def transfer_s(self, size: int) -> float:
        return 0.0

    def open(self, deadline: Deadline) -> TcpConnection:
        try:
            at = (_resolve(self._host, deadline), self._port)
            connected = socket.create_connection(at, timeout=max(deadline.left, 0.001))
        except TimeoutError as error:
            raise PrinterError(Code.TIMEOUT, f"{self.name} did not take the connection in time") from error
        except OSError as error:
            raise PrinterError(Code.OFFLINE, f"{self.name} cannot be reached: {error}") from error
        connected.setblocking(False)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return TcpConnection(connected, self.name)


class TcpConnection:
    two_way = True
    remembers = False

    def __init__(self, connected: socket.socket, name: str) -> None:
        self._socket = connected
        self._name = name

    def write(self, data: bytes, deadline: Deadline) -> None:
        rest = memoryview(data)
        try:
            while rest:
                _, writable, _ = select.select((), (self._socket,), (), deadline.left)
                if not writable:
                    raise self._stopped()
                try:
                    rest = rest[self._socket.send(rest) :]
                except BlockingIOError:
                    continue
            # The kernel takes a whole ticket at once: only an empty send queue shows that the printer's side has it.
            # A printer holds a few kB, so one that has stopped reading is found out; a print server may hold it all.
            while _unacknowledged(self._socket):
                broken = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if broken:
                    raise OSError(broken, os.strerror(broken))
                if deadline.passed:
                    raise self._stopped()
                time.sleep(POLL_S)
        except OSError as error:
            raise PrinterError(Code.OFFLINE, f"{self._name} broke the connection: {error}") from error

    def read(self, deadline: Deadline) -> bytes:
        try:
            readable, _, _ = select.select((self._socket,), (), (), deadline.left)
            if not readable:
                return b""
            reply = self._socket.recv(64)
        except OSError as error:
            raise PrinterError(Code.OFFLINE, f"{self._name} broke the connection: {error}") from error
        if not reply:
            raise PrinterError(Code.OFFLINE, f"{self._name} closed the connection")
        return reply

    def close(self, *, abort: bool = False) -> None:
        if abort:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            self._drain()
        self._socket.close()

    def _drain(self) -> None:
        """Closing with unread bytes resets the connection, and a reset can cost the end of the ticket."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
            while self._socket.recv(4096):
                pass
        except OSError:
            # Nothing more to read, or the printer closed first: both are the end we want.
            return

    def _stopped(self) -> PrinterError:
        return PrinterError(Code.TIMEOUT, f"{self._name} stopped taking data")


def _unacknowledged(connected: socket.socket) -> int:
    """Bytes sent that the other side has not acknowledged (SIOCOUTQ, the same number as TIOCOUTQ)."""
    return int.from_bytes(fcntl.ioctl(connected.fileno(), termios.TIOCOUTQ, bytes(4)), "little")


def _resolve(host: str, deadline: Deadline) -> str:
    """`host` as an address. A name is looked up aside, because the system's resolver knows no timeout of ours."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    found: list[str] = []
    failed: list[OSError] = []

    def look_up() -> None:
        try:
            found.append(str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]))
        except OSError as error:
            failed.append(error)

    lookup = threading.Thread(target=look_up, name=f"resolve {host}", daemon=True)
    lookup.start()
    lookup.join(deadline.left)
    if found:
        return found[0]
    raise failed[0] if failed else TimeoutError(f"the name {host} was not resolved in time")
