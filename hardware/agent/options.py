"""The command line of `motcua agent`, checked before anything opens."""

from __future__ import annotations

import argparse
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

TOKEN_VARIABLE = "MOTCUA_TOKEN"  # noqa: S105 - the name of the variable, not a token
STATE_VARIABLE = "STATE_DIRECTORY"
"""Set by systemd."""


class OptionsError(Exception):
    """The command line or the environment says something the agent cannot use."""


@dataclass(frozen=True, slots=True)
class Options:
    """`check`: only read the file and its addresses. `state`: the folder for what must outlive the process."""

    server: str
    token: str = field(repr=False)
    config: Path
    name: str
    state: Path
    check: bool = False


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="motcua agent",
        description="Drives this machine's displays, keypads and loudspeakers for the hall's server.",
    )
    made.add_argument("--server", required=True, metavar="URL", help="the hall's server, as http://127.0.0.1:8080")
    made.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help=f"the device token, alone in a file (else the variable {TOKEN_VARIABLE})",
    )
    made.add_argument("--config", type=Path, required=True, metavar="FILE", help="this machine's devices, TOML")
    made.add_argument("--name", default=_machine(), metavar="NAME", help="this machine's name on the devices' page")
    made.add_argument(
        "--state-dir",
        type=Path,
        metavar="DIR",
        help=f"where it keeps which calls were spoken (else the variable {STATE_VARIABLE}, else var/agent)",
    )
    made.add_argument("--check", action="store_true", help="only check the file and its addresses, and say so")
    return made


def options(argv: list[str], environ: Mapping[str, str] = os.environ) -> Options:
    """The options in `argv`. Raises OptionsError; exits like argparse on wrong usage."""
    given = parser().parse_args(argv)
    return Options(
        server=_server(given.server),
        token="" if given.check else _token(given.token_file, environ),
        config=given.config,
        name=_name(given.name),
        state=given.state_dir or Path(environ.get(STATE_VARIABLE) or "var/agent"),
        check=given.check,
    )


def _machine() -> str:
    """The host's name, as far as a device may be called so."""
    return re.sub(r"[^A-Za-z0-9._ -]", "-", socket.gethostname())[:40] or "agent"


def _server(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise OptionsError(f"--server: {url!r} is not an address like http://127.0.0.1:8080")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise OptionsError(f"--server: only scheme, host and port, not {url!r}")
    return url.rstrip("/")


def _name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._ -]{1,40}", name):
        raise OptionsError(f"--name: {name!r} may have up to 40 letters A-Z, digits, dots, dashes and spaces")
    return name


def _token(file: Path | None, environ: Mapping[str, str]) -> str:
    if file is None:
        token = environ.get(TOKEN_VARIABLE, "").strip()
        if not token:
            raise OptionsError(f"no token: give --token-file FILE, or set the variable {TOKEN_VARIABLE}")
    else:
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise OptionsError(f"--token-file: cannot read {file}: {error}") from error
        if not token:
            raise OptionsError(f"--token-file: {file} is empty")
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise OptionsError("the token has characters that no token has; it must stand alone in its file")
    return token
