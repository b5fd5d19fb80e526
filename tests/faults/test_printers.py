"""Two printers at their worst, over a real socket and a real terminal: whatever fails in whatever order, no ticket has
two papers without the mark, no call hangs, and when the faults are gone everything prints again.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.errors import DeviceError
from hardware.health import State
from hardware.printers.desk import Desk, open_desk
from hardware.printers.fake_device import Faults
from hardware.printers.fake_pty import FakeSerialPrinter
from hardware.printers.fake_tcp import FakeTcpPrinter
from tests.faults import count, runs
from tests.faults.paper_trail import DOTS, Trail, slip_of

TIMEOUT_S = 0.3
HANGS_S = 30.0
"""Far beyond all timeouts of one call together: a call that takes this long never ends."""

MOVES = 14
CALM = 40
"""Looks at the printers until both must be well again."""


class Hall:
    """A kiosk's desk with a network printer and a serial one, and what can befall them."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.network, self.serial = FakeTcpPrinter(), FakeSerialPrinter()
        self.urls = [f"{self.network.url}?dots={DOTS}", f"{self.serial.url}&dots={DOTS}"]
        chance.shuffle(self.urls)
        self.job = -1
        self.printed = self.failed = 0
        self.desk = self.opened()

    def opened(self) -> Desk:
        return open_desk(self.urls, self.folder, TIMEOUT_S)

    def print_new(self) -> None:
        self.job += 1
        self.print_again()

    def print_again(self) -> None:
        if self.job < 0:
            return
        try:
            self.desk.print_job(f"k-{self.job}", slip_of(self.job))
            self.printed += 1
        except DeviceError:
            self.failed += 1

    def start_again(self) -> None:
        self.desk.close()
        self.desk = self.opened()
        self.desk.resume()

    def check(self) -> None:
        self.desk.check()

    def fail(self) -> None:
        faults = self.chance.choice((self.network, self.serial)).device.faults
        name, value = self.chance.choice(
            (
                ("paper_out", True),
                ("paper_near_end", True),
                ("cover_open", True),
                ("offline", True),
                ("cutter", True),
                ("mute", True),
                ("garbage", True),
                ("late_s", self.chance.choice((0.1, 1.5 * TIMEOUT_S))),
                ("hang_after", self.chance.randrange(12_000)),
                ("paper_out_after", self.chance.randrange(12_000)),
            )
        )
        setattr(faults, name, value)

    def pull_out(self) -> None:
        """A cable, now or in the middle of the next ticket."""
        pulled = self.chance.choice((self.network.unplug, self.serial.unplug))
        if self.chance.random() < 0.5:
            pulled()
        else:
            timer = threading.Timer(self.chance.random() * 0.2, pulled)
            timer.start()
            self.print_new()
            timer.join()

    def mend(self) -> None:
        for printer in (self.network, self.serial):
            printer.device.faults.__init__()  # type: ignore[misc]
        self.network.listen()
        self.serial.plug()

    def close(self) -> None:
        self.network.close()
        self.serial.close()


def in_time(work: Callable[[], object]) -> None:
    """Do it on a thread of its own, so that a hang is a failure and not a test that never ends."""
    failed: list[BaseException] = []

    def done() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
            raise

    thread = threading.Thread(target=done, daemon=True)
    thread.start()
    thread.join(HANGS_S)
    assert not thread.is_alive(), f"{work} hangs"
    assert not failed


def sequence(folder: Path, seed: int) -> tuple[Hall, Trail]:
    """Moves by chance, then calm."""
    chance = random.Random(seed)
    hall = Hall(folder, chance)
    moves = [hall.print_new] * 3 + [hall.print_again, hall.start_again, hall.check, hall.pull_out]
    moves += [hall.fail] * 4 + [hall.mend] * 2
    try:
        for _ in range(MOVES):
            in_time(chance.choice(moves))
        hall.mend()
        for _ in range(CALM):
            in_time(hall.check)
            if {health.state for health in hall.desk.health} == {State.READY}:
                break
        assert [health.state for health in hall.desk.health] == [State.READY] * 2, "they do not recover"
        before = hall.printed
        in_time(hall.print_again)
        in_time(hall.print_new)
        assert hall.printed - before == (2 if hall.job > 0 else 1)
    finally:
        hall.close()
    trail = Trail(hall.job + 1)
    trail.follow(hall.network.device.jobs)
    trail.follow(hall.serial.device.jobs)
    return hall, trail


def test_no_sequence_of_faults_doubles_a_ticket_or_stops_the_printing(tmp_path: Path) -> None:
    tickets = printed = failed = marked = plain = 0
    for seed in range(runs(5, 400)):
        hall, trail = sequence(tmp_path / str(seed), seed)
        doubled = {job: papers for job, papers in trail.unmarked.items() if papers > 1}
        assert not doubled, f"seed {seed}: papers without a mark by job {doubled}"
        assert trail.whole[hall.job] >= 1, f"seed {seed}: the last ticket, printed in calm, is not on paper"
        tickets += hall.job + 1
        printed += hall.printed
        failed += hall.failed
        marked += trail.marked
        plain += trail.unmarked.total()
    count("tickets", tickets)
    count("printed, by the desk's word", printed)
    count("refused or uncertain", failed)
    count("papers without the mark", plain)
    count("papers with the mark", marked)


@pytest.mark.parametrize("fault", [name for name in Faults.__dataclass_fields__ if name != "paper_near_end"])
@pytest.mark.parametrize("kind", ["network", "serial"])
def test_the_second_printer_prints_what_the_first_cannot(tmp_path: Path, fault: str, kind: str) -> None:
    hall = Hall(tmp_path / "spool", random.Random(1))
    hall.urls.sort(key=lambda url: ("tcp" in url) is (kind == "serial"))
    hall.desk = hall.opened()
    first, second = (hall.network, hall.serial) if kind == "network" else (hall.serial, hall.network)
    values: dict[str, object] = {"hang_after": 4000, "paper_out_after": 4000, "late_s": 1.5 * TIMEOUT_S}
    try:
        in_time(hall.check)
        setattr(first.device.faults, fault, values.get(fault, True))
        in_time(hall.print_new)
        assert hall.printed == 1
    finally:
        hall.close()
    trail = Trail(1)
    trail.follow(first.device.jobs)
    trail.follow(second.device.jobs)
    assert trail.whole[0] >= 1
    assert trail.unmarked[0] <= 1
