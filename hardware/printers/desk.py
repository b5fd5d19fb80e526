"""Where a kiosk hands in its tickets: spooled first, printed on the first printer that can, marked when it has to be.

A paper that may have come out already is never printed again without "IN LẠI" on it, whichever printer it was, and
whoever asks again; also over a restart, as far as the disk could be written before it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hardware.errors import DeviceError
from hardware.health import Health, State
from hardware.printers.bay import Bay, Open
from hardware.printers.errors import PrinterError
from hardware.printers.opener import open_printer
from hardware.printers.slip import Slip
from hardware.printers.spool import Job, Spool, Stage
from hardware.words import DEFAULT, N_, translations

LOG = logging.getLogger("motcua.printing")
REPRINT = N_("REPRINT")
NOTE = N_("Same number as on the first ticket; only one place in the queue")
REMEMBERED = 200
"""Jobs whose stage is known without a disk."""


class Desk:
    """Printers in order of preference, and the spool; for one thread, but that `check` may be called beside it. Several
    programs may share the spool's folder.

    `spool`: None prints without one; then a reprint is known only as long as the program runs. `shared`: the spool is
    another program's, to be left as it is but for the job in hand.
    """

    def __init__(
        self,
        urls: Sequence[str],
        spool: Spool | None = None,
        opened: Open = open_printer,
        *,
        shared: bool = False,
    ) -> None:
        if not urls:
            raise ValueError("a desk needs a printer")
        self._bays = [Bay(url, opened) for url in urls]
        self._spool = spool
        self._spool_fault = ""
        self._seen: dict[str, Stage] = {}
        self._untrue: set[str] = set()
        self._left = [] if shared else self._left_over()
        if any(stage is Stage.STARTED for _, stage in self.jobs()):
            for bay in self._bays:
                bay.begin_afresh()

    def print_job(self, key: str, slip: Slip, language: str = DEFAULT, *, reprint: bool = False) -> None:
        """Print the slip of that key, marked if a paper of it may be out; `reprint`: in any case. Raises DeviceError
        of the first printer if none printed it, a PrinterError with `sent` if paper may have come out."""
        self._left = [job for job in self._left if job.key != key]
        self._add(key, slip, language)
        failures: list[DeviceError] = []
        for bay in sorted(self._bays, key=lambda each: each.failed):
            marked = self._begun(key) or reprint
            try:
                bay.print_slip(_marked(slip, language) if marked else slip)
            except DeviceError as error:
                failures.append(error)
                LOG.warning("job %s not printed by %s: %s", key, bay.name, error)
                if not getattr(error, "sent", False) and not marked:
                    self._moved(key, Stage.STARTED, Stage.WAITING)
                continue
            self._moved(key, Stage.STARTED, Stage.PRINTED)
            return
        first = failures[0]
        raise PrinterError(first.code, first.detail, sent=any(getattr(each, "sent", False) for each in failures))

    def resume(self, true_now: datetime | None = None) -> int:
        """Print what a power cut left behind, as far as it is fresh; how many. `true_now`: as the server says, None
        while it is not known. One whose start cannot be written down is not printed: it would be printed again after
        the next cut. Never raises."""
        printed = 0
        if self._spool is None:
            return printed
        for job in tuple(self._left):
            fresh = self._spool.fresh(job, true_now)
            if not fresh:
                if fresh is False:
                    self._left.remove(job)
                continue
            try:
                if self._spool.stage(job.key) is Stage.WAITING and not self._writable(job.key):
                    continue
                left = list(self._left)
                self.print_job(job.key, job.slip, job.language)
            except DeviceError:
                self._left = left
            except OSError as error:
                self._spool_failed(error)
            else:
                LOG.info("job %s printed after a restart", job.key)
                printed += 1
        return printed

    def jobs(self) -> list[tuple[Job, Stage]]:
        """What can be printed again, oldest first. Never raises."""
        try:
            return self._spool.jobs() if self._spool else []
        except OSError as error:
            self._spool_failed(error)
            return []

    def tidy(self) -> None:
        """Forget what is too old to be printed again, and what the disk kept wrongly. Never raises."""
        for key in tuple(self._untrue):
            self._forget(key)
        try:
            if self._spool:
                self._spool.tidy()
        except OSError as error:
            self._spool_failed(error)

    def check(self) -> tuple[Health, ...]:
        """How each printer is, in the order of their URLs. Never raises."""
        return tuple(bay.check() for bay in self._bays)

    @property
    def health(self) -> tuple[Health, ...]:
        """The same as it was last seen, without asking."""
        return tuple(bay.health for bay in self._bays)

    @property
    def spool_health(self) -> Health:
        """Whether tickets on their way to paper would survive a power cut."""
        return Health(State.CANNOT_WRITE, self._spool_fault) if self._spool_fault else Health(State.READY)

    def close(self) -> None:
        for bay in self._bays:
            bay.close()

    # --- the spool, if there is one and it can be written ---------------------------------------------------------

    def _left_over(self) -> list[Job]:
        """What an earlier run did not finish; forgotten when it is not fresh any more."""
        self.tidy()
        return [job for job, stage in self.jobs() if stage is not Stage.PRINTED]

    def _add(self, key: str, slip: Slip, language: str) -> None:
        known = self._seen.setdefault(key, Stage.WAITING)
        try:
            if self._spool and not known.paper_may_be_out:
                self._seen[key] = self._spool.add(key, slip, language)
                self._spool_fault = ""
            elif self._spool:
                # The disk failed meanwhile: it must not say that nothing has been sent yet.
                self._spool.move(key, Stage.WAITING, known)
        except OSError as error:
            self._spool_failed(error)
            self._untrue.add(key)
        for old in list(self._seen)[:-REMEMBERED]:
            del self._seen[old]

    def _begun(self, key: str) -> bool:
        """Write down that paper may come out from now on; True if that was so before."""
        before = self._seen[key]
        begun = before.paper_may_be_out or not self._moved(key, Stage.WAITING, Stage.STARTED)
        if before is Stage.PRINTED:
            self._moved(key, Stage.PRINTED, Stage.STARTED)
        self._seen[key] = Stage.STARTED
        return begun

    def _moved(self, key: str, before: Stage, after: Stage) -> bool:
        """False only if another program took the job meanwhile. A disk that fails stops nothing, but what it says of
        the job must not be believed after a restart."""
        self._seen[key] = after
        try:
            return self._spool is None or self._spool.move(key, before, after) or self._spool.stage(key) is None
        except OSError as error:
            self._spool_failed(error)
            self._forget(key)
            return True

    def _forget(self, key: str) -> None:
        try:
            if self._spool:
                self._spool.drop(key)
            self._untrue.discard(key)
        except OSError as error:
            self._untrue.add(key)
            self._spool_failed(error)

    def _writable(self, key: str) -> bool:
        """Whether the stage of a job can be changed now, there and back."""
        spool = self._spool
        return (
            spool is not None
            and spool.move(key, Stage.WAITING, Stage.STARTED)
            and spool.move(key, Stage.STARTED, Stage.WAITING)
        )

    def _spool_failed(self, error: OSError) -> None:
        if not self._spool_fault:
            LOG.warning("tickets are printed without the spool: %s", error)
        self._spool_fault = f"spool: {error.strerror or type(error).__name__}"


def open_desk(urls: Sequence[str], folder: Path | None, timeout_s: float = 5.0, *, shared: bool = False) -> Desk:
    """The desk of these printers with its spool in `folder`, if any. Opens no printer yet."""
    return Desk(
        urls, Spool(folder) if folder else None, lambda url: open_printer(url, timeout_s=timeout_s), shared=shared
    )


def _marked(slip: Slip, language: str) -> Slip:
    _ = translations(language).gettext
    return replace(slip, reprint=_(REPRINT), reprint_note=_(NOTE))
