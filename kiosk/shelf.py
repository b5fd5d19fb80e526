"""What a kiosk keeps on its disk over a restart, and nothing else: the catalogue, and the keys of filings under way.

Nothing of it is personal. A key is written before its filing is sent, and goes when the receipt is on paper: after a
power cut the kiosk asks what became of it.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from queue_server.contract import CatalogueReply, PlacesReply

LOG = logging.getLogger("kiosk")
Kept = TypeVar("Kept", bound=BaseModel)
CATALOGUE, PLACES = "catalogue.json", "places.json"
KEY = re.compile(r"[A-Za-z0-9-]{1,80}")
SUFFIX = ".filing"
OLD_S = 24 * 3600.0
"""A receipt asked for later helps nobody; the dossier stands at the server."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A filing that was under way. `at`: seconds since 1970, by this machine's clock."""

    key: str
    at: float


class Shelf:
    """A folder, or none: then nothing is kept. A disk that fails stops nothing."""

    def __init__(self, folder: Path | None, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    # --- the catalogue -----------------------------------------------------------------------------------------

    def keep(self, catalogue: CatalogueReply) -> None:
        self._write(CATALOGUE, catalogue.model_dump_json().encode())

    def keep_places(self, places: PlacesReply) -> None:
        self._write(PLACES, places.model_dump_json().encode())

    def catalogue(self) -> CatalogueReply | None:
        return self._read(CATALOGUE, CatalogueReply)

    def places(self) -> PlacesReply | None:
        return self._read(PLACES, PlacesReply)

    # --- filings under way ---------------------------------------------------------------------------------------

    def mark(self, key: str) -> None:
        """Write the key down, durably, before it is sent."""
        if KEY.fullmatch(key):
            self._write(key + SUFFIX, f"{self._clock():.0f}\n".encode())

    def unmark(self, key: str) -> None:
        if self._folder is None or not KEY.fullmatch(key):
            return
        try:
            (self._folder / (key + SUFFIX)).unlink(missing_ok=True)
            self._sync(self._folder)
        except OSError as error:
            LOG.warning("a filing's key stays on the disk: %s", error.strerror)

    def marks(self) -> tuple[Mark, ...]:
        """The filings whose receipts have not been printed yet; those too old are forgotten."""
        found = []
        for path in sorted(self._folder.glob("*" + SUFFIX)) if self._folder else ():
            try:
                mark = Mark(path.name.removesuffix(SUFFIX), float(path.read_text(encoding="ascii")))
            except (OSError, ValueError):
                mark = Mark(path.name.removesuffix(SUFFIX), 0.0)
            if self._clock() - mark.at > OLD_S:
                self.unmark(mark.key)
            elif KEY.fullmatch(mark.key):
                found.append(mark)
        return tuple(found)

    def age_s(self, mark: Mark) -> float:
        return self._clock() - mark.at

    # --- the disk ----------------------------------------------------------------------------------------------

    def _write(self, name: str, data: bytes) -> None:
        """Whole or not at all, and on the disk when it returns."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = self._folder / (name + ".new")
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self._folder / name)
            self._sync(self._folder)
        except OSError as error:
            LOG.warning("%s cannot be kept: %s", "a filing's key" if name.endswith(SUFFIX) else name, error.strerror)

    def _read(self, name: str, kind: type[Kept]) -> Kept | None:
        if self._folder is None:
            return None
        try:
            return kind.model_validate_json((self._folder / name).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError):
            LOG.warning("%s on the disk cannot be read; it is fetched again", name)
            return None

    @staticmethod
    def _sync(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
