"""From the clerk's key to the number on the display and the first sample of the call; and what an agent with ten
devices costs while nobody presses anything."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.hall_server import MOTCUA

from .child import Ask, Child
from .desk import COUNTERS, WAIT_S
from .figures import Against, Figure, Row, duration, percentile, ratios, size
from .guard import ended, guarded
from .hall import Hall, _token, measured_hall
from .plan import Plan

CONFIG = """
[[display]]
name = "displays"
url = "led+serial://{displays}?protocol=ascii&digits=6"
counters = {{ {counters} }}
[[keypad]]
name = "keypads"
url = "keypad+serial://{keypads}?protocol=ascii"
counters = {{ {counters} }}
[[speaker]]
name = "speaker"
url = "pcm://{sound}"
[[scanner]]
name = "scanner"
url = "scanner+serial://{scanner}"
"""
TEN = range(1, 5)
"""Four displays and four keypads, a loudspeaker and a scanner."""
BARE = "bare: the press and the board over one open connection, then the bytes down a wire"
AGENT, BARE_AGENT = "agent with ten devices, idle", "the same modules, a thread a device, the board every 4 s"
SETTLE_S = 3.0


class AgentStuckError(Exception):
    """A press did not come to the display and the loudspeaker."""


def measure(folder: Path, plan: Plan) -> list[Row]:
    """Presses by turns: through the agent, and by the least that could do it; then the agent at rest."""
    ours: list[list[Ask]] = []
    bare: list[list[Ask]] = []
    with measured_hall(folder) as hall:
        token = _token(folder / "data", "agent", "agent-1")
        with Child("desk", str(made(folder / "desk"))) as desk, agent(folder, hall, token, desk, COUNTERS):
            for turn in range(plan.rounds):
                hall.issue(2 * plan.presses, 8)
                pressed = [desk.ask(do="press", counter=counter(n)) for n in range(plan.presses)]
                if turn == 0:
                    pressed = pressed[1:] or pressed  # the first one makes connections
                ours.append([each for each in pressed if works(each)])
                bare.append(
                    [desk.ask(do="bare", url=hall.url, token=token, counter=counter(n)) for n in range(plan.presses)]
                )
        rows = [
            _row("clerk's key → the number's bytes at the display", "display_s", ours, bare),
            _row("clerk's key → the call's first sample", "sound_s", ours, bare),
        ]
        with (
            Child("desk", str(made(folder / "idle"))) as desk,
            agent(folder, hall, token, desk, TEN) as process,
            Child("bare_agent", hall.url) as reference,
        ):
            reference.heard()
            time.sleep(SETTLE_S)
            rows += _idle(process.pid, reference.pid, plan.idle_s)
    return rows


def counter(turn: int) -> int:
    """The clerks in turn: nobody presses twice within the time that a worn contact bounces."""
    return COUNTERS[turn % len(COUNTERS)]


def works(pressed: Ask) -> bool:
    if "error" in pressed:
        raise AgentStuckError(pressed["error"])
    return True


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@contextmanager
def agent(folder: Path, hall: Hall, token: str, desk: Child, counters: range) -> Iterator[subprocess.Popen[bytes]]:
    """A real `motcua agent` for the devices of `desk`, once its keypads show that they know the hall."""
    places = desk.heard()["places"]
    config, secret = folder / "agent.toml", folder / "agent.token"
    listed = ", ".join(f"{each} = {each}" for each in counters)
    config.write_text(CONFIG.format(counters=listed, **places), encoding="utf-8")
    secret.write_text(token, encoding="utf-8")
    files = ("--config", str(config), "--token-file", str(secret), "--state-dir", str(folder / "state"))
    command = guarded(MOTCUA, "agent", "--server", hall.url, *files)
    with ended(subprocess.Popen(command, stderr=subprocess.DEVNULL)) as process:
        deadline = time.monotonic() + WAIT_S
        while not all(desk.ask(do="ready")["texts"][: len(counters)]):
            if time.monotonic() > deadline:
                raise AgentStuckError("the keypads stay dark")
            time.sleep(0.05)
        time.sleep(SETTLE_S)
        yield process


def _row(what: str, key: str, ours: list[list[Ask]], bare: list[list[Ask]]) -> Row:
    mine, theirs = [[each[key] for each in one] for one in ours], [[each[key] for each in one] for one in bare]
    shares = tuple(ratios([percentile(a, 50)], [percentile(b, 50)])[0] for a, b in zip(mine, theirs, strict=True))
    late = [percentile([s for one in side for s in one], 95) * 1000 for side in (mine, theirs)]
    note = f"p95 {late[0]:.0f} ms, of the reference {late[1]:.1f} ms"
    return Row("ms", duration(what, mine), (Against(duration(BARE, theirs), shares),), notes=(note,))


def _idle(ours: int, reference: int, seconds: float) -> list[Row]:
    pids = (ours, reference)
    held = [int(psutil.Process(pid).memory_full_info().pss) for pid in pids]
    before = [spent(pid) for pid in pids]
    time.sleep(seconds)
    share = [(spent(pid) - start) / seconds * 100 for pid, start in zip(pids, before, strict=True)]
    threads = psutil.Process(ours).num_threads()
    memory = Against(size(BARE_AGENT, held[1:]), ratios(held[:1], held[1:]))
    busy = Against(Figure(BARE_AGENT, share[1]), ratios([share[0]], [max(share[1], 0.01)]))
    return [
        Row("MiB", size(AGENT, held[:1]), (memory,), notes=(f"proportional; {threads} threads",)),
        Row("% of a core", Figure(AGENT, share[0]), (busy,), notes=(f"over {seconds:.0f} s",)),
    ]


def spent(pid: int) -> float:
    """Processor seconds of a process so far."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)
