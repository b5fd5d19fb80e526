"""The tickets on their way to paper, on the disk, so that a power cut neither loses one nor prints it twice unmarked.

A job's slip is written once, under a temporary name. How far it is stands in its file's name alone, so every step is
one rename, made durable before the next: `KEY.waiting` (nothing has been sent), `KEY.started` (paper may have come
out), `KEY.printed`. A rename also decides between two programs that want the same job.

What stands on a ticket is somebody's business: few jobs are kept, for hours, and none of them till the next day.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from hardware.printers.slip import Slip
from hardware.words import DEFAULT

LOG = logging.getLogger("motcua.spool")

FRESH = timedelta(minutes=3)
"""As long after a restart a ticket is printed by itself: a PC is up again after a power cut by then, and whoever took
the number still stands there. Later the paper would fall into the next person's hands."""

KEPT = 50
KEPT_FOR = timedelta(hours=4)
"""Half a working day: who comes back for a lost ticket comes soon."""

CLOCK_SLIP = timedelta(minutes=1)
"""So far a job may lie in the future; more, and the clock was set back: its age is unknown."""

LARGEST = 65_536
VERSION = 1
BOOT = Path("/proc/sys/kernel/random/boot_id")
NEW = ".new"
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
NAME = re.compile(rf"({KEY.pattern})\.(waiting|started|printed)")


class Stage(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    STARTED = "started"
    PRINTED = "printed"

    @property
    def paper_may_be_out(self) -> bool:
        return self is not Stage.WAITING


@dataclass(frozen=True, slots=True)
class Job:
    """A slip, and the key under which it is printed once. `language`: of the words that mark a reprint. `boot`: of
    which start of the machine it is."""

    key: str
    slip: Slip
    made_at: datetime
    language: str = DEFAULT
    boot: str = ""


class Spool:
    """The folder of one kiosk's jobs; made with its first job. All calls may raise OSError: without a disk the tickets
    are printed all the same, by whoever calls."""

    def __init__(
        self, folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC), boot: str | None = None
    ) -> None:
        self._folder = folder
        self._now = now
        self._boot = _this_boot() if boot is None else boot

    def add(self, key: str, slip: Slip, language: str = DEFAULT) -> Stage:
        """Keep a job durably before anything of it is sent; a job of that key that is there already stays as it is.
        How far it is."""
        if not KEY.fullmatch(key):
            raise ValueError("a key has letters, digits, dots and dashes")
        known = self.stage(key)
        if known is not None:
            return known
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fields = {
            "version": VERSION,
            "made_at": self._now().isoformat(),
            "boot": self._boot,
            "language": language,
            "slip": asdict(slip),
        }
        beside = self._folder / (key + NEW)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(json.dumps(fields, ensure_ascii=False).encode())
            file.flush()
            os.fsync(descriptor)
        os.rename(beside, self._path(key, Stage.WAITING))
        self._sync()
        return Stage.WAITING

    def move(self, key: str, before: Stage, after: Stage) -> bool:
        """Take a job from one stage to another, durably; False if it is not at `before` any more."""
        try:
            os.rename(self._path(key, before), self._path(key, after))
        except FileNotFoundError:
            return False
        self._sync()
        return True

    def stage(self, key: str) -> Stage | None:
        """How far a job is; the furthest, should there be two; None if there is none."""
        return next((stage for stage in reversed(Stage) if self._path(key, stage).exists()), None)

    def jobs(self) -> list[tuple[Job, Stage]]:
        """Every job that can be read, oldest first."""
        found = dict[str, tuple[Job, Stage]]()
        for path, key, stage in self._files():
            job = self._read(path, key)
            if job is not None and (key not in found or stage.paper_may_be_out):
                found[key] = job, stage
        return sorted(found.values(), key=lambda entry: (entry[0].made_at, entry[0].key))

    def fresh(self, job: Job, true_now: datetime | None = None) -> bool | None:
        """Whether the citizen probably still stands there; None: not known yet. Without a battery the clock may stand
        in the morning where it stood at the cut: of an earlier start's job only `true_now`, the server's, tells."""
        if not _fresh(job, self._now()):
            return False
        if job.boot == self._boot:
            return True
        return None if true_now is None else _fresh(job, true_now)

    def drop(self, key: str) -> None:
        """Forget a job."""
        for stage in Stage:
            self._path(key, stage).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Forget what is too old, too much, or cannot be read; a job half written was never begun. For the program
        that adds jobs, and none beside it."""
        now = self._now()
        kept = [
            (job.made_at, path)
            for path, key, _ in self._files()
            if (job := self._read(path, key)) is not None and -CLOCK_SLIP <= now - job.made_at <= KEPT_FOR
        ]
        newest = {path for _, path in sorted(kept)[-KEPT:]}
        for path in [*self._folder.glob("*" + NEW), *(path for path, _, _ in self._files())]:
            if path not in newest:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[tuple[Path, str, Stage]]:
        names = os.listdir(self._folder) if self._folder.is_dir() else []
        for name in sorted(names):
            if found := NAME.fullmatch(name):
                yield self._folder / name, found[1], Stage(found[2])

    def _read(self, path: Path, key: str) -> Job | None:
        """The job of a file; None if its content is not one, whatever it is."""
        try:
            with path.open("rb") as file:
                fields: dict[str, Any] = json.loads(file.read(LARGEST))
            made_at = datetime.fromisoformat(fields["made_at"])
            if fields["version"] != VERSION or made_at.tzinfo is None:
                return None
            return Job(key, _slip(fields["slip"]), made_at, str(fields["language"]), str(fields.get("boot", "")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            LOG.warning("the job %s cannot be read: %s", path.name, type(error).__name__)
            return None

    def _path(self, key: str, stage: Stage) -> Path:
        return self._folder / f"{key}.{stage}"

    def _sync(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _fresh(job: Job, now: datetime) -> bool:
    return -CLOCK_SLIP <= now - job.made_at <= FRESH


def _this_boot() -> str:
    """Another text after each start of the machine; empty where the kernel does not tell."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _slip(fields: dict[str, Any]) -> Slip:
    """Raises ValueError or TypeError for anything but texts."""
    lines = tuple(fields["lines"])
    others = [value for name, value in fields.items() if name not in {"lines", "ruler"} and value is not None]
    if not all(isinstance(text, str) for text in (*lines, *others)):
        raise TypeError("a slip has texts only")
    return Slip(**{**fields, "lines": lines})
