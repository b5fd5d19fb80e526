"""The kiosk killed at every step between the spool and the paper, and started again: the paper comes, and never twice
without its mark.

The child is a real process, killed by SIGKILL before or after one of its calls to the operating system, or by the
printer in the middle of the ticket.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hardware.printers.desk import Desk, open_desk
from hardware.printers.errors import DeviceError
from hardware.printers.fake_pty import FakeSerialPrinter
from hardware.printers.fake_tcp import FakeTcpPrinter
from hardware.printers.spool import Spool, Stage
from tests.faults import count, runs
from tests.faults.paper_trail import DOTS, Trail, slip_of

KEY = "k-0"
TIMEOUT_S = 1.0
PRINTERS = {"tcp": FakeTcpPrinter, "pty": FakeSerialPrinter}
NEVER = 10**9


def desk_of(urls: list[str], folder: Path) -> Desk:
    return open_desk([f"{url}{'&' if '?' in url else '?'}dots={DOTS}" for url in urls], folder, TIMEOUT_S)


def killed_child(urls: list[str], folder: Path, dies_at: int) -> int:
    """Print job 0 in a process of its own that kills itself at its n-th step; the steps it made, if it lived."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            desk = desk_of(urls, folder)
            steps = counted(lambda: desk.print_job(KEY, slip_of(0)), dies_at)
            os.write(writing, str(steps).encode())
        except DeviceError:
            pass
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return int(said.read() or "0")


def counted(work: Callable[[], None], dies_at: int) -> int:
    """How many calls of the operating system `work` makes, before and after each counted; SIGKILL at `dies_at`."""
    steps = 0

    def saw(frame: object, event: str, called: object) -> None:
        nonlocal steps
        of_a_socket = isinstance(getattr(called, "__self__", None), socket.socket)
        if event in {"c_call", "c_return"} and (of_a_socket or getattr(called, "__module__", "") == "posix"):
            steps += 1
            if steps == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(saw)
    work()
    sys.setprofile(None)
    return steps


def outcome(urls: list[str], folder: Path, simulated: list[FakeTcpPrinter | FakeSerialPrinter]) -> Trail:
    """After the cut: the kiosk starts, prints what was left; then the citizen asks again, as the screen offers."""
    stage = Spool(folder).stage(KEY)
    desk = desk_of(urls, folder)
    resumed = desk.resume()
    assert resumed == (stage in {Stage.WAITING, Stage.STARTED}), f"{stage} was left"
    desk.print_job(KEY, slip_of(0))
    trail = Trail(1)
    for printer in simulated:
        printer.close()
        trail.follow(printer.device.jobs)
    return trail


@pytest.mark.parametrize("kind", PRINTERS)
def test_killed_at_every_step_there_is_a_paper_and_never_a_second_without_a_mark(kind: str, tmp_path: Path) -> None:
    with PRINTERS[kind]() as simulated:
        steps = killed_child([simulated.url], tmp_path / "dry", NEVER)
    assert steps > 40
    points = range(1, steps + 1, max(1, steps // runs(14, steps)))
    unmarked = marked = 0
    for point in points:
        with PRINTERS[kind]() as simulated:
            folder = tmp_path / str(point)
            killed_child([simulated.url], folder, point)
            trail = outcome([simulated.url], folder, [simulated])
        assert trail.unmarked[0] <= 1, f"killed at step {point} of {steps}"
        assert trail.whole[0] >= 1, f"killed at step {point} of {steps}"
        unmarked, marked = unmarked + trail.unmarked[0], marked + trail.marked
    count(f"{kind}: power cuts", len(points))
    count(f"{kind}: papers without the mark", unmarked)
    count(f"{kind}: papers with the mark", marked)


@pytest.mark.parametrize("kind", PRINTERS)
@settings(
    max_examples=runs(3, 150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(taken=st.integers(0, 12_000), spare=st.booleans())
def test_killed_while_the_printer_prints(
    kind: str, tmp_path_factory: pytest.TempPathFactory, taken: int, spare: bool
) -> None:
    """The printer stops at a byte, the power goes, both come back; perhaps with a second printer beside it."""
    folder = tmp_path_factory.mktemp("spool") / "spool"
    with PRINTERS[kind]() as simulated, FakeTcpPrinter() as second:
        urls = [simulated.url, second.url] if spare else [simulated.url]
        simulated.device.faults.hang_after = taken
        child = os.fork()
        if child == 0:
            try:
                desk_of(urls, folder).print_job(KEY, slip_of(0))
            except DeviceError:
                pass
            finally:
                os._exit(0)
        simulated.device.wait_for_bytes(min(taken, 3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        simulated.device.faults.hang_after = None
        trail = outcome(urls, folder, [simulated, second])
    assert trail.unmarked[0] <= 1
    assert trail.whole[0] >= 1
