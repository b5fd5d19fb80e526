"""A kiosk without a window: its real flow and its real threads against a real server, touched by events."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from pathlib import Path

from kiosk import events as on
from kiosk.flow import step
from kiosk.lanes import Hands
from kiosk.settings import Settings
from kiosk.state import Screen, State
from kiosk.vault import Vault
from kiosk.visit import events as visit
from tests.kiosk.walking import Walk

PATIENCE_S = 60.0


class HeadlessKiosk(Walk):
    """What the walk asks for is done; `until` waits for what comes of it."""

    def __init__(self, server: str, token: str, folder: Path, scanner: str | None = None) -> None:
        self.answers: queue.Queue[on.Event] = queue.Queue()
        self.vault = Vault()
        self.folder = folder
        printers = (f"preview://{folder / 'paper'}",)
        settings = Settings(server, token, printers, state=folder / "state", spool=folder / "spool", scanner=scanner)
        self.hands = Hands(settings, self.answers.put, self.vault)
        self.state = State()
        self.effects = []
        self._born = time.monotonic()
        self.did(on.Tick(0.0))

    def did(self, *events: on.Event) -> HeadlessKiosk:
        for event in events:
            self.state, effects = step(self.state, event)
            self.effects.extend(effects)
            for effect in effects:
                self.hands.run(effect)
        return self

    def until(self, holds: Callable[[State], bool]) -> State:
        """The state once it is so; time passes as on the clock."""
        end = time.monotonic() + PATIENCE_S
        while not holds(self.state):
            assert time.monotonic() < end, f"still at {self.state.screen}"
            try:
                self.did(self.answers.get(timeout=0.05))
            except queue.Empty:
                self.did(on.Tick(time.monotonic() - self._born))
        return self.state

    def on_screen(self, screen: Screen) -> HeadlessKiosk:
        self.until(lambda state: state.screen is screen)
        return self

    def ready(self) -> HeadlessKiosk:
        """The start screen, with the catalogue there."""
        self.until(lambda state: state.screen is Screen.ATTRACT and state.catalogue and state.places)  # type: ignore[arg-type, return-value]
        return self

    def read_all(self) -> HeadlessKiosk:
        """The declaration has come and every part of it has been on the screen."""
        shown = self.until(lambda state: bool(state.visit and state.visit.declaration)).visit
        assert shown is not None
        assert shown.declaration is not None
        self.did(*[on.TurnPage(1)] * shown.declaration.views)
        return self

    def photograph(self, paper: str, page: bytes) -> HeadlessKiosk:
        """The paper under the camera, as the camera's thread would post it."""
        from hardware.papers.advice import Advice

        self.did(visit.ShowPaper(paper), visit.Shoot(), visit.PaperShot(self.vault.put(page), Advice.GOOD))
        return self.did(visit.KeepPage())

    def stop(self) -> None:
        self.hands.stop()
