"""`motcua serve`: the composition root, the one place that reads settings, opens files and starts the server."""

from __future__ import annotations

import argparse
import fcntl
import ipaddress
import logging
import secrets
import socket
import sqlite3
import ssl
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import uvicorn

from hardware.voices.errors import VoiceUrlError
from hardware.voices.opener import Voice, open_voice
from queue_server.api.context import Context
from queue_server.app import Surfaces, create_app
from queue_server.catalogue.faults import CatalogueError
from queue_server.catalogue.load import SAMPLE_HALL, load_hall
from queue_server.catalogue.load_catalogue import folders_of, load_catalogue
from queue_server.catalogue.places import load_places
from queue_server.cli import loading
from queue_server.domain.hall import Hall
from queue_server.domain.lunch import uncovered
from queue_server.service.nudges import Hub
from queue_server.store import reserve
from queue_server.store.database import FILE, Database
from queue_server.store.key_file import KeyFileError, beside
from queue_server.store.migrations import SchemaTooNew
from queue_server.store.sealed import keys_in_use
from queue_server.store.vault import open_vault

log = logging.getLogger(__name__)
DEFAULT_PORT = 8080
BACKLOG = 2048
CLOSE_WITHIN_S = 3


@dataclass(frozen=True)
class Settings:
    """What the command line says."""

    data: Path
    host: str
    port: int
    hall: Path
    demo: bool
    voice: str
    tls_cert: Path | None
    tls_key: Path | None
    keys: Path | None


@dataclass(frozen=True)
class _Opened:
    """What a server stands on, as of its start."""

    hall: Hall
    context: Context
    voice: Voice
    lock: IO[str]
    listening: socket.socket


def serve(argv: list[str]) -> int:
    """Run the server until it is told to stop; 1 with a sentence on what is wrong when it cannot start."""
    settings = _settings(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    if settings.demo and not _is_loopback(settings.host):
        return _fail(
            f"--demo có tài khoản ai cũng biết nên chỉ chạy trên máy này · --demo has logins that everybody knows,"
            f" so it runs on this machine only: use --host 127.0.0.1, not {settings.host}"
        )
    with loading():
        try:
            opened = _open(settings)
        except (sqlite3.Error, SchemaTooNew) as error:
            return _fail(f"{settings.data / FILE}: {error}")
        except (CatalogueError, KeyFileError, VoiceUrlError, OSError, ValueError) as error:
            return _fail(str(error))
        server = _server(settings, opened)
    scheme = "https" if settings.tls_cert else "http"
    host, port = opened.listening.getsockname()[:2]
    sys.stdout.write(f"motcua {scheme}://{f'[{host}]' if ':' in host else host}:{port}\n")
    sys.stdout.flush()
    server.run(sockets=[opened.listening])
    opened.lock.close()
    return 0 if server.started else 1


def _open(settings: Settings) -> _Opened:
    """Everything that may not be there, or not be right. Raises what `serve` puts into a sentence."""
    hall_on = load_hall(settings.hall)
    hall = hall_on(datetime.now(UTC).date())
    catalogue = load_catalogue(folders_of(settings.hall), hall.offered, quickly=True)
    places = load_places()
    voice = open_voice(settings.voice)
    _check_certificate(settings)
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _lock(settings.data)
    listening = _listen(settings)
    hub = Hub()
    db = Database(settings.data, hub.publish, reserve.ROOM)
    vault = open_vault(settings.keys or beside(settings.data), db.submit(lambda tx: keys_in_use(tx.sql)).result())
    context = Context(
        db,
        hall_on,
        hub,
        lambda: datetime.now(UTC),
        lambda: secrets.token_urlsafe(32),
        vault,
        catalogue=catalogue,
        places=places,
    )
    return _Opened(hall, context, voice, lock, listening)


def _server(settings: Settings, opened: _Opened) -> uvicorn.Server:
    if opened.hall.public_url is None and not settings.demo:
        log.warning("the hall's file has no public_url: the QR on tickets leads where the kiosk finds the server")
    for code, when in uncovered(opened.hall).items():
        log.warning("lunch %s: everybody who can do %s is away; give another counter backup for it", when, code)
    previews = settings.data / "preview" if settings.demo else None
    app = create_app(opened.context, Surfaces(opened.voice, settings.demo, previews))
    return uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,  # a ticket's address is a key: it stands in no log
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=CLOSE_WITHIN_S,
            ssl_certfile=settings.tls_cert,
            ssl_keyfile=settings.tls_key,
            log_level="warning",
        )
    )


def _settings(argv: list[str]) -> Settings:
    parser = argparse.ArgumentParser(prog="motcua serve", description="Run the queue server of a hall.")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="where the hall's database lives")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, metavar="N", help="0 takes any free port")
    parser.add_argument("--hall", type=Path, default=SAMPLE_HALL, metavar="FILE", help="the hall's file (TOML)")
    parser.add_argument("--demo", action="store_true", help="with demonstration logins; on this machine only")
    parser.add_argument("--voice", default="espeak://", metavar="URL", help="the board's voice (docs/board.md)")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate, to serve https")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="the certificate's key")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the keys of dossiers (default: DIR.keys beside DIR)")
    options = parser.parse_args(argv)
    if (options.tls_cert is None) != (options.tls_key is None):
        parser.error("--tls-cert and --tls-key go together")
    return Settings(**vars(options))


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _lock(data: Path) -> IO[str]:
    """Hold the folder, so that two servers never work on one database."""
    lock = (data / "motcua.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise OSError(f"another server is already running on {data}") from error
    return lock


def _listen(settings: Settings) -> socket.socket:
    """Take the address before anything else, so that a taken port is said in one clear line."""
    with ExitStack() as undo:
        try:
            infos = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            family, kind, protocol, _, address = infos[0]
            listening = undo.enter_context(socket.socket(family, kind, protocol))
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            # Already now: whoever reads the address that is printed next finds an open door, if a slow one.
            listening.listen(BACKLOG)
        except OSError as error:
            raise OSError(f"cannot listen at {settings.host}:{settings.port}: {error.strerror}") from error
        undo.pop_all()
    listening.set_inheritable(True)
    return listening


def _check_certificate(settings: Settings) -> None:
    """The server would read it only once it runs, and fall over it."""
    if settings.tls_cert is None or settings.tls_key is None:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(settings.tls_cert, settings.tls_key)
    except OSError as error:
        raise OSError(f"cannot use {settings.tls_cert} with {settings.tls_key}: {error.strerror or error}") from error


def _fail(what: str) -> int:
    sys.stderr.write(f"motcua serve: {what}\n")
    return 1
