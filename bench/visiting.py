"""Self-service at the kiosk: from an answer to the next question, a whole birth registration, a thousand citizens."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from queue_server.catalogue.load_catalogue import load_catalogue
from queue_server.catalogue.places import load_places
from queue_server.contract import Form
from tests.e2e.citizen import Citizen
from tests.e2e.kiosk_window import KioskWindow, kiosk_window
from tests.e2e.six_procedures import PROCEDURES
from tests.e2e.virtual_screen import VirtualScreen

from .child import Child
from .display import Screen, virtual_screen
from .figures import Against, Figure, Row, duration, percentile, ratios, size
from .hall import measured_hall
from .kiosk import SIZE
from .plan import Plan

BIRTH = PROCEDURES["birth"]
PATIENCE_S = 20.0
LOOK_S = 0.1
"""A person sees a screen before touching it; within its first frame a touch counts for nothing."""
FEW = 10
"""Sessions after which memory is read first."""


class Glass(VirtualScreen):
    """The measured screen as a citizen touches it; the moment of each touch is known."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen.name, screen.size)
        object.__setattr__(self, "screen", screen)
        object.__setattr__(self, "lifted", 0.0)

    def touch(self, x: int, y: int) -> None:
        time.sleep(LOOK_S)
        object.__setattr__(self, "lifted", self.screen.touch(x, y))  # type: ignore[attr-defined]


@dataclass
class Timed(Citizen):
    """Times each next question, from the finger that leaves the button to the first changed pixel where questions
    stand; and as a reference the first screens, which hold a few words each."""

    screen: Screen | None = None
    glass: Any = None
    questions: list[float] = field(default_factory=list)
    first_screens: list[float] = field(default_factory=list)

    def touch(self, button: str) -> None:
        kept = {"start": self.first_screens, "language:vi": self.first_screens}.get(button)
        if button in ("key:done", "skip") and self.fields:
            kept = self.questions
        if kept is None or self.screen is None:
            super().touch(button)
            return
        before = self.screen.band()
        super().touch(button)
        end = self.glass.lifted + PATIENCE_S
        while self.screen.band() == before and time.perf_counter() < end:
            time.sleep(0.001)
        kept.append(time.perf_counter() - self.glass.lifted)


def measure(folder: Path, plan: Plan) -> list[Row]:
    catalogue, places = load_catalogue(), load_places()
    form = catalogue.form(*BIRTH.form)
    assert form is not None
    names = {one.code: (one.name, "") for one in places.provinces}
    names |= {each.code: (one.name, each.name) for one in places.provinces for each in one.communes}
    with measured_hall(folder) as hall, virtual_screen(*SIZE) as screen:
        glass = Glass(screen)
        more = ("--spool", str(folder / "spool"), "--state", str(folder / "state"))
        with kiosk_window(glass, folder, server=hall.url, token=hall.kiosk, printer="fake://", more=more) as window:
            citizens = []
            spent = []
            for _ in range(plan.visits):
                citizen = Timed(window, BIRTH.answers, names, screen=screen, glass=glass)
                spent.append(_registration(citizen, form, window, hall.pid))
                citizens.append(citizen)
    questions = [one.questions for one in citizens]
    simple = [one.first_screens for one in citizens]
    return [_next_question(questions, simple), _whole(citizens, spent), _memory(plan)]


@dataclass(frozen=True)
class Spent:
    """Seconds: of the processors for kiosk and server, and by the clock."""

    kiosk_s: float
    server_s: float
    all_s: float


def _registration(citizen: Timed, form: Form, window: KioskWindow, server: int) -> Spent:
    processes = psutil.Process(window.process.pid), psutil.Process(server)
    before = [sum(one.cpu_times()[:2]) for one in processes]
    began = time.perf_counter()
    citizen.advised(BIRTH.event, BIRTH.code)
    citizen.agreed()
    citizen.fill(form)
    citizen.touch("key:done")
    citizen.papers_brought()
    citizen.read()
    citizen.filed()
    all_s = time.perf_counter() - began
    after = [sum(one.cpu_times()[:2]) for one in processes]
    window.leave()
    return Spent(after[0] - before[0], after[1] - before[1], all_s)


def _next_question(questions: list[list[float]], simple: list[list[float]]) -> Row:
    measured = duration("kiosk: touch → next question drawn", questions)
    reference = duration("the same window's first screens: a few words", simple)
    each = [sum(one) / len(one) for one in questions], [sum(one) / len(one) for one in simple]
    late = [seconds for one in questions for seconds in one]
    note = f"p95 {1000 * percentile(late, 95):.0f} ms over {len(late)} questions; drawn by software"
    return Row("ms", measured, (Against(reference, ratios(*each)),), notes=(note,))


def _whole(citizens: list[Timed], spent: list[Spent]) -> Row:
    """Machine time beside the time by the clock: the rest is the finger, held and lifted, and the pause after a new
    screen in which a second tap counts for nothing."""
    machine = [one.kiosk_s + one.server_s for one in spent]
    touches = citizens[-1].touches
    note = (
        f"{touches} touches, {len(citizens[-1].fields)} questions; of it the server"
        f" {1000 * sum(one.server_s for one in spent) / len(spent):.0f} ms"
    )
    measured = Figure(
        "a birth registration, touch to receipt: processor time", 1000 * sorted(machine)[len(machine) // 2]
    )
    reference = Figure("the same by the clock", 1000 * sorted(one.all_s for one in spent)[len(spent) // 2])
    return Row("ms", measured, (Against(reference, ratios(machine, [one.all_s for one in spent])),), notes=(note,))


def _memory(plan: Plan) -> Row:
    with Child("sessions") as kiosk:
        few = kiosk.ask(sessions=FEW)["resident"]
        done, many = FEW, few
        while done < plan.sessions:
            # In pieces: the wait for one answer is limited.
            more = min(50, plan.sessions - done)
            many, done = kiosk.ask(sessions=more)["resident"], done + more
    reference = size(f"the same kiosk after {FEW}", [few])
    return Row("MiB", size(f"kiosk after {done} sessions", [many]), (Against(reference, ratios([many], [few])),))
