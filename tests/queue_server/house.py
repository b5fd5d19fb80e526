"""The whole server in this process over a real database, with a clock that stands until it is set."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import threading
from collections.abc import Coroutine, Iterable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import httpx

from hardware.voices.opener import open_voice
from queue_server.api.context import SESSION_COOKIE, Context
from queue_server.app import Surfaces, create_app
from queue_server.catalogue.places import Places
from queue_server.contract import CSRF_HEADER, IDEMPOTENCY_HEADER
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.hall import Hall
from queue_server.service import sign_in
from queue_server.service.check import check
from queue_server.service.nudges import Hub
from queue_server.store import access
from queue_server.store.database import Database
from queue_server.store.key_file import beside
from queue_server.store.sealed import keys_in_use
from queue_server.store.vault import Vault, open_vault
from tests.queue_server.small_hall import NINE, SMALL_HALL

ANSWER_S = 60.0
Result = TypeVar("Result")


@dataclass
class House:
    """One server over `folder`. `hall` and `now` may be changed while it runs."""

    folder: Path
    hall: Hall = SMALL_HALL
    demo: bool = False
    now: datetime = NINE
    catalogue: Catalogue = field(default_factory=Catalogue)
    places: Places = field(default_factory=Places)
    db: Database = field(init=False)
    hub: Hub = field(init=False)
    vault: Vault = field(init=False)
    _names: Any = field(default_factory=lambda: count(1), init=False)

    def __enter__(self) -> House:
        self.hub = Hub()
        self.db = Database(self.folder, self.hub.publish)
        self.vault = open_vault(beside(self.folder), self.db.submit(lambda tx: keys_in_use(tx.sql)).result())
        context = Context(
            self.db,
            lambda day: self.hall,
            self.hub,
            lambda: self.now,
            lambda: secrets.token_urlsafe(32),
            self.vault,
            catalogue=self.catalogue,
            places=self.places,
        )
        self.app = create_app(context, Surfaces(open_voice("fake://"), self.demo))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._stack = AsyncExitStack()
        self.run(self._enter())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _enter(self) -> None:
        await self._stack.enter_async_context(self.app.router.lifespan_context(self.app))
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        self._client = await self._stack.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url="http://hall.test")
        )

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Carry out `work` on the server's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(ANSWER_S)

    def later(self, **span: float) -> None:
        """Put the clock on: `later(minutes=5)`."""
        self.now += timedelta(**span)

    # --- asking ------------------------------------------------------------------------------------------------

    def request(self, method: str, path: str, **how: Any) -> httpx.Response:
        """`token`, `session` (cookie, CSRF token), `key` and `language` become headers; the rest goes to httpx."""
        return self.run(self._request(method, path, how))

    def get(self, path: str, token: str | None = None, **how: Any) -> httpx.Response:
        return self.request("GET", path, token=token, **how)

    def post(self, path: str, token: str | None = None, json: Any = None, **how: Any) -> httpx.Response:
        if json is not None:
            how["json"] = json
        return self.request("POST", path, token=token, **how)

    def at_once(self, requests: Iterable[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
        """Several requests of (method, path, how) in flight at the same time; the answers in their order."""

        async def all_of_them() -> list[httpx.Response]:
            return await asyncio.gather(*(self._request(*each) for each in requests))

        return self.run(all_of_them())

    async def _request(self, method: str, path: str, how: dict[str, Any]) -> httpx.Response:
        how = dict(how)
        headers = dict(how.pop("headers", {}))
        if token := how.pop("token", None):
            headers["Authorization"] = f"Bearer {token}"
        if session := how.pop("session", None):
            cookie, csrf = session
            headers["Cookie"] = f"{SESSION_COOKIE}={cookie}"
            if csrf:
                headers[CSRF_HEADER] = csrf
        if key := how.pop("key", None):
            headers[IDEMPOTENCY_HEADER] = key
        if "content" in how:
            headers.setdefault("Content-Type", "application/json")
        if language := how.pop("language", None):
            headers["Accept-Language"] = language
        path = path if path.startswith(("/healthz", "/metrics", "/openapi")) else f"/api/v1{path}"
        return await self._client.request(method, path, headers=headers, **how)

    # --- who asks ----------------------------------------------------------------------------------------------

    def token(self, role: str, name: str | None = None, counter: int | None = None) -> str:
        """A bearer token of a new device."""
        secret = secrets.token_urlsafe(32)
        named = name or f"{role}-{next(self._names)}"
        hashed = sign_in.token_hash(secret)
        self.db.submit(lambda tx: access.put_device(tx.sql, named, role, counter, hashed, self.now)).result()
        return secret

    def account(self, name: str, role: str, password: str = "a-password") -> None:
        hashed = sign_in.hash_password(password)
        self.db.submit(lambda tx: access.put_account(tx.sql, name, role, hashed, self.now)).result()

    def session(self, name: str, role: str) -> tuple[str, str]:
        """Cookie and CSRF token of a new account that has just signed in."""
        self.account(name, role)
        return self.signed_in(name)

    def signed_in(self, name: str) -> tuple[str, str]:
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        opened = self.db.submit(lambda tx: sign_in.sign_in(tx, name, "127.0.0.1", True, token, csrf, self.now)).result()
        assert opened is not None
        return token, csrf

    # --- a hall at work ----------------------------------------------------------------------------------------

    def issue(self, kiosk: str, service: str = "copy", **more: Any) -> dict[str, Any]:
        answer = self.post("/tickets", kiosk, {"service": service, **more}, key=secrets.token_hex(8))
        assert answer.status_code == 201, answer.text
        return answer.json()

    def clerk_at(self, counter: int, name: str | None = None) -> str:
        """A clerk's token that holds `counter`, open."""
        clerk = self.token("clerk", name)
        answer = self.post(f"/counters/{counter}/open", clerk)
        assert answer.status_code == 200, answer.text
        return clerk

    def call_next(self, clerk: str, counter: int) -> dict[str, Any]:
        answer = self.post(f"/counters/{counter}/next", clerk)
        assert answer.status_code == 200, answer.text
        return answer.json()["ticket"]

    def act(self, clerk: str, ticket: int, verb: str, json: Any = None) -> dict[str, Any]:
        answer = self.post(f"/tickets/{ticket}/{verb}", clerk, json)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def served(self, clerk: str, counter: int) -> dict[str, Any]:
        """Call the next one and serve to the end."""
        ticket = self.call_next(clerk, counter)
        self.act(clerk, ticket["id"], "start")
        return self.act(clerk, ticket["id"], "finish")

    # --- looking inside ----------------------------------------------------------------------------------------

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """Read or change the file behind the server's back."""
        with closing(sqlite3.connect(self.db.path, timeout=30, isolation_level=None)) as sql:
            return sql.execute(statement, values).fetchall()

    def faults(self) -> list[str]:
        return self.db.submit(lambda tx: list(check(tx.sql))).result()
