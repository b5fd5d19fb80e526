"""A light HTTP client over one kept connection, so that the load comes from the hall and not from its testers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

ANSWER_S = 60.0
LOST = (ConnectionError, asyncio.IncompleteReadError)
"""What a request raises when the server dies under it."""


@dataclass
class Wire:
    """One device's connection, opened at the first request and again after it was lost."""

    url: str
    token: str
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, body: Any = None, key: str | None = None) -> tuple[int, Any]:
        """Status and JSON (None without one). Raises one of LOST; the request may or may not have been carried out."""
        try:
            async with asyncio.timeout(ANSWER_S):
                return await self._post(path, body, key)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _post(self, path: str, body: Any, key: str | None) -> tuple[int, Any]:
        address = urlsplit(self.url)
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(address.hostname, address.port)
        content = b"" if body is None else json.dumps(body).encode()
        lines = [
            f"POST /api/v1{path} HTTP/1.1",
            f"Host: {address.netloc}",
            f"Authorization: Bearer {self.token}",
            "Content-Type: application/json",
            f"Content-Length: {len(content)}",
            *([f"Idempotency-Key: {key}"] if key else []),
        ]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        await self._writer.drain()
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        sizes = [int(line.partition(":")[2]) for line in head if line.lower().startswith("content-length:")]
        answer = await self._reader.readexactly(sizes[0]) if sizes else b""
        return status, json.loads(answer) if answer else None
