"""Where effects are carried out: threads beside the UI, each with its own queue, so that nothing blocks a touch.

The server's answers, the tickets and the printer wait for nobody but themselves: a printer that hangs delays no
ticket, a slow poll delays no request.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk import effects as do
from kiosk import events as on
from kiosk.settings import Settings
from queue_server.contract import DeviceReport, Kind, PartReport

if TYPE_CHECKING:
    from hardware.printers import TicketPrinter
    from kiosk.client import Client

LOG = logging.getLogger("kiosk")
PRINTER_TIMEOUT_S = 5.0
DETAIL_CHARS = 200
FAULT = "printer-fault"

WARM = do.Effect()
"""Load what the first ticket would wait for, once the screen is up."""

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
        self._clients: dict[str, Client] = {}
        self._printer: TicketPrinter | None = None
        self._warm = False
        self._ask_lane = Lane("server", self._ask)
        self._issue_lane = Lane("ticket", self._issue)
        self._print_lane = Lane("printer", self._print)

    def run(self, effect: do.Effect) -> None:
        """Queue `effect`; returns at once."""
        if isinstance(effect, do.IssueTicket):
            self._issue_lane.put(effect)
        elif isinstance(effect, do.Print | do.CheckPrinter):
            self._print_lane.put(effect)
        else:
            self._ask_lane.put(effect)

    def stop(self, wait_s: float = 2.0) -> None:
        """Let the lanes end; one that waits for a device is left behind after `wait_s` seconds each."""
        for lane in (self._ask_lane, self._issue_lane, self._print_lane):
            lane.stop(wait_s)
        for client in self._clients.values():
            client.close()

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
                self._post(on.ServicesArrived(client.services()))
                self._print_lane.put(WARM)
            elif isinstance(effect, do.Report):
                detail = effect.detail[:DETAIL_CHARS]
                part = PartReport(part=self._settings.device, kind=Kind.PRINTER, state=effect.state, detail=detail)
                client.report(DeviceReport(parts=(part,)))
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
        elif isinstance(effect, do.CheckPrinter):
            self._post(self._checked())
        elif effect is WARM and not self._warm:
            from hardware.printers import warm

            self._warm = True
            warm()

    def _printed(self, effect: do.Print) -> on.Event:
        from hardware.printers import PrinterError
        from kiosk.slip import slip

        number = effect.ticket.id
        if effect.reply is None:
            return on.PrintFailed(number, FAULT, "the hall is not known")
        try:
            self._opened().print_slip(slip(effect.ticket, effect.reply, effect.language))
        except PrinterError as error:
            LOG.warning("ticket %s not printed: %s", effect.ticket.number, error)
            return on.PrintFailed(number, str(error.code), error.detail)
        except Exception as error:
            LOG.exception("ticket %s not printed", effect.ticket.number)
            return on.PrintFailed(number, FAULT, type(error).__name__)
        return on.Printed(number)

    def _checked(self) -> on.Event:
        from hardware.health import State
        from hardware.printers import PrinterError

        try:
            status = self._opened().status()
        except PrinterError as error:
            return on.PrinterChecked(str(error.code), error.detail)
        except Exception as error:
            LOG.exception("the printer could not be asked")
            return on.PrinterChecked(FAULT, type(error).__name__)
        well = status.state is State.READY
        return on.PrinterChecked(None if well else str(status.state), status.detail)

    def _opened(self) -> TicketPrinter:
        from hardware.printers import open_printer

        if self._printer is None:
            self._printer = open_printer(self._settings.printer, timeout_s=PRINTER_TIMEOUT_S)
        return self._printer
