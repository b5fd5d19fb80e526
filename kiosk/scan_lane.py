"""The kiosk's scanner on a thread of its own: cards and codes of this hall are passed on, anything else is refused."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kiosk.equipment import Equipment
from kiosk.events import Event
from kiosk.visit.events import CardScanned, CodeScanned, ScanRefused
from kiosk.visit.state import CardFields

if TYPE_CHECKING:
    from hardware.health import Health
    from hardware.scanners import Scanner

LOG = logging.getLogger("kiosk")
READ_S = 0.25
TIMEOUT_S = 5.0
RETRY_S = 2.0
LOST_AFTER = 3
"""So many failures in a row before the screen is told: a plug that is moved is no loss."""
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


class ScanLane:
    """`url`: of the scanner; none: there is none. It is kept open, so that its state is known, and what is scanned
    while nobody watches is thrown away; a camera that scans is open only while it is watched, since the paper's lane
    may need it. `today`: by a clock that can be trusted, else None."""

    def __init__(
        self,
        url: str | None,
        post: Callable[[Event], None],
        equipment: Equipment | None = None,
        today: Callable[[], date | None] = lambda: None,
    ) -> None:
        self._url = url
        self._post = post
        self._equipment = equipment or Equipment(post)
        self._today = today
        self._lends = bool(url) and str(url).lower().startswith("qr+")
        self._watching = False
        self._stopping = False
        self._changed = threading.Condition()
        self._scanner: Scanner | None = None
        self._health: Health | None = None
        self._failed = 0
        self._thread = threading.Thread(target=self._run, name="kiosk-scanner", daemon=True)
        self._thread.start()

    def watch(self, on: bool) -> None:
        """Pass on what is scanned from now, or throw it away. Returns at once."""
        with self._changed:
            self._watching = on
            self._changed.notify_all()

    def stop(self, wait_s: float = 2.0) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(wait_s)

    @property
    def health(self) -> Health | None:
        """For the kiosk's report; None without a scanner."""
        scanner = self._scanner
        if scanner is not None and not self._failed:
            return scanner.health()
        return self._health

    def _run(self) -> None:
        if self._url is None:
            self._equipment.tell(scanner=False)
            return
        while not self._stopping:
            try:
                self._turn()
            except Exception as error:  # noqa: BLE001 - the thread's edge
                self._lost(error)
        self._close()

    def _turn(self) -> None:
        """Open, drain, and listen until it is switched off or lost."""
        from hardware.scanners import open_scanner

        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._watching or not self._lends)
            watching = self._watching
        if self._stopping:
            return
        if self._scanner is None:
            self._scanner = open_scanner(str(self._url), timeout_s=TIMEOUT_S)
            if self._lends and self._failed == 0:
                self._equipment.tell(scanner=True)
        if watching:
            self._drain(self._scanner)
        while self._watching == watching and not self._stopping:
            scan = self._scanner.read(READ_S)
            self._failed = 0
            self._equipment.tell(scanner=True)
            with self._changed:  # so that nothing is posted once `watch(False)` has returned
                if scan is not None and self._watching:
                    self._post(heard(scan.text, self._today()))
        if self._lends and not self._watching:
            self._close()

    def _drain(self, scanner: Scanner) -> None:
        """What lay there from before belongs to nobody here."""
        while scanner.read(0.0) is not None and not self._stopping:
            pass

    def _lost(self, error: Exception) -> None:
        from hardware.errors import Code, DeviceError
        from hardware.health import Health, State

        if isinstance(error, DeviceError):
            self._health = Health(State(error.code), error.detail)
            told = f"{error.code}: {error.detail}"
        else:  # without the error's own words, which may hold what was read
            self._health = Health(State.DEVICE_FAULT, "its program failed, see the log")
            told = type(error).__name__
        self._failed += 1
        hopeless = isinstance(error, DeviceError) and error.code in (Code.BAD_URL, Code.DRIVER_MISSING)
        if hopeless or self._failed == LOST_AFTER:
            LOG.warning("the scanner does not work: %s", told)
        if hopeless or self._failed >= LOST_AFTER:
            self._equipment.tell(scanner=False)
        if not isinstance(error, DeviceError) or hopeless:
            self._close()
        with self._changed:
            self._changed.wait_for(lambda: self._stopping, 10 * RETRY_S if hopeless else RETRY_S / 4)

    def _close(self) -> None:
        scanner, self._scanner = self._scanner, None
        if scanner is not None:
            self._health = scanner.health() if not self._failed else self._health
            scanner.close()
