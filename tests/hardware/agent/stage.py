"""A real hall with a real agent: `motcua serve`, `motcua agent`, a keypad and two displays on two wires, a loudspeaker
that is a file; the devices are at the other end of a real pseudo-terminal."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from hardware.displays.fake_device import FakeDisplayUnits
from hardware.keypads.fake_device import FakeKeypadUnits
from hardware.keypads.protocol import Key
from hardware.lines.fake import FakeLine
from queue_server.contract import API
from tests.hall_server import RunningHall, running_hall

MOTCUA = str(Path(sysconfig.get_path("scripts")) / "motcua")
HALL = Path(__file__).parents[3] / "bench" / "hall.toml"
WAIT_S = 30.0
LOOK_S = 0.02
GAP_S = 0.4
"""A clerk's finger is slower than a contact that bounces, or than what a line sends as it is opened: so long between
two presses of one key, and before the first."""

CONFIG = """
[[display]]
name = "den"
url = "led+serial://{displays}?protocol=ascii&digits=6&refresh_s=1"
counters = {{ 1 = 1, 2 = 2 }}

[[keypad]]
name = "phim"
url = "keypad+serial://{keypads}?protocol=ascii&gap_ms=100"
counters = {{ 1 = 1, 2 = 2 }}

[[speaker]]
name = "loa"
url = "pcm://{sound}"
voice = "fake://"
repeat = 1
"""


@dataclass
class Agent:
    """A `motcua agent` process; started again it has the same folder."""

    folder: Path
    server: str
    token: str
    config: str
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def log(self) -> Path:
        return self.folder / "agent.log"

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / "agent.toml").write_text(self.config, encoding="utf-8")
        (self.folder / "token").write_text(self.token, encoding="utf-8")
        guard = ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []
        named = ("--name", "may-1", "--state-dir", str(self.folder / "state"))
        files = ("--config", str(self.folder / "agent.toml"), "--token-file", str(self.folder / "token"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*guard, MOTCUA, "agent", "--server", self.server, *files, *named], stderr=log, stdin=subprocess.DEVNULL
            )

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> int | None:
        """Ask it to end; its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int | None:
        process, self.process = self.process, None
        if process is None:
            return None
        process.send_signal(how)
        try:
            return process.wait(WAIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


@dataclass
class Stage:
    """`displays` and `keypads`: what the simulated devices show; `wires`: their lines, to pull out."""

    hall: RunningHall
    agent: Agent
    kiosk: httpx.Client
    manager: httpx.Client
    displays: FakeDisplayUnits
    keypads: FakeKeypadUnits
    display_line: FakeLine
    keypad_line: FakeLine
    sound: Path
    pressed: dict[int, float] = field(default_factory=dict)

    def press(self, address: int, key: Key) -> None:
        """As a clerk would, who does not press twice within GAP_S."""
        time.sleep(max(0.0, self.pressed.get(address, 0.0) + GAP_S - time.monotonic()))
        self.keypads.press(address, key)
        self.pressed[address] = time.monotonic()

    def issue(self, count: int = 1) -> list[str]:
        """Tickets, taken at the kiosk."""
        numbers = []
        for _ in range(count):
            key = {"Idempotency-Key": f"key-{time.monotonic_ns()}"}
            body = {"service": "1.001193", "language": "vi"}
            said = self.kiosk.post(f"{API}/tickets", json=body, headers=key).raise_for_status().json()
            numbers.append(said["number"])
        return numbers

    def at_counter(self, counter: int) -> str | None:
        """The number that the hall says is there."""
        said = self.kiosk.get(f"{API}/board").raise_for_status().json()
        (number,) = [each["number"] for each in said["counters"] if each["id"] == counter]
        return number if number is None else str(number)

    def parts(self) -> dict[str, dict[str, Any]]:
        """What GET /devices says of each part of the agent."""
        said = self.manager.get(f"{API}/devices").raise_for_status().json()
        return {each["part"]: each for each in said["devices"] if each["name"] == "may-1"}

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Look until it is so. Raises TimeoutError with the agent's last words."""
        deadline = time.monotonic() + WAIT_S
        while not holds():
            if time.monotonic() > deadline:
                shown = [unit.text for unit in (*self.displays.units.values(), *self.keypads.units.values())]
                raise TimeoutError(f"{what}; shown {shown}; {self.agent.log.read_text()[-3000:]}")
            time.sleep(LOOK_S)

    def until_state(self, part: str, state: str) -> None:
        self.until(lambda: self.parts().get(part, {}).get("state") == state, f"{part} is not {state}")

    def until_shown(self, address: int, text: str) -> None:
        self.displays.wait_for(address, text, WAIT_S)

    def until_ready(self) -> None:
        """The keypads know their counters, and have settled."""
        self.until(lambda: all(unit.text.strip() for unit in self.keypads.units.values()), "a keypad is dark")
        self.pressed = dict.fromkeys(self.keypads.units, time.monotonic())


@contextmanager
def stage(folder: Path, *, through: Callable[[str], str] = lambda url: url) -> Iterator[Stage]:
    """The whole hall, the agent started. `through`: the address by which the agent calls the server at a URL."""
    displays = FakeDisplayUnits("ascii", (1, 2), digits=6)
    keypads = FakeKeypadUnits("ascii", (1, 2))
    sound = folder / "sound.pcm"
    with (
        FakeLine(displays.feed, folder=folder, name="displays") as display_line,
        FakeLine(keypads.feed, folder=folder, name="keypads") as keypad_line,
        running_hall(folder, hall=HALL) as hall,
        hall.client(hall.token("kiosk", "kiosk-1")) as kiosk,
        hall.client(hall.token("manager", "manager-1")) as manager,
    ):
        keypads.send = keypad_line.send
        config = CONFIG.format(displays=display_line.path, keypads=keypad_line.path, sound=sound)
        agent = Agent(folder / "agent", through(hall.url), hall.token("agent", "may-1"), config)
        made = Stage(hall, agent, kiosk, manager, displays, keypads, display_line, keypad_line, sound)
        agent.start()
        try:
            yield made
        finally:
            agent.stop()
