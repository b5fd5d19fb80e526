"""A device's side of the wire: blocking calls with finite timeouts, made off any UI thread or loop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from types import TracebackType
from typing import Self, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from queue_server.domain.text import Language

from .base import API, Nudge, Problem
from .devices import DeviceReport

CONNECT_S = 2.0
READ_S = 5.0
TOTAL_S = 10.0
"""A server that sends a byte now and then never times out on reading, so the whole answer has a limit too."""
MAX_BYTES = 4_000_000
SILENT_S = 45.0
"""Nudges: the server says that it is alive more often than this, so a longer silence is a dead line."""

Model = TypeVar("Model", bound=BaseModel)

TRANSIENT = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class ServerError(Exception):
    """Root of what can go wrong between a device and the server."""


class UncertainError(ServerError):
    """No answer, or one that does not say whether the request took effect: send it again with the same key."""


class RefusedError(ServerError):
    """The server said no; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.detail}")
        self.problem = problem


class DeviceClient:
    """One hall's server, as a device sees it. Not for several threads at once."""

    def __init__(self, server: str, token: str, clock: Callable[[], float] = time.monotonic) -> None:
        """`server`: address without path, as http://127.0.0.1:8080. `clock`: seconds, for the limit of an answer."""
        self._server = server
        self._http = self._opened()
        self._token = token
        self._clock = clock

    def _opened(self) -> httpx.Client:
        timeout = httpx.Timeout(READ_S, connect=CONNECT_S)
        # trust_env: a proxy named in the environment must not stand between a device and its hall. verify: without TLS
        # there is nothing to verify, and reading all authorities' certificates takes 50 ms and a megabyte a client.
        tls = self._server.lower().startswith("https:")
        return httpx.Client(base_url=self._server.rstrip("/"), timeout=timeout, trust_env=False, verify=tls)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def hang_up(self) -> None:
        """Close the connections, and with them what they hold of the last requests; the next request opens another."""
        self._http.close()
        self._http = self._opened()

    def report(self, report: DeviceReport) -> None:
        """Say how the device and its parts are. Raises UncertainError or RefusedError."""
        self.call("POST", "/devices/report", {}, report)

    @contextmanager
    def nudges(self) -> Iterator[Iterator[Nudge | None]]:
        """The server's nudges as they come, None where it only says that it is alive. Raises UncertainError when the
        line breaks or is silent; a nudge may be lost, so ask now and then as well."""
        timeout = httpx.Timeout(SILENT_S, connect=CONNECT_S)
        try:
            with self._http.stream("GET", f"{API}/events", headers=self._headers(), timeout=timeout) as answer:
                if not answer.is_success:
                    raise UncertainError(f"HTTP {answer.status_code}")
                yield _nudges(answer)
        except httpx.HTTPError as error:
            raise UncertainError(f"{type(error).__name__}: {error}") from error

    def call(self, method: str, path: str, headers: dict[str, str], body: BaseModel | bytes | None = None) -> bytes:
        """One request to the API and the body of its answer; bytes are sent as they are, with the `Content-Type` among
        `headers`. Raises UncertainError or RefusedError."""
        sent = {**self._headers(), **headers}
        content = body.model_dump_json().encode() if isinstance(body, BaseModel) else body
        if isinstance(body, BaseModel):
            sent["Content-Type"] = "application/json"
        try:
            with self._http.stream(method, API + path, headers=sent, content=content) as answer:
                data = self._read(answer)
        except httpx.HTTPError as error:
            raise UncertainError(f"{type(error).__name__}: {error}") from error
        if answer.is_success:
            return data
        if answer.is_client_error and answer.status_code not in TRANSIENT:
            raise RefusedError(_problem(answer, data))
        raise UncertainError(f"HTTP {answer.status_code}")

    def parsed(self, model: type[Model], data: bytes) -> Model:
        """`data` as `model`. Raises UncertainError."""
        try:
            return model.model_validate_json(data)
        except ValidationError as error:
            raise UncertainError(f"not a {model.__name__}: {error.error_count()} errors") from error

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}", "Accept-Language": Language.VI.value}

    def _read(self, answer: httpx.Response) -> bytes:
        deadline, data = self._clock() + TOTAL_S, bytearray()
        for chunk in answer.iter_bytes():
            data += chunk
            if len(data) > MAX_BYTES or self._clock() > deadline:
                raise UncertainError("the answer is too long or too slow")
        return bytes(data)


def _nudges(answer: httpx.Response) -> Iterator[Nudge | None]:
    for line in answer.iter_lines():
        if line.startswith(":"):
            yield None
        elif line.startswith("data:"):
            try:
                yield Nudge.model_validate_json(line.removeprefix("data:").strip())
            except ValidationError:
                yield None  # a newer server's word


def _problem(answer: httpx.Response, data: bytes) -> Problem:
    try:
        return Problem.model_validate_json(data)
    except ValidationError:
        # Not our server's words, as from a proxy in between.
        status = answer.status_code
        return Problem(type="about:blank", title="", status=status, code=f"http-{status}", detail="", action="")
