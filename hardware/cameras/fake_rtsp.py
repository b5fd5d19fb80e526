"""A simulated network camera on a real socket of this machine, for tests and demonstrations of the real driver.

It speaks RTSP with the pictures interleaved (RFC 2326) as JPEG over RTP (RFC 2435), which every player understands.
"""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import threading
import time
from types import TracebackType
from typing import Self
from urllib.parse import quote

from hardware.cameras.fault import Fault
from hardware.cameras.rtp_jpeg import packets
from hardware.cameras.scene import scene_jpeg

HOST = "127.0.0.1"
TICK_S = 0.02
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\n"
    "m=video 0 RTP/AVP 26\r\na=framerate:{fps:g}\r\na=control:track1\r\n"
)


class FakeRtspCamera:
    """Listens on 127.0.0.1 as a camera does on port 554; several may look at once. `fault` may be changed at any time;
    `connections` counts those who came, `sent` the pictures. `slow_s`: seconds between pictures under `slow`.

    with FakeRtspCamera() as simulated:
        frame = open_camera(simulated.url).read(5)
    """

    def __init__(self, *, fps: float = 10.0, user: str = "", password: str = "", slow_s: float = 60.0) -> None:
        self.fps = fps
        self.slow_s = slow_s
        self.connections = 0
        self.sent = 0
        self._user = user
        self._password = password
        self._fault: Fault | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._server: socket.socket | None = None
        self._clients: set[socket.socket] = set()
        self.port = 0
        self._listen()

    @property
    def url(self) -> str:
        who = f"{quote(self._user, safe='')}:{quote(self._password, safe='')}@" if self._user else ""
        return f"rtsp://{who}{HOST}:{self.port}/stream"

    @property
    def fault(self) -> Fault | None:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self._fault = None if fault is None else Fault(fault)
        if self._fault is Fault.GONE:
            self._leave()
        else:
            self._listen()

    def hang_up(self) -> None:
        """Break all connections off, as a camera that starts again."""
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._stopping.set()
        self._leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _listen(self) -> None:
        if self._server is not None:
            return
        self._server = socket.create_server((HOST, self.port), reuse_port=False)
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._server,), name="fake camera", daemon=True).start()

    def _leave(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()
        self.hang_up()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return  # closed by `_leave`
            with self._lock:
                self._clients.add(client)
                self.connections += 1
            threading.Thread(target=self._serve, args=(client,), name="fake camera's viewer", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            with client, contextlib.suppress(OSError):
                self._talk(client)
        finally:
            with self._lock:
                self._clients.discard(client)

    def _talk(self, client: socket.socket) -> None:
        client.settimeout(TICK_S)
        came, playing, due, count = b"", False, 0.0, 0
        while not self._stopping.is_set():
            try:
                data = client.recv(4096)
                if not data:
                    return
                came += data
            except TimeoutError:
                pass
            while came:
                if came[:1] == b"$":  # receiver reports of the player
                    size = 4 + int.from_bytes(came[2:4], "big")
                    if len(came) < max(size, 4):
                        break
                    came = came[size:]
                    continue
                head, found, rest = came.partition(b"\r\n\r\n")
                if not found:
                    break
                came = rest
                method, answer = self._answer(head.decode("latin-1"))
                if answer:
                    client.sendall(answer)
                playing = playing or (method == "PLAY" and bool(answer))
                if method == "TEARDOWN":
                    return
            now = time.monotonic()
            if playing and now >= due and self._fault is not Fault.SILENT:
                client.settimeout(1.0)
                client.sendall(self._picture(count))
                client.settimeout(TICK_S)
                count += 1
                self.sent += 1
                due = now + (self.slow_s if self._fault is Fault.SLOW else 1 / self.fps)
            elif playing and self._fault is not Fault.SLOW:
                due = min(due, now + 1 / self.fps)

    def _answer(self, request: str) -> tuple[str, bytes]:
        """The method of a request, and what is answered; nothing from a silent camera once it has described itself."""
        line, *rest = request.split("\r\n")
        method = line.split(" ")[0]
        fields = {name.strip().lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
        number = fields.get("cseq", "0")
        if self._fault is Fault.SILENT and method not in {"OPTIONS", "DESCRIBE"}:
            return method, b""
        if method != "OPTIONS" and not self._may_see(fields.get("authorization", "")):
            return method, _reply(401, number, 'WWW-Authenticate: Basic realm="camera"\r\n')
        if method == "OPTIONS":
            return method, _reply(200, number, "Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN\r\n")
        if method == "DESCRIBE":
            place = line.split(" ")[1]
            return method, _reply(
                200,
                number,
                f"Content-Base: {place}/\r\nContent-Type: application/sdp\r\n",
                SDP.format(fps=self.fps),
            )
        if method == "SETUP":
            if "interleaved" not in fields.get("transport", ""):
                return method, _reply(461, number)
            return method, _reply(200, number, "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n")
        return method, _reply(200, number, "Session: 1\r\n")

    def _may_see(self, said: str) -> bool:
        if self._fault is Fault.DENIED:
            return False
        known = base64.b64encode(f"{self._user}:{self._password}".encode()).decode()
        return not self._user or said == f"Basic {known}"

    def _picture(self, count: int) -> bytes:
        if self._fault is Fault.GARBAGE:
            noise = os.urandom(400)
            return b"$\0" + len(noise).to_bytes(2, "big") + noise
        jpeg = scene_jpeg(count, dark=self._fault is Fault.DARK)
        return b"".join(
            b"$\0" + len(each).to_bytes(2, "big") + each
            for each in packets(jpeg, first=count * 64, stamp=int(count * 90000 / self.fps))
        )


def _reply(status: int, number: str, fields: str = "", body: str = "") -> bytes:
    words = {200: "OK", 401: "Unauthorized", 461: "Unsupported transport"}
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"RTSP/1.0 {status} {words[status]}\r\nCSeq: {number}\r\n{fields}{length}\r\n{body}".encode()
