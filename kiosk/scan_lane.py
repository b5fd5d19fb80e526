"""The kiosk's scanner on a thread of its own: cards and codes of this hall are passed on, anything else is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kiosk.device_lane import TIMEOUT_S, DeviceLane
from kiosk.equipment import Equipment
from kiosk.events import Event
from kiosk.visit.events import CardScanned, CodeScanned, ScanRefused
from kiosk.visit.state import CardFields

if TYPE_CHECKING:
    from hardware.scanners import Scanner

READ_S = 0.25
UNREADABLE = "unreadable"
"""A word of `hardware.scanners.refusal.Problem`."""
LONGEST = 300
"""Signs of a code of ours; a card's is judged by its own rules."""
ADDRESS = re.compile(r"https?://[^/\s]+/[dt]/[\w-]{8,64}", re.IGNORECASE | re.ASCII)
DOSSIER = re.compile(r"[0-9A-Z.]{3,24}-[0-9]{6}-[0-9]{1,6}", re.IGNORECASE | re.ASCII)
APPOINTMENT = re.compile(r"[0-9A-Z]{6}", re.IGNORECASE | re.ASCII)


def heard(text: str, today: date | None) -> Event:
    """The event that says what was scanned; never raises, and a refusal holds nothing of it."""
    from hardware.scanners.cccd import Card, parse

    code = text.strip()
    if len(code) <= LONGEST and (ADDRESS.fullmatch(code) or DOSSIER.fullmatch(code) or APPOINTMENT.fullmatch(code)):
        return CodeScanned(code)
    card = parse(text, today)
    if isinstance(card, Card):
        return CardScanned(
            CardFields(
                id=card.id,
                name=card.name,
                birth_year=card.birth_year,
                birth_date=card.birth_date,
                sex=card.sex.value,
                address=card.address,
                issued=card.issued,
            )
        )
    return ScanRefused(card.problem.value)


class ScanLane(DeviceLane):
    """`url`: of the scanner; none: there is none. It is kept open, so that its state is known, and what is scanned
    while nobody watches is thrown away; a camera that scans is open only while it is watched, since the paper's lane
    may need it. `today`: by a clock that can be trusted, else None."""

    _device: Scanner | None

    def __init__(
        self,
        url: str | None,
        post: Callable[[Event], None],
        equipment: Equipment | None = None,
        today: Callable[[], date | None] = lambda: None,
    ) -> None:
        super().__init__("scanner")
        self._url = url
        self._post = post
        self._equipment = equipment or Equipment(post)
        self._today = today
        self._lends = bool(url) and str(url).lower().startswith("qr+")
        self.begin()

    def _prepare(self) -> bool:
        if self._url is None:
            self._equipment.tell(scanner=False)
        return self._url is not None

    def _turn(self) -> None:
        """Open, drain, and listen until it is switched off or lost."""
        from hardware.scanners import open_scanner

        with self._changed:
            self._changed.wait_for(
                lambda: self._stopping or self._watching or not self._lends or self._device is not None
            )
            watching = self._watching
        if self._stopping:
            return
        if self._lends and not watching:
            self._let_go()
            return
        if self._device is None:
            self._device = open_scanner(str(self._url), timeout_s=TIMEOUT_S)
            if self._lends and self._failed == 0:
                self._equipment.tell(scanner=True)
        if watching:
            self._drain(self._device)
        unread = self._device.unread
        while self._watching == watching and not self._stopping:
            scan = self._device.read(READ_S)
            self._failed = 0
            self._equipment.tell(scanner=True)
            with self._changed:  # so that nothing is posted once `watch(False)` has returned
                if scan is not None and self._watching:
                    self._post(heard(scan.text, self._today()))
                elif self._device.unread > unread and self._watching:
                    # Whoever holds it there hears why nothing comes of it.
                    self._post(ScanRefused(UNREADABLE))
                unread = self._device.unread

    def _drain(self, scanner: Scanner) -> None:
        """What lay there from before belongs to nobody here."""
        while scanner.read(0.0) is not None and not self._stopping:
            pass

    def _on_failure(self, *, lost: bool, hopeless: bool) -> None:
        if lost:
            self._equipment.tell(scanner=False)
