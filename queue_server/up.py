"""`motcua up`: a sample hall on this computer with one command, for whoever wants to see one before installing one.

It starts the server with its demonstration and, where there is a display, the kiosk; says where everything is; starts
again what dies; and on Ctrl-C leaves no process behind.
"""

from __future__ import annotations

import argparse
import fcntl
import importlib.util
import os
import signal
import socket
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import httpx

from queue_server.contract import Language
from queue_server.demo import DEMO_ACCOUNTS
from queue_server.locale import translator
from queue_server.part import Part

HOST = "127.0.0.1"
PORTS_TRIED = 50
START_S = 60.0
LOOK_S = 0.2
KIOSK_FALLS = 5
"""Falls in a row after which the kiosk is given up: the hall runs without it."""
RATED_COUNTER = 1

Say = Callable[[str], None]


def free_port(wanted: int) -> int:
    """`wanted`, or the next port nobody listens on. Raises OSError when there is none."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"no free port from {wanted} to {wanted + PORTS_TRIED - 1}")


def spoken(environ: Mapping[str, str]) -> Language:
    """English where the terminal's locale says so, else Vietnamese."""
    said = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return Language.EN if said.lower().startswith("en") else Language.VI


def main(argv: Sequence[str]) -> int:
    """0 after Ctrl-C, 1 when the hall could not be started."""
    parser = argparse.ArgumentParser(prog="motcua up", description="Start a sample hall on this computer.")
    parser.add_argument("--data", type=Path, default=Path("var/demo"), metavar="DIR", help="where the hall's data are")
    parser.add_argument("--port", type=int, default=8080, help="the first port to try (default 8080)")
    parser.add_argument("--language", type=Language, choices=list(Language), help="of these messages")
    parser.add_argument("--no-kiosk", action="store_true", help="do not open the kiosk's window")
    parser.add_argument("--kiosk-size", default="1280x800", metavar="WxH", help="of the window (default 1280x800)")
    options = parser.parse_args(list(argv))
    _ = translator(options.language or spoken(os.environ)).gettext
    stopped = threading.Event()
    # By a pipe and a thread: a handler that set the event could meet the main thread inside that very event's lock.
    told, tell = os.pipe()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: os.write(tell, b"."))
    threading.Thread(target=_set_when_told, args=(told, stopped), name="signals", daemon=True).start()

    data: Path = options.data.resolve()
    (data / "log").mkdir(parents=True, exist_ok=True)
    with (data / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(_("A sample hall already runs with the data of {folder}. Stop it first.").format(folder=data))
            return 1
        return SampleHall(data, options, _, stopped).run()


def _set_when_told(told: int, stopped: threading.Event) -> None:
    os.read(told, 1)
    stopped.set()


def say(line: str) -> None:
    print(line, flush=True)


class SampleHall:
    """The server, the kiosk, and what is said about them."""

    def __init__(
        self, data: Path, options: argparse.Namespace, _: Callable[[str], str], stopped: threading.Event
    ) -> None:
        self.data = data
        self.options = options
        self._ = _
        self.stopped = stopped
        self.motcua = str(Path(sysconfig.get_path("scripts")) / "motcua")
        self.url = ""
        self.parts: list[Part] = []

    def run(self) -> int:
        _ = self._
        try:
            if not self.start_server():
                return 0 if self.stopped.is_set() else 1
            self.start_kiosk()
            self.say_where()
            self.watch()
        finally:
            for part in reversed(self.parts):
                part.stop()
        say("\n" + _("The sample hall has stopped."))
        return 0

    def start_server(self) -> bool:
        """True when it answers."""
        _ = self._
        try:
            port = free_port(self.options.port)
        except OSError as error:
            say(str(error))
            return False
        if port != self.options.port:
            say(_("Port {taken} is taken; using {port}.").format(taken=self.options.port, port=port))
        self.url = f"http://{HOST}:{port}"
        command = [self.motcua, "serve", "--demo", "--data", str(self.data), "--host", HOST, "--port", str(port)]
        server = Part("server", command, self.data / "log" / "server.log")
        self.parts.append(server)
        say(_("Starting the queue server…"))
        server.start()
        deadline = time.monotonic() + START_S
        while not self.stopped.wait(LOOK_S):
            if self.healthy():
                return True
            ended = server.fallen()
            if ended is not None or time.monotonic() > deadline:
                say(_("The queue server did not start. Its last words, from {log}:").format(log=server.log))
                say(server.last_lines())
                return False
        return False

    def healthy(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2.0, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def token(self, role: str, name: str, counter: int | None = None) -> str:
        """A new token; the device of that name loses its old one."""
        command = [self.motcua, "token", "--data", str(self.data), "--role", role, "--name", name]
        if counter is not None:
            command += ["--counter", str(counter)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=START_S).stdout.strip()

    def start_kiosk(self) -> None:
        _ = self._
        if self.options.no_kiosk:
            return
        missing = ""
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            missing = _("There is no display here, so the kiosk's window was not opened.")
        elif importlib.util.find_spec("kivy") is None:
            missing = _("The kiosk's packages are not installed, so its window was not opened.")
        if missing:
            say(missing)
            say(_("To see the kiosk: run this on a desktop, or “make demo”, which takes pictures of it."))
            return
        secret = self.data / "kiosk.token"
        secret.touch(mode=0o600)
        secret.write_text(self.token("kiosk", "kiosk-demo") + "\n", encoding="utf-8")
        printer = "preview://" + quote(str(self.data / "preview"))
        command = [self.motcua, "kiosk", "--server", self.url, "--printer", printer, "--token-file", str(secret)]
        command += ["--size", self.options.kiosk_size, "--spool", str(self.data / "spool")]
        kiosk = Part("kiosk", command, self.data / "log" / "kiosk.log")
        self.parts.append(kiosk)
        kiosk.start()

    def say_where(self) -> None:
        _ = self._
        rating = _("then the code {token}").format(token=self.token("agent", "danh-gia-1", RATED_COUNTER))
        places = (
            (_("All pages"), "/", ""),
            (_("Public board"), "/board", ""),
            (_("Clerk's console"), "/console", ""),
            (_("Overview of the hall"), "/hall", ""),
            (_("Rating at counter 1"), f"/device?next=/rate/{RATED_COUNTER}", rating),
            (_("Printed tickets"), "/preview", ""),
            (_("The ticket on the phone"), "/t/…", _("the QR on each ticket opens it")),
            (_("API documentation"), "/openapi.json", ""),
        )
        width = max(len(name) for name, _path, _note in places) + 2
        say("\n" + _("A sample hall is running:"))
        for name, path, note in places:
            say(f"  {name:<{width}}{self.url}{path}" + (f"  ({note})" if note else ""))
        say("\n" + _("Demonstration logins, which exist only here:"))
        for name, password, role in DEMO_ACCOUNTS:
            say(f"  {name:<{width}}{password}  ({role})")
        say("\n" + _("Data and logs are in {folder}. Ctrl-C stops everything.").format(folder=self.data))

    def watch(self) -> None:
        """Until stopped: start again what has died."""
        _ = self._
        while not self.stopped.wait(LOOK_S):
            for part in tuple(self.parts):
                if (code := part.fallen()) is not None:
                    if part.name == "kiosk" and code == 0:
                        say(_("The kiosk's window was closed."))
                        self.parts.remove(part)
                    elif part.name == "kiosk" and part.falls >= KIOSK_FALLS:
                        say(_("The kiosk cannot run here; see {log}.").format(log=part.log))
                        self.parts.remove(part)
                    else:
                        say(_("{part} has died and is started again; see {log}.").format(part=part.name, log=part.log))
                elif part.due():
                    part.start()
