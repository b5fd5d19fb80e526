"""A printer of pictures: each slip becomes a PNG in a directory, for demonstrations and for a look at the design."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from hardware.address import Address
from hardware.health import Health
from hardware.printers.address import profile_of
from hardware.printers.errors import Code, PrinterError
from hardware.printers.render import render
from hardware.printers.slip import Slip
from hardware.printers.status import Paper, PrinterStatus

KEPT = 200
"""Pictures in the directory; the oldest goes first."""

NAME = "slip-%Y%m%dT%H%M%S.%fZ.png"
PATTERN = "slip-*Z.png"


def open_printer(address: Address, timeout_s: float) -> PreviewPrinter:
    profile = profile_of(address)
    if address.host or not address.path.startswith("/"):
        raise address.bad("a directory with three slashes is needed, as in preview:///var/lib/motcua/preview")
    return PreviewPrinter(Path(address.path), profile.dots)


class PreviewPrinter:
    """Writes `slip-<UTC time with microseconds>Z.png`; names sort by time and no two slips share one."""

    def __init__(
        self,
        directory: Path,
        dots: int,
        *,
        kept: int = KEPT,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._directory = directory
        self._dots = dots
        self._kept = kept
        self._clock = clock

    @property
    def name(self) -> str:
        return f"preview {self._directory}"

    def print_slip(self, slip: Slip) -> None:
        """Write the picture as a whole or not at all; PrinterError `cannot-write` if the directory refuses."""
        picture = render(slip, self._dots)
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._directory, prefix=".slip-", suffix=".png") as file:
                picture.save(file, "PNG")
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                self._publish(file.name)
            self._prune()
        except OSError as error:
            raise PrinterError(Code.CANNOT_WRITE, f"preview directory {self._directory}: {error}") from error

    def status(self) -> PrinterStatus:
        """Ready if pictures can be written."""
        place = self._directory
        while not place.exists() and place != place.parent:
            place = place.parent
        if place.is_dir() and os.access(place, os.W_OK | os.X_OK):
            return PrinterStatus(online=True, paper=Paper.OK, cover_open=False, fault=False)
        return PrinterStatus(online=False, detail=f"{self._directory} is not a directory that can be written")

    def health(self) -> Health:
        return self.status().health

    def begin_afresh(self) -> None:
        """A slip is kept whole or not at all."""

    def close(self) -> None:
        """Nothing is held between slips."""

    def _publish(self, written: str) -> None:
        """Give the finished file its name; a link fails where a rename would overwrite another process's slip."""
        moment = self._clock().astimezone(UTC)
        while True:
            try:
                os.link(written, self._directory / moment.strftime(NAME))
            except FileExistsError:
                moment += timedelta(microseconds=1)
            else:
                return

    def _prune(self) -> None:
        for old in sorted(self._directory.glob(PATTERN))[: -self._kept]:
            old.unlink(missing_ok=True)
