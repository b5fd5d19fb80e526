"""The command line of `motcua agent`, checked before anything opens."""

from __future__ import annotations

import argparse
import os
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from queue_server.contract.settings import TOKEN_VARIABLE, device_name, device_token, server_address

STATE_VARIABLE = "STATE_DIRECTORY"
"""Set by systemd."""


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
    """The options in `argv`. Raises SettingsError; exits like argparse on wrong usage."""
    given = parser().parse_args(argv)
    return Options(
        server=server_address(given.server),
        token="" if given.check else device_token(given.token_file, environ),
        config=given.config,
        name=device_name("--name", given.name),
        state=given.state_dir or Path(environ.get(STATE_VARIABLE) or "var/agent"),
        check=given.check,
    )


def _machine() -> str:
    """The host's name, as far as a device may be called so."""
    return re.sub(r"[^A-Za-z0-9._ -]", "-", socket.gethostname())[:40] or "agent"
