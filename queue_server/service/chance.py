"""Chance for look aheads: seeded, so that the same moment gives the same answer."""

from __future__ import annotations

import random
from collections.abc import Callable


def seeded(seed: int) -> Callable[[str], random.Random]:
    """A stream of its own for each name."""
    return lambda name: random.Random(f"{seed}/{name}")  # noqa: S311 - a simulation, not a secret
