"""HTTP/1.1 as lean as it gets: prepared bytes out, an answer and its moment in. A client library would cost more
than the server."""

from __future__ import annotations

import asyncio
import time
from typing import Self, cast
from urllib.parse import urlsplit


def request(method: str, path: str, token: str | None = None, body: bytes = b"", **headers: str) -> bytes:
    """The bytes of a request; header names are written with _ for -."""
    lines = [f"{method} {path} HTTP/1.1", "Host: hall"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    elif method == "POST":
        lines.append("Content-Length: 0")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def address(url: str) -> tuple[str, int]:
    """Host and port of `url`, which must name both."""
    at = urlsplit(url)
    assert at.hostname
    assert at.port
    return at.hostname, at.port


class WireError(Exception):
    """The connection broke, or the answer was not what a measurement can go on with."""


class Connection(asyncio.Protocol):
    """One keep-alive connection, one request at a time; answers must say their length."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self.answered_at = 0.0

    @classmethod
    async def open(cls, url: str) -> Self:
        _, connection = await asyncio.get_running_loop().create_connection(cls, *address(url))
        return connection

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body; the moment the answer was complete is in `answered_at` (perf_counter)."""
        assert self._transport is not None
        self._received = b""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or self._answer is None or len(body) < _length(head):
            return
        self.answered_at = now
        answer, self._answer = self._answer, None
        answer.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(WireError(f"the connection broke: {exc}"))


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0
