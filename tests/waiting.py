"""Waiting for what another thread or process will do."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 20.0


def until(holds: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Ask again and again until it holds. Fails when it does not within `patience_s`."""
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.01)
