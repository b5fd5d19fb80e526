"""From the finger on "take this number" to the paper: the whole way through window, server, renderer and driver."""

from __future__ import annotations

import base64
import http.client
import json
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from escpos.printer import Network

from queue_server.contract import API

from .child import Child
from .display import virtual_screen
from .figures import Against, Row, duration, percentile, ratios
from .hall import Hall, measured_hall
from .kiosk import SIZE, KioskStuckError, running_kiosk
from .plan import Plan

WAIT_S = 15.0
REST_S = 0.5
"""Until the kiosk has drawn its start screen: in software that takes a whole core."""
KIOSK, BARE = "kiosk: touch → {} byte at the printer", "bare: HTTP request, then a ready picture by python-escpos"
NOTE = "the kiosk also shows the touch, draws the ticket, writes it to its spool, asks the printer whether it has paper"


def measure(folder: Path, plan: Plan) -> list[Row]:
    """In turn: a ticket by touch, and one by the least that could print it; the first of each does not count."""
    ours: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    with (
        Child("paper") as paper,
        measured_hall(folder) as hall,
        virtual_screen(*SIZE) as screen,
    ):
        port = paper.heard()["port"]
        printer = f"escpos+tcp://127.0.0.1:{port}"
        with running_kiosk(folder, screen, hall.url, hall.kiosk, printer) as kiosk:
            for _ in range(plan.touches + 1):
                kiosk.choose()
                touched = kiosk.confirm()
                ticket = _printed(paper)
                ours.append((ticket["first"] - touched, ticket["last"] - touched))
                kiosk.leave()
                time.sleep(REST_S)
                bare.append(_bare(hall, paper, port, base64.b64decode(ticket["data"])))
    rows = []
    for place, byte in enumerate(("first", "last")):
        mine, theirs = [one[place] for one in ours[1:]], [one[place] for one in bare[1:]]
        measured, reference = duration(KIOSK.format(byte), [mine]), duration(BARE, [theirs])
        late = f"p95 {1000 * percentile(mine, 95):.0f} ms, of the reference {1000 * percentile(theirs, 95):.0f} ms"
        notes = (late, NOTE) if place else (late,)
        rows.append(Row("ms", measured, (Against(reference, ratios(mine, theirs)),), notes=notes))
    return rows


def _bare(hall: Hall, paper: Child, port: int, picture: bytes) -> tuple[float, float]:
    """A ticket taken over a connection that is open already, and the bytes of an earlier one sent."""
    at = urlsplit(hall.url)
    connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=WAIT_S)
    connection.connect()
    headers = {
        "Authorization": f"Bearer {hall.kiosk}",
        "Idempotency-Key": uuid.uuid4().hex,
        "Content-Type": "application/json",
    }
    body = json.dumps({"service": "1.001193", "language": "vi"})
    began = time.perf_counter()
    connection.request("POST", f"{API}/tickets", body, headers)
    json.load(connection.getresponse())
    printer = Network("127.0.0.1", port, timeout=int(WAIT_S))
    printer._raw(picture)
    printer.close()
    ticket = _printed(paper)
    connection.close()
    return ticket["first"] - began, ticket["last"] - began


def _printed(paper: Child) -> dict[str, Any]:
    ticket = paper.ask(wait_s=WAIT_S)
    if not ticket["data"]:
        raise KioskStuckError("no ticket came to the printer")
    return ticket
