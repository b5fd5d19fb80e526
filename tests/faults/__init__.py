"""The long runs: what devices do to us at their worst, many times over. `make faults` runs them whole and prints
counts; the usual suite takes a sample of each."""

from __future__ import annotations

import os
import sys


def runs(sample: int, whole: int) -> int:
    """How often to do it: `whole` under `make faults`, else a `sample`."""
    return whole if os.environ.get("MOTCUA_FAULTS") else sample


def count(what: str, number: int) -> None:
    """Print a count where it is asked for."""
    if os.environ.get("MOTCUA_FAULTS"):
        sys.stdout.write(f"\n  {what}: {number:,}\n")
