"""The kiosk's scanner and its document camera: when they look, when they forget, and how they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hardware.health import Health, Kind
from kiosk.effects import Effect
from kiosk.equipment import Equipment
from kiosk.lane import Post
from kiosk.paper_lane import PaperLane
from kiosk.scan_lane import ScanLane
from kiosk.settings import Settings
from kiosk.state import Part
from kiosk.vault import Vault
from kiosk.visit import effects as ask

SCANNER, CAMERA = "scanner", "document-camera"
"""Their names in the report."""


class Eyes:
    """What the settings do not name is not there, and nothing is said of it."""

    def __init__(self, settings: Settings, post: Post, vault: Vault, today: Callable[[], date | None]) -> None:
        told = Equipment(post)
        self._scanner = ScanLane(settings.scanner, post, told, today) if settings.scanner else None
        self._camera = PaperLane(settings.camera, vault, post, told) if settings.camera else None

    def run(self, effect: Effect) -> None:
        """Returns at once."""
        match effect:
            case ask.WatchScanner(on) if self._scanner:
                self._scanner.watch(on)
            case ask.WatchPaper(on) if self._camera:
                self._camera.watch(on)
            case ask.ShootPaper() if self._camera:
                self._camera.shoot()
            case ask.TurnShot(picture) if self._camera:
                self._camera.turn(picture)
            case ask.Forget(pictures) if self._camera:
                self._camera.forget(pictures)
            case ask.Wipe():
                self._forget()

    def _forget(self) -> None:
        if self._scanner:
            self._scanner.watch(False)
        if self._camera:
            self._camera.wipe()

    def parts(self) -> tuple[Part, ...]:
        """How they are, as far as that is known."""
        seen = (
            (SCANNER, Kind.SCANNER, self._scanner.health if self._scanner else None),
            (CAMERA, Kind.CAMERA, self._camera.health if self._camera else None),
        )
        return tuple(_part(name, kind, health) for name, kind, health in seen if health is not None)

    def stop(self, wait_s: float) -> None:
        if self._scanner:
            self._scanner.stop(wait_s)
        if self._camera:
            self._camera.stop(wait_s)


def _part(name: str, kind: Kind, health: Health) -> Part:
    return Part(name, kind, str(health.state), health.detail)
