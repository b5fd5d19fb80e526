"""Hands a stranger's PDF to a process of its own, so that no file can take the hall's memory or its time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .verdict import Verdict

PROGRAM = Path(__file__).with_name("pdf.py")
MOST_S = 30
"""On a machine that has much else to do; the process itself may compute for much less."""


def verdict(content: bytes) -> tuple[Verdict, int]:
    """What is to be said of this PDF, and its pages where it may be kept. Blocking: not for the event loop."""
    said = _ask(content, "verdict")
    word, _, pages = said.decode("ascii", "replace").partition(" ")
    if word not in set(Verdict) or not pages.isdigit():
        return Verdict.BROKEN, 0
    return Verdict(word), int(pages)


def page_picture(content: bytes, page: int) -> tuple[str, bytes] | None:
    """Page `page` of this PDF, from 1, as a media type and a picture: the one picture on it, as every scan has. None
    where there is no such page, where it is no scan or too much work. Blocking: not for the event loop."""
    media_type, _, picture = _ask(content, "picture", str(page)).partition(b"\n")
    return (media_type.decode("ascii", "replace"), picture) if picture else None


def _ask(content: bytes, *task: str) -> bytes:
    """What the process said; nothing where it was stopped."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and a task that we name
            [sys.executable, "-I", PROGRAM, *task],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=MOST_S,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return b""
    return done.stdout
