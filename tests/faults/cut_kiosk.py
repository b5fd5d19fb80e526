"""A kiosk that files one dossier and is killed at a chosen step, or loses the line there; or one that starts after it.

`python -m tests.faults.cut_kiosk SERVER TOKEN FOLDER NUMBER HOW STEP`: HOW is `kill`, `line` or `after`. The steps are
counted from the citizen's “file it”: each file made durable or given its name, each call of the server before and after
it, each slip before and after its paper, each key taken from the disk. What came out of the printer stands in FOLDER
as `papers.txt`: a line for each slip, with what it is and whether it was marked as printed again.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hardware.printers.preview import PreviewPrinter
from hardware.printers.slip import Slip
from kiosk import effects as do
from kiosk import events as on
from kiosk.client import Client
from kiosk.shelf import Shelf
from kiosk.state import Screen
from kiosk.visit import events as visit
from queue_server.contract.client import UncertainError
from tests.e2e.headless_kiosk import HeadlessKiosk
from tests.e2e.test_filing import sheet
from tests.faults.test_filing_cuts import request

COPY, PAPER = "2.000815", "BAN-SAO"
SERVER, TOKEN, FOLDER, NUMBER, HOW, STEP = (*sys.argv[1:7], *[""] * 6)[:6]
begun: dict[str, int] = {}


def stepped() -> None:
    """One more step; the process is gone at the chosen one, or the line is."""
    if "left" in begun:
        begun["left"] -= 1
        if begun["left"] == -1 and HOW == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if begun["left"] == -1 and HOW == "line":
            raise UncertainError("the line was cut")


def counted(work: Callable[..., Any], *, after: bool = False) -> Callable[..., Any]:
    def step(*given: Any, **named: Any) -> Any:
        stepped()
        done = work(*given, **named)
        if after:
            stepped()
        return done

    return step


def printing(work: Callable[[PreviewPrinter, Slip], None]) -> Callable[[PreviewPrinter, Slip], None]:
    def step(printer: PreviewPrinter, slip: Slip) -> None:
        if HOW == "kill":
            stepped()
        work(printer, slip)
        with (Path(FOLDER) / "papers.txt").open("a") as trail:
            trail.write(f"{slip.title}\t{'again' if slip.reprint else 'once'}\n")
        if HOW == "kill":
            stepped()

    return step


def marks() -> list[Path]:
    return list((Path(FOLDER) / "state").glob("*.filing"))


def filed(kiosk: HeadlessKiosk) -> None:
    """From the first touch to paper."""
    kiosk.did(visit.Equipped(scanner=False, camera=True)).questions(COPY).fill(request(int(NUMBER))["answers"])
    kiosk.did(visit.Done()).until(lambda state: state.visit is None or not state.visit.working)
    kiosk.photograph(PAPER, sheet()).did(visit.Done()).did(on.ChoosePriority(None))
    kiosk.read_all()
    begun["left"] = int(STEP)
    kiosk.did(visit.FileIt(f"cut-{HOW}-{STEP}")).on_screen(Screen.RECEIPT)
    kiosk.until(lambda state: state.printing.value == "done" and not marks())


def main() -> None:
    PreviewPrinter.print_slip = printing(PreviewPrinter.print_slip)  # type: ignore[method-assign, assignment]
    Client.attach = counted(Client.attach, after=True)  # type: ignore[method-assign]
    Client.file = counted(Client.file, after=True)  # type: ignore[method-assign]
    if HOW == "kill":
        os.fsync = counted(os.fsync)
        os.replace = counted(os.replace)
        Path.replace = counted(Path.replace)  # type: ignore[method-assign]
        Shelf.unmark = counted(Shelf.unmark)  # type: ignore[method-assign]
    kiosk = HeadlessKiosk(SERVER, TOKEN, Path(FOLDER)).ready()
    if HOW == "after":
        kiosk.until(lambda _: not marks())
        kiosk.until(lambda _: bool(kiosk.took(do.CheckPrinter)) and bool(kiosk.state.parts))
    else:
        filed(kiosk)
    kiosk.hands.stop(20.0)
    print(int(STEP or 0) - begun.get("left", 0))


if __name__ == "__main__":
    main()
