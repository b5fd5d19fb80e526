"""Puts the agent together: a thread for each device, three for the server, and one for each keypad's keys."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from hardware.agent.client import Client
from hardware.agent.config import CameraEntry, DisplayEntry, KeypadEntry, SpeakerEntry
from hardware.agent.display_part import DisplayPart
from hardware.agent.feed import Feed
from hardware.agent.keypad_part import KeypadPart
from hardware.agent.opening import Opened
from hardware.agent.pace import Pace
from hardware.agent.reporter import Part, Reporter, health_of
from hardware.agent.speaker_part import SpeakerPart
from hardware.agent.thread import Steady
from hardware.agent.watched_part import WatchedPart, heard, seen
from hardware.errors import DeviceError
from hardware.health import Health, Kind, State

LOG = logging.getLogger("motcua.agent")
STOP_S = 3.0
"""For all threads together; one that hangs in a driver is left behind."""


class Driven(Protocol):
    """What a thread drives."""

    @property
    def parts(self) -> list[Part]: ...

    def turn(self) -> None: ...


class Crew:
    """All threads of one agent. `name`: of the agent in its report; `state`: the folder for what must outlive it."""

    def __init__(
        self,
        name: str,
        devices: Sequence[Opened],
        make_client: Callable[[], Client],
        state: Path,
        dashes_after_s: float,
        pace: Pace = Pace(),  # noqa: B008 - frozen
    ) -> None:
        self.stopping = threading.Event()
        self._devices = devices
        self._make_client = make_client
        self._state = state
        self._dashes_after_s = dashes_after_s
        self._pace = pace
        self._feed = Feed(make_client, self.stopping, pace)
        self._reporter = Reporter(make_client, self.stopping, pace)
        well = Health(State.READY) if devices else Health(State.UNKNOWN, "its file names no device")
        self._reporter.tell(Part(name, Kind.AGENT), well)
        self._keypads: list[KeypadPart] = []
        self._displays: list[DisplayPart] = []
        self._speakers: list[SpeakerPart] = []
        # The board first: what the displays have to show is asked for while devices are being opened.
        self._threads = [
            Steady("board", self._feed.fetch_turn, self.stopping, pace.fault_s),
            Steady("nudges", self._feed.nudge_turn, self.stopping, pace.fault_s),
            Steady("reports", self._reporter.turn, self.stopping, pace.fault_s),
        ]
        for opened in devices:
            self._man(opened)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End all threads, show on the displays that nobody minds them, let go of the devices; within seconds."""
        self.stopping.set()
        self._feed.stop()
        self._reporter.stop()
        for keypad in self._keypads:
            for presser in keypad.pressers.values():
                presser.stop()
        for speaker in self._speakers:
            speaker.close()
        deadline = time.monotonic() + STOP_S
        for thread in self._threads:
            # The nudges' thread sits in a read that nothing ends sooner; it is a daemon.
            if thread.name != "nudges":
                thread.join(max(0.0, deadline - time.monotonic()))
        for display in self._displays:
            if time.monotonic() < deadline:
                self._quietly(display.leave)
        for opened in self._devices:
            if opened.device is not None:
                self._quietly(opened.device.close)

    def _man(self, opened: Opened) -> None:
        """Give a device its thread; one that cannot be opened is only reported."""
        if isinstance(opened.entry, CameraEntry) and not opened.entry.enabled:
            return
        if opened.failure is not None:
            LOG.error("%s: %s", opened.entry.name, opened.failure)
            for part in opened.parts:
                self._reporter.tell(part, health_of(opened.failure))
            return
        driven = self._driven(opened)
        for part in driven.parts:
            self._reporter.tell(part, Health())
        self._threads.append(
            Steady(
                opened.entry.name, driven.turn, self.stopping, self._pace.fault_s, partial(self._fault, driven, opened)
            )
        )
        if isinstance(driven, KeypadPart):
            for address, presser in driven.pressers.items():
                self._threads.append(
                    Steady(f"{opened.entry.name} {address} keys", presser.turn, self.stopping, self._pace.fault_s)
                )

    def _driven(self, opened: Opened) -> Driven:
        match opened.entry:
            case DisplayEntry() as entry:
                display = DisplayPart(
                    entry, opened.device, self._feed, self._reporter, self._dashes_after_s, self._pace
                )
                self._displays.append(display)
                return display
            case KeypadEntry() as entry:
                keypad = KeypadPart(
                    entry, opened.device, self._feed, self._reporter, self._make_client, self.stopping, self._pace
                )
                self._keypads.append(keypad)
                return keypad
            case SpeakerEntry() as entry:
                memory = self._state / f"spoken-{entry.name.replace(' ', '_')}.json"
                speaker = SpeakerPart(
                    entry, opened.device, opened.voice, self._feed, self._reporter, memory, self._pace
                )
                self._speakers.append(speaker)
                return speaker
            case CameraEntry():
                return self._watched(opened, seen(opened.device))
        if opened.kind is Kind.SCANNER:
            return self._watched(opened, heard(opened.device))
        return self._watched(opened, None)

    def _watched(self, opened: Opened, look: Callable[[], object] | None) -> WatchedPart:
        device = opened.device
        health = (lambda: device.status().health) if opened.kind is Kind.PRINTER else device.health
        return WatchedPart(
            Part(opened.entry.name, opened.kind), health, self._reporter, self.stopping, self._pace.watch_s, look
        )

    def _fault(self, driven: Driven, opened: Opened, error: Exception) -> None:
        """A driver failed in a way that nobody thought of: it is opened anew for its next turn."""
        for part in driven.parts:
            self._reporter.tell(part, health_of(error))
        self._quietly(opened.device.close)

    def _quietly(self, work: Callable[[], None]) -> None:
        """An edge: a driver's last breath stops nobody."""
        try:
            work()
        except DeviceError as error:
            LOG.info("at the end: %s", error)
        except Exception:
            LOG.exception("at the end")
