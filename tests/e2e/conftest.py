"""The parts of a hall for one test: a server, a simulated printer on a socket, the kiosk on a virtual screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hardware.printers.fake_tcp import FakeTcpPrinter
from tests.e2e.browser import chromium
from tests.e2e.kiosk_window import KioskWindow, kiosk_window
from tests.e2e.virtual_screen import VirtualScreen, virtual_screen
from tests.hall_server import RunningHall, running_hall

PORTRAIT = (1080, 1920)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    with running_hall(tmp_path, demo=True) as running:
        yield running


@pytest.fixture
def printer() -> Iterator[FakeTcpPrinter]:
    with FakeTcpPrinter() as listening:
        yield listening


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[VirtualScreen]:
    with virtual_screen(PORTRAIT, tmp_path / "xvfb.log") as shown:
        yield shown


@pytest.fixture
def kiosk(tmp_path: Path, hall: RunningHall, printer: FakeTcpPrinter, screen: VirtualScreen) -> Iterator[KioskWindow]:
    token, paper = hall.token("kiosk", "kiosk-1"), f"{printer.url}?width=80"
    with kiosk_window(screen, tmp_path, server=hall.url, token=token, printer=paper) as window:
        window.until_screen("attract")
        yield window


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened
