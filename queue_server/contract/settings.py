"""What every device is told on its command line: where its hall's server is, what it is called, and its token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

TOKEN_VARIABLE = "MOTCUA_TOKEN"  # noqa: S105 - the name of the variable, not a token


class SettingsError(Exception):
    """The command line, a file it names or the environment says something that cannot be used."""


def server_address(url: str) -> str:
    """The value of --server: scheme, host and port. Raises SettingsError."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"--server: {url!r} is not an address like http://127.0.0.1:8080")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise SettingsError(f"--server: only scheme, host and port, not {url!r}")
    return url.rstrip("/")


def device_name(option: str, name: str) -> str:
    """The value of `option`, by which the devices' page calls the device. Raises SettingsError."""
    if not re.fullmatch(r"[A-Za-z0-9._ -]{1,40}", name):
        raise SettingsError(f"{option}: {name!r} may have up to 40 letters A-Z, digits, dots, dashes and spaces")
    return name


def device_token(file: Path | None, environ: Mapping[str, str]) -> str:
    """The token in `file`, or in the environment's TOKEN_VARIABLE without one. Raises SettingsError."""
    if file is None:
        token = environ.get(TOKEN_VARIABLE, "").strip()
        if not token:
            raise SettingsError(f"no token: give --token-file FILE, or set the variable {TOKEN_VARIABLE}")
    else:
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"--token-file: cannot read {file}: {error}") from error
        if not token:
            raise SettingsError(f"--token-file: {file} is empty")
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise SettingsError("the token has characters that no token has; it must stand alone in its file")
    return token
