"""Whether headphones are plugged in, as the sound card tells it: its jack's control in ALSA."""

from __future__ import annotations

import os
import re
import subprocess

PROGRAM = "amixer"
_NAME = re.compile(r"iface=CARD,name='([^']*)'")
_HEADPHONES = re.compile(r"(headphone|headset|front headphone)\b.*\bjack", re.IGNORECASE)


def plugged(card: str, *, program: str = PROGRAM, timeout_s: float = 2.0) -> bool | None:
    """True or false as the jack of `card` ("0", "PCH") says; None where the card has no such sense, as most USB ones,
    or where it cannot be asked."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program and a checked card, without a shell
            [program, "-c", card, "contents"],
            capture_output=True,
            timeout=timeout_s,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return jack_state(done.stdout.decode(errors="replace")) if done.returncode == 0 else None


def jack_state(contents: str) -> bool | None:
    """What the output of `amixer contents` says of a headphone jack; None where it names none."""
    here, found = False, None
    for line in contents.splitlines():
        named = _NAME.search(line)
        if line.startswith("numid="):
            here = bool(named and _HEADPHONES.search(named[1]))
        elif here and line.strip().startswith(": values="):
            found = bool(found) or line.strip().endswith("=on")
    return found
