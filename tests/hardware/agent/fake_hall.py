"""A hall's server in small for the agent: it calls numbers, keeps what a key did, nudges, and hears reports."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from pydantic import BaseModel

from queue_server.contract import (
    API,
    IDEMPOTENCY_HEADER,
    PROBLEM_TYPE,
    Announcement,
    BoardReply,
    CounterState,
    DeviceReport,
    KeyOutcome,
    KeypadKey,
    KeyPress,
    KeyReply,
    Problem,
)
from tests.hardware.agent.boards import TEXT, board

WAIT_S = 10.0


class FakeHall:
    """Use as a context manager; counters 1 to `counters` are open. `done`: what each key did, once. `lose`: this many
    presses are carried out without an answer; `hold`: presses wait until it is cleared; `refusal`: a problem code;
    `ahead`: its clock, of this machine's."""

    def __init__(self, counters: int = 4) -> None:
        self.at: dict[int, str | None] = dict.fromkeys(range(1, counters + 1))
        self.states = dict.fromkeys(range(1, counters + 1), CounterState.OPEN)
        self.calls: list[Announcement] = []
        self.done: dict[str, tuple[int, KeyPress, KeyReply]] = {}
        self.asked: list[str] = []
        self.reports: list[DeviceReport] = []
        self.lose = 0
        self.refusal = ""
        self.ahead = timedelta()
        self.freely = threading.Event()
        self.freely.set()
        self.changed = threading.Condition()
        self._version = 0
        self._leaving = threading.Event()
        self._port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen, again on the same port after `stop`."""
        hall = self

        class Handler(_Handler):
            owner = hall

        self._leaving.clear()
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._server.daemon_threads = True
        self._port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """As a server that is restarted: every line breaks."""
        self._leaving.set()
        with self.changed:
            self.changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.freely.set()
        self.stop()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something is so. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(holds, WAIT_S):
                raise TimeoutError

    def call(self, counter: int) -> str:
        """Call the next number to `counter`, as a clerk at a PC would."""
        with self.changed:
            return self._call(counter)

    def board(self) -> BoardReply:
        with self.changed:
            states = {ident: (self.states[ident], number) for ident, number in self.at.items()}
            return board(states, tuple(self.calls), now=datetime.now(UTC) + self.ahead)

    def press(self, key: str, counter: int, pressed: KeyPress) -> KeyReply | None:
        """None: done, and the answer is to be lost."""
        self.freely.wait(WAIT_S)
        with self.changed:
            self.asked.append(key)
            if key not in self.done:
                self.done[key] = (counter, pressed, self._do(counter, pressed))
            self.lose -= 1
            self.changed.notify_all()
            return None if self.lose >= 0 else self.done[key][2]

    def heard(self, report: DeviceReport) -> None:
        with self.changed:
            self.reports.append(report)
            self.changed.notify_all()

    def states_of(self, part: str) -> list[str]:
        """What was reported of `part`, one after the other."""
        return [one.state for report in self.reports for one in report.parts if one.part == part]

    def next_nudge(self, version: int, timeout_s: float) -> int:
        with self.changed:
            self.changed.wait_for(lambda: self._version > version or self._leaving.is_set(), timeout_s)
            return self._version

    @property
    def leaving(self) -> bool:
        return self._leaving.is_set()

    def _do(self, counter: int, pressed: KeyPress) -> KeyReply:
        outcome, number = KeyOutcome.CALLED, self.at[counter]
        if pressed.key is KeypadKey.NEXT:
            number = self._call(counter)
        elif pressed.key is KeypadKey.RECALL:
            outcome = KeyOutcome.RECALLED
        else:
            outcome, self.at[counter] = KeyOutcome.FINISHED, None
        self._nudge()
        return KeyReply(outcome=outcome, number=number, waiting=3, state=self.states[counter])

    def _call(self, counter: int) -> str:
        ident = len(self.calls) + 1
        number = f"A-{ident:03d}"
        self.at[counter] = number
        now = datetime.now(UTC)
        self.calls.append(
            Announcement(id=ident, kind="call", number=number, counter=counter, counter_name=TEXT, at=now)
        )
        self._nudge()
        return number

    def _nudge(self) -> None:
        self._version += 1
        self.changed.notify_all()


class _Handler(BaseHTTPRequestHandler):
    owner: FakeHall
    protocol_version = "HTTP/1.1"
    timeout = 10

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Nothing: a test's output is its own."""

    def do_GET(self) -> None:
        if self.owner.leaving:
            self.close_connection = True
        elif self.path == f"{API}/board":
            self._send(200, self.owner.board())
        elif self.path == f"{API}/events":
            self._nudges()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.owner.leaving:
            self.close_connection = True
        elif self.path == f"{API}/devices/report":
            self.owner.heard(DeviceReport.model_validate_json(body))
            self._send(204, None)
        elif self.owner.refusal:
            words = {"title": "no", "detail": "no", "action": "no"}
            self._send(409, Problem(type="urn:x", status=409, code=self.owner.refusal, **words))
        else:
            counter = int(self.path.split("/")[-2])
            key = self.headers[IDEMPOTENCY_HEADER]
            reply = self.owner.press(key, counter, KeyPress.model_validate_json(body))
            if reply is None or self.owner.leaving:
                self.close_connection = True
            else:
                self._send(200, reply)

    def _nudges(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        version = -1
        begun = time.monotonic()
        while not self.owner.leaving and time.monotonic() - begun < 600:
            newest = self.owner.next_nudge(version, 1.0)
            text = ": alive" if newest == version else "data: " + json.dumps({"changed": "counter", "id": 1})
            version = newest
            try:
                self.wfile.write(text.encode() + b"\n\n")
                self.wfile.flush()
            except OSError:
                return

    def _send(self, status: int, model: BaseModel | None) -> None:
        data = model.model_dump_json().encode() if model else b""
        self.send_response(status)
        self.send_header("Content-Type", PROBLEM_TYPE if isinstance(model, Problem) else "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
