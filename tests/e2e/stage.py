"""Everything a morning needs, started in order and stopped in reverse: hall, printer, kiosk, board, desks, phones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from hardware.printers.fake_tcp import FakeTcpPrinter
from queue_server.contract import API, ServicesReply
from queue_server.demo import DEMO_PASSWORD
from tests.e2e.album import Album, as_paper
from tests.e2e.browser import Board, Desk, Phone, RatingScreen, chromium, signed_in
from tests.e2e.kiosk_window import KioskWindow, kiosk_window
from tests.e2e.narrator import Narrator
from tests.e2e.printed import printed_ticket
from tests.e2e.virtual_screen import virtual_screen
from tests.hall_server import RunningHall, running_hall

PORTRAIT = (1080, 1920)
PRINT_S = 60.0
SHOWN = "A-002"
"""The ticket in the README: one with priority."""


@dataclass
class Stage:
    """`addresses`: by number, what the QR code on the paper ticket opens."""

    hall: RunningHall
    printer: FakeTcpPrinter
    kiosk: KioskWindow
    browser: Browser
    album: Album
    narrator: Narrator
    board: Board
    offered: ServicesReply
    addresses: dict[str, str] = field(default_factory=dict)

    def desk(self, counter: int) -> Desk:
        """The clerk of that counter, signed in at it, with the counter open."""
        return Desk(self.browser, self.hall.url, f"canbo{counter}", DEMO_PASSWORD, counter)

    def rating_screen(self, counter: int) -> RatingScreen:
        token = self.hall.token("agent", f"rating-{counter}", counter)
        return RatingScreen(self.browser, self.hall.url, counter, token)

    def phone(self, number: str) -> Phone:
        """The phone of whoever scanned that paper ticket."""
        return Phone(self.browser, self.addresses[number])

    def confirm(self, expected: str) -> None:
        """Take the number at the kiosk, and the paper out of the printer."""
        number = self.kiosk.confirm()
        assert number == expected, f"the kiosk gave {number}, not {expected}"
        ticket = printed_ticket(self.printer.device.wait_for_jobs(len(self.addresses) + 1, PRINT_S)[-1])
        self.addresses[number] = ticket.address
        shown = "ticket" if number == SHOWN else None
        self.album.keep(f"ticket-{number}", as_paper(ticket.picture), shown=shown)

    def picture_kiosk(self, name: str, *, shown: str | None = None) -> None:
        self.album.keep(name, self.kiosk.screen.picture(), shown=shown)

    def picture_overview(self, name: str) -> None:
        """What the manager sees."""
        page = signed_in(self.browser, self.hall.url, "lanhdao", DEMO_PASSWORD, "/hall")
        self.album.screen(name, page, whole=True)


@contextmanager
def stage(folder: Path, album: Album, narrator: Narrator) -> Iterator[Stage]:
    """All parts running, over data in `folder`; none is left behind."""
    with ExitStack() as parts:
        with narrator.step("Khởi động máy chủ", "start the server"):
            hall = parts.enter_context(running_hall(folder, demo=True))
            printer = parts.enter_context(FakeTcpPrinter())
            with hall.client() as client:
                offered = ServicesReply.model_validate_json(client.get(f"{API}/services").content)
        with narrator.step("Mở kiosk trên màn hình ảo, máy in ở cổng TCP", "open the kiosk, with its printer"):
            screen = parts.enter_context(virtual_screen(PORTRAIT, folder / "xvfb.log"))
            token, paper = hall.token("kiosk", "kiosk-1"), f"{printer.url}?width=80"
            kiosk = parts.enter_context(kiosk_window(screen, folder, server=hall.url, token=token, printer=paper))
        with narrator.step("Mở bảng hiển thị trong Chromium", "open the board"):
            browser = parts.enter_context(chromium())
            board = Board(browser, hall.url)
        yield Stage(hall, printer, kiosk, browser, album, narrator, board, offered)
