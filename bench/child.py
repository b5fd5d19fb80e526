"""A process beside the measured one that takes requests as lines of JSON, so that its own work costs the measured
process nothing and its processor time can be told apart."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from .guard import guarded

Ask = dict[str, Any]
ANSWER_S = 300.0


class ChildFailedError(Exception):
    """The process ended, or had to be ended, instead of answering."""


class Child:
    """`python -m bench.<module> <arguments>`, as a context: ended with it."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = guarded(sys.executable, "-m", f"bench.{module}", *arguments)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    @property
    def pid(self) -> int:
        return self.process.pid

    def ask(self, **request: Any) -> Ask:
        """Send `request`, wait for the answer. Raises ChildFailedError."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise ChildFailedError(self.process.args) from error
        return self.heard()

    def heard(self) -> Ask:
        """The next line it says. Raises ChildFailedError."""
        assert self.process.stdout is not None
        alarm = threading.Timer(ANSWER_S, self.process.kill)
        alarm.start()
        line = self.process.stdout.readline()
        alarm.cancel()
        if not line:
            raise ChildFailedError(self.process.args)
        answer: Ask = json.loads(line)
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.terminate()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def serve(answer: Callable[..., Ask]) -> None:
    """The other side: answer each request from standard input until it ends."""
    for line in sys.stdin:
        say(answer(**json.loads(line)))


def say(what: Ask) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()
