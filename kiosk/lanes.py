"""Where effects are carried out: threads beside the UI, each with its own queue, so that nothing blocks a touch.

The server's answers, the tickets and the printer wait for nobody but themselves: a printer that hangs delays no
ticket, a slow poll delays no request.
"""

from __future__ import annotations

import itertools
import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk import effects as do
from kiosk import events as on
from kiosk.settings import Settings
from kiosk.state import Part
from queue_server.contract import DeviceReport, PartReport

if TYPE_CHECKING:
    from hardware.printers.desk import Desk
    from kiosk.client import Client

LOG = logging.getLogger("kiosk")
PRINTER_TIMEOUT_S = 5.0
DETAIL_CHARS = 200
PRINTER = "printer"
"""The first printer's name in the report; the next is printer-2."""

WARM = do.Effect()
"""Load what the first ticket would wait for, once the screen is up."""

LEFT_OVER = do.Effect()
"""Print what a power cut left behind, once the printer is switched on too, and forget what is old."""

Post = Callable[[on.Event], None]


class Lane:
    """One thread that does one thing after the other; what waits already is not queued twice."""

    def __init__(self, name: str, work: Callable[[do.Effect], None]) -> None:
        self._work = work
        self._queue: queue.Queue[do.Effect | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name=f"kiosk-{name}", daemon=True)
        self._thread.start()

    def put(self, effect: do.Effect) -> None:
        with self._queue.mutex:
            if effect in self._queue.queue:
                return
        self._queue.put(effect)

    def stop(self, wait_s: float) -> None:
        self._queue.put(None)
        self._thread.join(wait_s)

    def _run(self) -> None:
        while (effect := self._queue.get()) is not None:
            self._guarded(lambda effect=effect: self._work(effect))  # type: ignore[misc]

    def _guarded(self, work: Callable[[], None]) -> None:
        """The thread's edge: whatever happens, the next effect is still carried out."""
        try:
            work()
        except Exception:
            LOG.exception("an effect failed")


class Hands:
    """Carries out effects and posts their answers. `post` is called from the lanes' threads."""

    def __init__(self, settings: Settings, post: Post) -> None:
        self._settings = settings
        self._post = post
        self._run = secrets.token_hex(8)
        self._clients: dict[str, Client] = {}
        self._desk: Desk | None = None
        self._warm = False
        self._server_ahead: datetime | None = None
        """What the server's clock showed when this machine's monotonic one stood at nought."""
        self._ask_lane = Lane("server", self._ask)
        self._issue_lane = Lane("ticket", self._issue)
        self._opening = threading.Lock()
        self._print_lane = Lane("printer", self._print)
        self._watch_lane = Lane("printer-watch", self._watch)

    def run(self, effect: do.Effect) -> None:
        """Queue `effect`; returns at once."""
        if isinstance(effect, do.IssueTicket):
            self._issue_lane.put(effect)
        elif isinstance(effect, do.Print):
            self._print_lane.put(effect)
        elif isinstance(effect, do.CheckPrinter):
            self._watch_lane.put(effect)
            self._print_lane.put(LEFT_OVER)
        else:
            self._ask_lane.put(effect)

    def stop(self, wait_s: float = 2.0) -> None:
        """Let the lanes end; one that waits for a device is left behind after `wait_s` seconds each."""
        for lane in (self._ask_lane, self._issue_lane, self._print_lane, self._watch_lane):
            lane.stop(wait_s)
        for client in self._clients.values():
            client.close()
        if self._desk:
            self._desk.close()

    # --- the server --------------------------------------------------------------------------------------------

    def _client(self, lane: str) -> Client:
        """The lane's own. Imported and made in the lane, so that the first picture does not wait for it."""
        from kiosk.client import Client

        if lane not in self._clients:
            self._clients[lane] = Client(self._settings.server, self._settings.token)
        return self._clients[lane]

    def _ask(self, effect: do.Effect) -> None:
        from queue_server.contract.client import ServerError

        client = self._client("server")
        try:
            if isinstance(effect, do.FetchServices):
                reply = client.services()
                self._server_ahead = reply.now - _since_boot()
                self._post(on.ServicesArrived(reply))
                self._print_lane.put(WARM)
            elif isinstance(effect, do.Report):
                client.report(DeviceReport(parts=tuple(_reported(part) for part in effect.parts), run=self._run))
        except ServerError as error:
            LOG.warning("the server did not help with %s: %s", type(effect).__name__, error)
            if isinstance(effect, do.FetchServices):
                self._post(on.ServicesFailed(str(error)))

    def _issue(self, effect: do.Effect) -> None:
        from queue_server.contract.client import RefusedError, ServerError

        if not isinstance(effect, do.IssueTicket):
            return
        try:
            self._post(on.TicketIssued(effect.key, self._client("ticket").issue(effect.key, effect.request)))
        except RefusedError as refusal:
            LOG.warning("no ticket: %s", refusal)
            self._post(on.IssueRefused(effect.key, refusal.problem))
        except ServerError as error:
            LOG.warning("no answer to the ticket request yet: %s", error)
            self._post(on.IssueUncertain(effect.key, str(error)))

    # --- the printer -------------------------------------------------------------------------------------------

    def _print(self, effect: do.Effect) -> None:
        if isinstance(effect, do.Print):
            self._post(self._printed(effect))
        elif effect is LEFT_OVER:
            self._opened().resume(self._true_now())
            self._opened().tidy()
        elif effect is WARM and not self._warm:
            from hardware.printers import warm

            self._warm = True
            warm()

    def _printed(self, effect: do.Print) -> on.Event:
        from hardware.printers import DeviceError
        from kiosk.slip import key, slip

        number = effect.ticket.id
        if effect.reply is None:
            return on.PrintFailed(number)
        paper = slip(effect.ticket, effect.reply, effect.language)
        try:
            self._opened().print_job(key(effect.ticket), paper, effect.language.value)
        except DeviceError as error:
            LOG.warning("ticket %s not printed: %s", effect.ticket.number, error)
            return on.PrintFailed(number, self._parts())
        except Exception:
            LOG.exception("ticket %s not printed", effect.ticket.number)
            return on.PrintFailed(number, self._parts())
        return on.Printed(number, self._parts())

    def _watch(self, effect: do.Effect) -> None:
        """Beside the tickets, so that a printer that hangs holds up none that the other one prints."""
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


def _reported(part: Part) -> PartReport:
    return PartReport(part=part.name, kind=part.kind, state=part.state, detail=part.detail[:DETAIL_CHARS])
