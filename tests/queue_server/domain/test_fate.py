"""Advice is answered once, and only what was taken can be taken back."""

from __future__ import annotations

from itertools import product

import pytest

from queue_server.domain.errors import AdviceAnswered
from queue_server.domain.fate import Fate, follow

LAWFUL = {
    (Fate.OFFERED, Fate.TAKEN),
    (Fate.OFFERED, Fate.DECLINED),
    (Fate.OFFERED, Fate.WITHDRAWN),
    (Fate.TAKEN, Fate.TAKEN_BACK),
}


@pytest.mark.parametrize(("fate", "then"), list(product(Fate, Fate)))
def test_each_step_is_lawful_or_refused(fate: Fate, then: Fate) -> None:
    if (fate, then) in LAWFUL:
        assert follow(fate, then) is then
    else:
        with pytest.raises(AdviceAnswered):
            follow(fate, then)
