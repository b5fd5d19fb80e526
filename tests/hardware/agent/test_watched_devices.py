"""Printers, scanners and cameras that are only watched: a real agent and server, real bytes from each device."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx

from hardware.lines.fake import FakeLine
from hardware.printers.fake_tcp import FakeTcpPrinter
from queue_server.contract import API
from tests.hall_server import running_hall
from tests.hardware.agent.stage import HALL, LOOK_S, WAIT_S, Agent
from tests.hardware.cameras.stages import write_video

CARD = "001188000123||NGUYỄN THỊ HƯƠNG|01011988|Nữ|Xã Ngọc Sơn|01012021\r"

CONFIG = """
[[printer]]
name = "may-in"
url = "{printer}"

[[scanner]]
name = "dau-doc"
url = "scanner+serial://{scanner}"

[[camera]]
name = "camera-cua"
url = "file://{video}?loop=yes"
fps = 5
enabled = true

[[camera]]
name = "camera-tat"
url = "rtsp://127.0.0.1:1/none"
"""


def test_what_is_watched_is_told_and_nothing_of_a_card_is_kept(tmp_path: Path) -> None:
    video = tmp_path / "cua.avi"
    write_video(video)
    with (
        FakeTcpPrinter() as printer,
        FakeLine(folder=tmp_path, name="scanner") as scanner,
        running_hall(tmp_path, hall=HALL) as hall,
        hall.client(hall.token("manager", "manager-1")) as manager,
    ):
        config = CONFIG.format(printer=printer.url, scanner=scanner.path, video=video)
        agent = Agent(tmp_path / "agent", hall.url, hall.token("agent", "may-2"), config)
        agent.start()
        try:
            until_state(manager, "may-in", "ready")
            until_state(manager, "camera-cua", "ready")
            until_state(manager, "dau-doc", "unknown")
            scanner.send(CARD.encode())
            until_state(manager, "dau-doc", "ready")
            assert "camera-tat" not in parts(manager), "a camera is off until somebody switches it on"

            printer.device.faults.paper_out = True
            scanner.unplug()
            until_state(manager, "may-in", "paper-out")
            until_state(manager, "dau-doc", "offline")

            printer.device.faults.paper_out = False
            scanner.plug()
            until_state(manager, "may-in", "ready")
            until_state(manager, "dau-doc", "unknown")
        finally:
            agent.stop()
        kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert "HƯƠNG".encode() not in kept
        assert b"001188000123" not in kept


def parts(manager: httpx.Client) -> dict[str, dict[str, Any]]:
    said = manager.get(f"{API}/devices").raise_for_status().json()
    return {each["part"]: each for each in said["devices"] if each["kind"] != "agent"}


def until_state(manager: httpx.Client, part: str, state: str) -> None:
    deadline = time.monotonic() + WAIT_S
    while parts(manager).get(part, {}).get("state") != state:
        assert time.monotonic() < deadline, f"{part} is not {state}: {parts(manager).get(part)}"
        time.sleep(LOOK_S)
