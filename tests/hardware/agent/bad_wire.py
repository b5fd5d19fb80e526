"""A network between the agent and its server that loses answers, holds them or is cut: a small proxy on loopback."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from enum import StrEnum
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

TICK_S = 0.05


class Wire(StrEnum):
    """GOOD: passes all; LOST: passes what is asked, loses what is answered, and breaks; HELD: the answers wait until it
    is good again; CUT: nobody gets through."""

    GOOD = "good"
    LOST = "lost"
    HELD = "held"
    CUT = "cut"


class BadWire:
    """Use as a context manager; `url` stands for the server at `target`. A change of `state` holds for connections that
    are open, too."""

    def __init__(self, target: str) -> None:
        at = urlsplit(target)
        self._target = (at.hostname or "", at.port or 80)
        self._state = Wire.GOOD
        self._leaving = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(TICK_S)
        self._threads: list[threading.Thread] = []
        self._start(self._listen)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    @property
    def state(self) -> Wire:
        return self._state

    @state.setter
    def state(self, state: Wire) -> None:
        self._state = state

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._leaving.set()
        for thread in self._threads:
            thread.join(5)
        self._listening.close()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while not self._leaving.is_set():
            with contextlib.suppress(TimeoutError):
                asking, _ = self._listening.accept()
                self._start(self._pass, asking)

    def _pass(self, asking: socket.socket) -> None:
        with asking, contextlib.suppress(OSError), socket.create_connection(self._target, 5) as answering:
            while not self._leaving.is_set() and self._state is not Wire.CUT:
                ready, _, _ = select.select((asking, answering), (), (), TICK_S)
                if asking in ready:
                    data = asking.recv(65536)
                    if not data:
                        return
                    answering.sendall(data)
                if answering in ready:
                    if self._state is Wire.HELD:
                        self._leaving.wait(TICK_S)
                        continue
                    data = answering.recv(65536)
                    if not data or self._state is Wire.LOST:
                        return
                    asking.sendall(data)
