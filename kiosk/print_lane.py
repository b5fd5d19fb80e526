"""Tickets, receipts and lists on their way to paper, and how the printers are."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk import effects as do
from kiosk import events as on
from kiosk.lane import Lane, Post
from kiosk.settings import Settings
from kiosk.state import Part
from kiosk.visit import effects as ask
from queue_server.contract import Receipt

if TYPE_CHECKING:
    from hardware.printers import Slip
    from hardware.printers.desk import Desk

LOG = logging.getLogger("kiosk")
PRINTER_TIMEOUT_S = 5.0
PRINTER = "printer"
"""The first printer's name in the report; the next is printer-2."""
RECEIPT, CHECKLIST = 0, -1
"""In place of a ticket's number, for what is not one."""

WARM = do.Effect()
"""Load what the first ticket would wait for, once the screen is up."""

LEFT_OVER = do.Effect()
"""Print what a power cut left behind, once the printer is switched on too, and forget what is old."""


class PrintLane:
    """Looks at the printers beside the printing, so that one that hangs holds up none that the other one prints.
    `spooled` is told of each receipt that the spool has taken over."""

    def __init__(self, settings: Settings, post: Post, spooled: Callable[[Receipt], None]) -> None:
        self._settings = settings
        self._post = post
        self._spooled = spooled
        self._desk: Desk | None = None
        self._warm = False
        self._lists = itertools.count(1)
        self._opening = threading.Lock()
        self._server_ahead: datetime | None = None
        """What the server's clock showed when this machine's monotonic one stood at nought."""
        self._print_lane = Lane("printer", self._print)
        self._watch_lane = Lane("printer-watch", self._watch)

    def run(self, effect: do.Effect) -> None:
        if isinstance(effect, do.CheckPrinter):
            self._watch_lane.put(effect)
            self._print_lane.put(LEFT_OVER)
        else:
            self._print_lane.put(effect)

    def server_said(self, now: datetime) -> None:
        """The server is up, and this is its time."""
        self._server_ahead = now - _since_boot()
        self._print_lane.put(WARM)

    def today(self) -> date | None:
        """By the server's clock, which this machine's may not agree with; None until it has answered."""
        now = self._true_now()
        return now.date() if now else None

    def stop(self, wait_s: float) -> None:
        for lane in (self._print_lane, self._watch_lane):
            lane.stop(wait_s)
        if self._desk:
            self._desk.close()

    # --- printing ------------------------------------------------------------------------------------------------

    def _print(self, effect: do.Effect) -> None:
        from kiosk import papers_out
        from kiosk.slip import key, slip

        if isinstance(effect, do.Print) and effect.reply is not None:
            paper = slip(effect.ticket, effect.reply, effect.language)
            self._hand_in(effect.ticket.id, key(effect.ticket), paper, effect.language.value)
        elif isinstance(effect, do.Print):
            self._post(on.PrintFailed(effect.ticket.id))
        elif isinstance(effect, ask.PrintReceipt) and effect.reply is not None:
            paper = papers_out.receipt_slip(effect.receipt, effect.reply, effect.language)
            self._hand_in(RECEIPT, papers_out.receipt_key(effect.receipt), paper, effect.language.value)
            self._spooled(effect.receipt)
        elif isinstance(effect, ask.PrintList) and effect.reply is not None:
            paper = papers_out.checklist_slip(effect.procedure, effect.reply, effect.language)
            job = f"list-{time.time_ns()}-{next(self._lists)}"
            self._hand_in(CHECKLIST, job, paper, effect.language.value)
        elif effect is LEFT_OVER:
            from hardware.printers import forget

            self._opened().resume(self._true_now())
            self._opened().tidy()
            forget()
        elif effect is WARM and not self._warm:
            from hardware.printers import warm

            self._warm = True
            warm()

    def _hand_in(self, number: int, job: str, paper: Slip, language: str) -> None:
        """Printed once under the key `job`; posts how it went."""
        from hardware.printers import DeviceError, forget

        try:
            self._opened().print_job(job, paper, language)
        except DeviceError as error:
            LOG.warning("%s not printed: %s", job, error)
        except Exception:
            LOG.exception("%s not printed", job)
        else:
            self._post(on.Printed(number, self._parts()))
            return
        finally:
            forget()
        self._post(on.PrintFailed(number, self._parts()))

    # --- how the printers are ------------------------------------------------------------------------------------

    def _watch(self, effect: do.Effect) -> None:
        self._opened().check()
        self._post(on.PrinterChecked(self._parts()))

    def _parts(self) -> tuple[Part, ...]:
        from hardware.health import Kind

        desk = self._opened()
        itself = Part(self._settings.device, Kind.KIOSK, str(desk.spool_health.state), desk.spool_health.detail)
        names = (PRINTER if place == 1 else f"{PRINTER}-{place}" for place in itertools.count(1))
        printers = (
            Part(name, Kind.PRINTER, str(health.state), health.detail)
            for name, health in zip(names, desk.health, strict=False)
        )
        return (itself, *printers)

    def _true_now(self) -> datetime | None:
        """By the server's clock; None until it has answered."""
        return self._server_ahead and self._server_ahead + _since_boot()

    def _opened(self) -> Desk:
        from hardware.printers.desk import open_desk

        with self._opening:
            if self._desk is None:
                self._desk = open_desk(self._settings.printers, self._settings.spool, PRINTER_TIMEOUT_S)
            return self._desk


def _since_boot() -> timedelta:
    return timedelta(seconds=time.monotonic())
