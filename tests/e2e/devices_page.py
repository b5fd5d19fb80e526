"""The devices' page of a hall on a bad morning: `python -m tests.e2e.devices_page --pictures docs/images`.

A real server over a real database, told by real reports; only its clock is put on by hand, so that what takes a morning
takes a second.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser

from hardware.health import Kind, State
from queue_server.catalogue.load import load_hall
from queue_server.contract import DeviceReport, PartReport
from queue_server.contract.client import DeviceClient
from tests.e2e.album import Album
from tests.e2e.browser import chromium, new_page
from tests.queue_server.house import House

OPENS = datetime.fromisoformat("2026-11-23T07:30:00+07:00")
PASSWORD = "trang-thiet-bi"
LANDSCAPE, PORTRAIT = (1366, 768), (390, 844)
Parts = dict[str, tuple[Kind, State, str, int | None]]


@dataclass
class Morning:
    """A hall whose machines report each minute of a clock that is put on by hand."""

    house: House
    url: str
    clients: dict[str, DeviceClient]
    parts: dict[str, Parts]

    def passes(self, minutes: float, *, without: tuple[str, ...] = ()) -> None:
        """Time goes by; all machines but those `without` power report."""
        house, context = self.house, self.house.app.state.context
        for _ in range(round(2 * minutes)):
            house.now += timedelta(seconds=30)
            for name, client in self.clients.items():
                if name not in without:
                    client.report(self.report(name))
            look = context.device_watch.look(house.db, house.hub, house.hall, context.heard, house.now)
            house.run(look)

    def report(self, name: str) -> DeviceReport:
        return DeviceReport(
            parts=tuple(
                PartReport(part=part, kind=kind, state=state, detail=detail, counter=counter)
                for part, (kind, state, detail, counter) in self.parts[name].items()
            )
        )

    def becomes(self, name: str, part: str, state: State, detail: str = "") -> None:
        kind, _, _, counter = self.parts[name][part]
        self.parts[name][part] = kind, state, detail, counter


def machines() -> dict[str, Parts]:
    """Two kiosks, a board, and an agent with the devices of seven counters and the hall's own."""
    agent: Parts = {"may-thiet-bi": (Kind.AGENT, State.READY, "", None)}
    for counter in range(1, 8):
        agent[f"bang-so-{counter}"] = Kind.DISPLAY, State.UNKNOWN if counter > 5 else State.READY, "", counter
        agent[f"ban-phim-{counter}"] = Kind.KEYPAD, State.READY, "", counter
    agent["loa-sanh"] = Kind.SPEAKER, State.READY, "", None
    agent["camera-cua-chinh"] = Kind.CAMERA, State.READY, "", None
    found: dict[str, Parts] = {"may-thiet-bi": agent, "bang-sanh": {"board": (Kind.BOARD, State.READY, "", None)}}
    for number in (1, 2):
        found[f"kiosk-{number}"] = {
            "kiosk": (Kind.KIOSK, State.READY, "", None),
            "printer": (Kind.PRINTER, State.READY, "", None),
            "scanner": (Kind.SCANNER, State.READY, "", None),
        }
    return found


@contextmanager
def morning(folder: Path) -> Iterator[Morning]:
    """The hall at half past seven, everything in order."""
    day = OPENS.date()
    with House(folder, hall=load_hall()(day), now=OPENS) as house:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        config = uvicorn.Config(house.app, host="127.0.0.1", port=port, log_level="warning", lifespan="off")
        config.timeout_graceful_shutdown = 1
        server = uvicorn.Server(config)
        running = asyncio.run_coroutine_threadsafe(server.serve(), house._loop)
        house.account("lanhdao", "manager", PASSWORD)
        parts = machines()
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 30
        while not server.started:
            if time.monotonic() > deadline:
                raise TimeoutError("the server did not start")
            time.sleep(0.01)
        roles = {"may-thiet-bi": "agent", "bang-sanh": "board"}
        clients = {name: DeviceClient(url, house.token(roles.get(name, "kiosk"), name)) for name in parts}
        try:
            yield Morning(house, url, clients, parts)
        finally:
            for client in clients.values():
                client.close()
            server.should_exit = True
            running.result(30)


def goes_wrong(hall: Morning) -> None:
    """Some things break and are mended; some are still broken at ten to ten."""
    hall.passes(12)
    hall.becomes("kiosk-2", "printer", State.PAPER_OUT, "escpos+usb://0x04b8:0x0e15 reports no paper")
    hall.passes(7)
    hall.becomes("kiosk-2", "printer", State.READY)
    hall.passes(20)
    hall.becomes("may-thiet-bi", "bang-so-4", State.OFFLINE, "led+serial:///dev/led-quay: no such device")
    hall.passes(30)
    hall.becomes("kiosk-1", "printer", State.PAPER_NEAR_END)
    hall.passes(8)
    hall.becomes("may-thiet-bi", "camera-cua-chinh", State.DARK, "mean brightness 3 of 255")
    hall.passes(8, without=("bang-sanh",))


def show(hall: Morning, browser: Browser, album: Album) -> None:
    """The page before any report, when all is well, and on a bad morning: wide, on a phone, at 200 %, in English."""
    page = new_page(browser, *LANDSCAPE)
    page.goto(f"{hall.url}/login?next=/devices")
    page.fill("#username", "lanhdao")
    page.fill("#password", PASSWORD)
    page.click("#enter")
    page.wait_for_url("**/devices")
    album.screen("none", page)
    hall.passes(2)
    page.reload()
    album.screen("all-well", page, whole=True)
    goes_wrong(hall)
    page.reload()
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    album.screen("trouble", page, shown="devices")
    album.screen("trouble-whole", page, whole=True)
    page.set_viewport_size({"width": PORTRAIT[0], "height": PORTRAIT[1]})
    album.screen("trouble-phone", page, whole=True)
    page.set_viewport_size({"width": LANDSCAPE[0] // 2, "height": LANDSCAPE[1] // 2})
    album.screen("trouble-200-percent", page, whole=True)
    page.set_viewport_size({"width": LANDSCAPE[0], "height": LANDSCAPE[1]})
    page.goto(f"{hall.url}/hall")
    album.screen("overview", page, whole=True)
    page.goto(f"{hall.url}/language/en?back=/devices?machine=kiosk-2%26part=printer")
    album.screen("english", page, whole=True)


def main(arguments: list[str] | None = None) -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.devices_page", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/devices-page"), metavar="DIR", help="for the screenshots")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write the README's picture there")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    album = Album(given.out, given.pictures)
    with tempfile.TemporaryDirectory(prefix="motcua-devices-") as made, morning(Path(made)) as hall, chromium() as web:
        show(hall, web, album)


if __name__ == "__main__":
    main()
