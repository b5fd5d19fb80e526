"""A hall's server in small, with faults that can be switched on: for tests, pictures and trying a kiosk out.

It speaks the wire models and keeps tickets by idempotency key, as the real server does. It knows no rules.
"""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from pydantic import BaseModel

from kiosk.fake_filing import FakeFiling
from kiosk.fake_services import services_reply
from queue_server.contract import (
    API,
    IDEMPOTENCY_HEADER,
    PROBLEM_TYPE,
    DeviceReport,
    Problem,
    ServicesReply,
    Ticket,
    TicketRequest,
    TicketState,
)

HELD_S = 30.0
"""How long a silent server holds a connection at most."""


class FakeHall:
    """Use as a context manager; `url` is its address.

    Faults: `silent` (takes the request, never answers), `silent_after` (does the work, then never answers),
    `broken` (500 before the work), `refusal` (a Problem for every ticket), `garbled` (not JSON).
    """

    def __init__(
        self,
        token: str = "kiosk-token",  # noqa: S107
        reply: ServicesReply | None = None,
        *,
        self_service: bool = False,
    ) -> None:
        self.token = token
        self.reply = reply or services_reply()
        self.tickets: dict[str, Ticket] = {}
        self.requests: list[tuple[str, TicketRequest]] = []
        self.reports: list[DeviceReport] = []
        self.silent = self.silent_after = self.broken = self.garbled = False
        self.refusal: Problem | None = None
        self.filing = FakeFiling(self.issue)
        if self_service:
            version = self.filing.catalogue.version
            self.reply = self.reply.model_copy(update={"self_service": True, "catalogue": version})
        self._lock = threading.Lock()
        self._leave = threading.Event()
        hall = self

        class Handler(_Handler):
            owner = hall

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def release(self) -> None:
        """Let go of the connections held by `silent`."""
        self._leave.set()

    def hold(self) -> None:
        self._leave.wait(HELD_S)

    def issue(self, key: str, request: TicketRequest) -> Ticket:
        """The ticket of `key`, made at its first sight."""
        with self._lock:
            self.requests.append((key, request))
            return self.tickets.setdefault(key, self._ticket(request))

    def _ticket(self, request: TicketRequest) -> Ticket:
        owner = next(g for g in self.reply.groups if any(s.code == request.service for s in g.services))
        service = next(s for s in owner.services if s.code == request.service)
        made, now = len(self.tickets) + 1, datetime.now(UTC)
        return Ticket(
            id=made,
            number=f"{owner.prefix}-{made:03d}",
            service=service.code,
            priority=request.priority,
            state=TicketState.WAITING,
            issued_at=now,
            ahead=service.waiting,
            wait_low_s=service.wait_low_s,
            wait_high_s=service.wait_high_s,
            track_url=f"https://motcua.ngocson.example/t/Zk3vQ8sW{made:04d}",
            queued_at=now,
        )


class _Handler(BaseHTTPRequestHandler):
    owner: FakeHall
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Nothing: a test's output is its own."""

    def do_GET(self) -> None:
        if self._faulty():
            return
        if self.path == f"{API}/services":
            self._send(HTTPStatus.OK, self.owner.reply)
        else:
            self._found(self.owner.filing.get(self._place, self.headers.get(IDEMPOTENCY_HEADER, "")))

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if not self._faulty():
            self._found(self.owner.filing.put(self._place, body))

    @property
    def _place(self) -> str:
        return self.path.removeprefix(API)

    def _found(self, answer: BaseModel | None) -> None:
        if answer is not None:
            self._send(HTTPStatus.OK, answer)
            return
        self._send(HTTPStatus.NOT_FOUND, problem(404, "not-found", "Không có trang này.", "Kiểm tra địa chỉ."))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self._faulty():
            return
        if self.headers.get("Authorization") != f"Bearer {self.owner.token}":
            words = ("Thiết bị chưa được phép lấy số.", "Nhờ quản trị viên cấp mã cho thiết bị.")
            self._send(HTTPStatus.UNAUTHORIZED, problem(401, "unauthorized", *words))
        elif self.path == f"{API}/devices/report":
            self.owner.reports.append(DeviceReport.model_validate_json(body))
            self._send(HTTPStatus.NO_CONTENT, None)
        elif self.owner.refusal is not None:
            self._send(HTTPStatus(self.owner.refusal.status), self.owner.refusal)
        elif self._place != "/tickets":
            answer = self.owner.filing.post(self._place, self.headers.get(IDEMPOTENCY_HEADER, ""), body)
            if self.owner.silent_after:
                self.owner.hold()
                self.close_connection = True
                return
            self._found(answer)
        else:
            ticket = self.owner.issue(self.headers[IDEMPOTENCY_HEADER], TicketRequest.model_validate_json(body))
            if self.owner.silent_after:
                self.owner.hold()
                self.close_connection = True
                return
            self._send(HTTPStatus.CREATED, ticket)

    def _faulty(self) -> bool:
        if self.owner.silent:
            self.owner.hold()
            self.close_connection = True
        elif self.owner.broken:
            self._bytes(HTTPStatus.INTERNAL_SERVER_ERROR, b"broken", "text/plain")
        elif self.owner.garbled:
            self._bytes(HTTPStatus.OK, b"<html>not ours</html>", "text/html")
        return self.owner.silent or self.owner.broken or self.owner.garbled

    def _send(self, status: HTTPStatus, model: BaseModel | None) -> None:
        kind = PROBLEM_TYPE if isinstance(model, Problem) else "application/json"
        self._bytes(status, model.model_dump_json().encode() if model else b"", kind)

    def _bytes(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status is not HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def problem(status: int, code: str, detail: str, action: str) -> Problem:
    """A Problem with the least of words."""
    return Problem(type=f"urn:motcua:{code}", title=detail, status=status, code=code, detail=detail, action=action)


def main() -> None:
    """Serve until interrupted, and say where."""
    with FakeHall() as hall:
        print(json.dumps({"url": hall.url, "token": hall.token}), flush=True)  # noqa: T201 - its one output
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
