"""Where effects are carried out: threads beside the UI, each with its own queue, so that nothing blocks a touch.

The server's answers, the tickets, a visit's requests and the printer wait for nobody but themselves: a printer that
hangs delays no ticket, a slow poll delays no request.
"""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from kiosk import effects as do
from kiosk import events as on
from kiosk.eyes import Eyes
from kiosk.lane import Lane, Post
from kiosk.print_lane import PrintLane
from kiosk.scrubbing import sweep
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from kiosk.speech.lane import open_speech
from kiosk.state import Part
from kiosk.vault import Vault
from kiosk.visit import effects as ask
from kiosk.visit import events as visit
from queue_server.contract import DeviceReport, PartReport, Receipt

if TYPE_CHECKING:
    from kiosk.client import Client
    from kiosk.visit_lane import VisitLane

LOG = logging.getLogger("kiosk")
DETAIL_CHARS = 200
PRINTED = (do.Print, do.CheckPrinter, ask.PrintReceipt, ask.PrintList)
OF_THE_VISIT = (ask.AskHeld, ask.DrawDeclaration, ask.FileDossier, ask.LookUp, ask.CheckInAt)
SPOKEN = (ask.Say, ask.Alert)
SEEN = (ask.WatchScanner, ask.WatchPaper, ask.ShootPaper, ask.TurnShot, ask.Forget)

SHELVED = do.Effect()
"""Read the catalogue that was kept on the disk."""
UNHEARD = do.Effect()
"""Ask what became of filings whose answer nobody heard."""


class _Left(do.Effect):
    """The citizen has gone. No two are equal: one that still waits in the lane stands before what the next citizen has
    asked for."""


class Hands:
    """Carries out effects and posts their answers. `post` is called from the lanes' threads."""

    def __init__(self, settings: Settings, post: Post, vault: Vault | None = None) -> None:
        self._settings = settings
        self._post = post
        self._vault = Vault() if vault is None else vault
        self._shelf = Shelf(settings.state)
        self._run = secrets.token_hex(8)
        self._clients: dict[str, Client] = {}
        self._visit: VisitLane | None = None
        self._ask_lane = Lane("server", self._ask)
        self._issue_lane = Lane("ticket", self._issue)
        self._visit_lane = Lane("visit", self._visited)
        self._printing = PrintLane(settings, post, self._spooled)
        self._eyes = Eyes(settings, post, self._vault, self._printing.today)
        self._speech = open_speech(settings, post)
        if settings.state is not None:
            self._ask_lane.put(SHELVED)

    def run(self, effect: do.Effect) -> None:
        """Queue `effect`; returns at once."""
        if isinstance(effect, do.IssueTicket):
            self._issue_lane.put(effect)
        elif isinstance(effect, PRINTED):
            self._printing.run(effect)
        elif isinstance(effect, OF_THE_VISIT):
            self._visit_lane.put(effect)
        elif isinstance(effect, SPOKEN):
            if self._speech is not None:
                self._speech.run(effect)
        elif isinstance(effect, SEEN):
            self._eyes.run(effect)
        elif isinstance(effect, ask.Wipe):
            self._wipe(effect)
        else:
            self._ask_lane.put(effect)

    def _wipe(self, effect: ask.Wipe) -> None:
        """Nothing of the citizen stays in any lane."""
        self._eyes.run(effect)
        self._vault.wipe()
        self._visit_lane.put(_Left())
        if self._speech is not None:
            self._speech.run(effect)

    def stop(self, wait_s: float = 2.0) -> None:
        """Let the lanes end; one that waits for a device is left behind after `wait_s` seconds each."""
        for lane in (self._ask_lane, self._issue_lane, self._visit_lane):
            lane.stop(wait_s)
        self._printing.stop(wait_s)
        self._eyes.stop(wait_s)
        if self._speech is not None:
            self._speech.stop(wait_s)
        for client in self._clients.values():
            client.close()
        self._vault.wipe()

    # --- the server --------------------------------------------------------------------------------------------

    def _client(self, lane: str) -> Client:
        """The lane's own. Imported and made in the lane, so that the first picture does not wait for it."""
        from kiosk.client import Client

        if lane not in self._clients:
            self._clients[lane] = Client(self._settings.server, self._settings.token)
        return self._clients[lane]

    def _ask(self, effect: do.Effect) -> None:
        from queue_server.contract.client import ServerError

        if effect is SHELVED:
            self._unshelve()
            return
        if isinstance(effect, ask.KeepCatalogue):
            self._shelf.keep(effect.reply)
            return
        try:
            self._asked(effect)
        except ServerError as error:
            LOG.warning("the server did not help with %s: %s", type(effect).__name__, error)
            if isinstance(effect, do.FetchServices):
                self._post(on.ServicesFailed(str(error)))
            elif isinstance(effect, ask.AskForHelp):
                self._post(visit.RequestFailed(type(effect).__name__))

    def _asked(self, effect: do.Effect) -> None:
        client = self._client("server")
        match effect:
            case do.FetchServices():
                reply = client.services()
                self._post(on.ServicesArrived(reply))
                self._printing.server_said(reply.now)
                if self._settings.state is not None:
                    self._visit_lane.put(UNHEARD)
            case do.Report(parts):
                whole = (*parts, *self._eyes.parts())
                client.report(DeviceReport(parts=tuple(_reported(part) for part in whole), run=self._run))
            case ask.FetchCatalogue():
                catalogue, places = client.catalogue(), client.places()
                self._post(visit.PlacesArrived(places))
                self._post(visit.CatalogueArrived(catalogue))
                self._shelf.keep_places(places)
            case ask.AskForHelp(request):
                called = client.call_help(request)
                self._post(visit.HelpIsComing(called.answered_at is not None))
            case ask.FetchHelp():
                calls = client.help_calls().calls
                self._post(visit.HelpIsComing(any(call.answered_at is not None for call in calls)))

    def _unshelve(self) -> None:
        """What was kept, until the server says something newer."""
        places, catalogue = self._shelf.places(), self._shelf.catalogue()
        if places is not None and catalogue is not None:
            self._post(visit.PlacesArrived(places))
            self._post(visit.CatalogueArrived(catalogue))

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

    # --- the visit -----------------------------------------------------------------------------------------------

    def _visited(self, effect: do.Effect) -> None:
        from kiosk.visit_lane import VisitLane

        if self._visit is None:
            self._visit = VisitLane(self._client("visit"), self._post, self._vault, self._shelf)
        if effect is UNHEARD:
            self._visit.left_over()
        elif isinstance(effect, _Left):
            self._visit.forget()
            sweep()
        else:
            self._visit.run(effect)

    def _spooled(self, receipt: Receipt) -> None:
        if self._visit is not None:
            self._visit.printed(receipt)


def _reported(part: Part) -> PartReport:
    return PartReport(part=part.name, kind=part.kind, state=part.state, detail=part.detail[:DETAIL_CHARS])
