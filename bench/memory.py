"""What each process of a hall holds in memory after work, against the least a process of its kind holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil

from .child import Child
from .display import Screen, virtual_screen
from .figures import Against, Row, ratios, size
from .guard import ended, guarded
from .hall import measured_hall
from .kiosk import SIZE, running_kiosk
from .plan import Plan

BROWSER = "chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--kiosk")
WARM_S = 6.0
IDLE = "import time; time.sleep(600)"


def measure(folder: Path, plan: Plan) -> list[Row]:
    """Once each, at rest after the load: what a process has allocated does not vary like a time."""
    with measured_hall(folder) as hall, Child("bare_app", "fastapi") as app, virtual_screen(*SIZE) as screen:
        bare_url = app.heard()["url"]
        hall.issue(plan.load, 16)
        hall.empty()
        hall.issue_elsewhere(app.pid, bare_url, plan.load, 16)
        rows = [
            _row(
                f"server after {plan.load} tickets and calls",
                hall.pid,
                {"bare FastAPI after as many requests": _held(app.pid), "an idle Python": _idle()},
            )
        ]
        empty = _empty(screen)
        with running_kiosk(folder, screen, hall.url, hall.kiosk, "fake://") as kiosk:
            for _ in range(plan.touches):
                kiosk.choose()
                kiosk.confirm()
                kiosk.leave()
            rows.append(_row(f"kiosk after {plan.touches} tickets", kiosk.pid, {"an empty Kivy window": empty}))
        if shutil.which(BROWSER):
            rows.append(_board(folder, screen, f"{hall.url}/board/"))
    return rows


def _row(name: str, pid: int, references: dict[str, int]) -> Row:
    held = _held(pid)
    against = tuple(Against(size(what, [theirs]), ratios([held], [theirs])) for what, theirs in references.items())
    proportional = psutil.Process(pid).memory_full_info().pss / 2**20
    return Row("MiB", size(name, [held]), against, notes=(f"resident; proportionally {proportional:.0f} MiB",))


def _held(pid: int) -> int:
    """Resident bytes."""
    return int(psutil.Process(pid).memory_info().rss)


def _idle() -> int:
    with ended(subprocess.Popen(guarded(sys.executable, "-c", IDLE))) as process:
        time.sleep(1)
        return _held(process.pid)


def _empty(screen: Screen) -> int:
    command = guarded(sys.executable, "-m", "bench.empty_window", *map(str, SIZE))
    environment = {**os.environ, "DISPLAY": screen.name}
    with ended(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)) as process:
        time.sleep(WARM_S)
        return _held(process.pid)


def _board(folder: Path, screen: Screen, url: str) -> Row:
    blank, _ = _browser(folder / "blank", screen, "about:blank")
    whole, page = _browser(folder / "board", screen, url)
    against = (Against(size("Chromium with an empty page", [blank]), ratios([whole], [blank])),)
    note = f"proportional, all of Chromium's processes; of it {page / 2**20:.0f} MiB the page's own process"
    return Row("MiB", size("board in Chromium", [whole]), against, notes=(note,))


def _browser(profile: Path, screen: Screen, url: str) -> tuple[int, int]:
    """Proportional bytes: of all processes together, since they share much, and of the largest page."""
    command = guarded(BROWSER, *FLAGS, f"--user-data-dir={profile}", url)
    environment = {**os.environ, "DISPLAY": screen.name}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with ended(process):
        time.sleep(2 * WARM_S)
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        held = {one: int(one.memory_full_info().pss) for one in family}
        pages = [size for one, size in held.items() if "--type=renderer" in one.cmdline()]
        return sum(held.values()), max(pages, default=0)
