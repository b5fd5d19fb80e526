"""Tells the server how the agent and all its devices are: at once when one changes, else every minute."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from hardware.agent.client import Client
from hardware.agent.pace import Pace, step
from hardware.health import Health, Kind, State
from queue_server.contract import DeviceReport, PartReport
from queue_server.contract.client import ServerError

LOG = logging.getLogger("motcua.agent")
DETAIL_CHARS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One thing whose condition is told. `counter`: where it stands, if at one."""

    name: str
    kind: Kind
    counter: int | None = None


class Reporter:
    """Keeps the newest health of each part; `turn` is its thread's work."""

    def __init__(self, make_client: Callable[[], Client], stopping: threading.Event, pace: Pace) -> None:
        self._make_client = make_client
        self._run = secrets.token_hex(8)
        self._stopping = stopping
        self._pace = pace
        self._client: Client | None = None
        self._healths: dict[Part, Health] = {}
        self._changed = threading.Event()
        self._failures = 0
        self._due = 0.0

    def tell(self, part: Part, health: Health) -> None:
        """Keep `health`; it is sent soon if the state is another. A change of the detail alone goes with the next."""
        before = self._healths.get(part)
        self._healths[part] = health
        if before is None or before.state is not health.state:
            if before is not None:
                LOG.info("%s: %s, was %s: %s", part.name, health.state, before.state, health.detail)
            self._changed.set()

    def stop(self) -> None:
        self._changed.set()

    def turn(self) -> None:
        """Wait until there is something to say, and say it."""
        if self._failures:
            # What has changed meanwhile goes with the next try.
            self._stopping.wait(step(self._pace.report_again_s, self._failures))
        elif self._changed.wait(max(0.0, self._due - time.monotonic())):
            self._stopping.wait(self._pace.gather_s)
        if self._stopping.is_set():
            return
        self._changed.clear()
        self._send()

    def report(self) -> DeviceReport:
        """All parts, each with its newest health."""
        return DeviceReport(
            parts=tuple(
                PartReport(
                    part=part.name,
                    kind=part.kind,
                    state=health.state.value,
                    detail=health.detail[:DETAIL_CHARS],
                    counter=part.counter,
                )
                for part, health in list(self._healths.items())
            ),
            run=self._run,
        )

    def _send(self) -> None:
        if self._client is None:
            self._client = self._make_client()
        try:
            self._client.report(self.report())
        except ServerError as error:
            if self._failures == 0:
                LOG.warning("a report did not arrive: %s", error)
            self._failures += 1
            return
        self._failures = 0
        self._due = time.monotonic() + self._pace.report_s


def health_of(error: Exception) -> Health:
    """How a device is whose driver raised `error`."""
    from hardware.errors import DeviceError

    if isinstance(error, DeviceError):
        return Health(State(error.code.value), error.detail)
    return Health(State.DEVICE_FAULT, f"its program failed: {type(error).__name__}")
