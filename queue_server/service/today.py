"""What holds only today: the measures that a manager has taken, laid over the hall's rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from queue_server.domain.hall import Hall
from queue_server.domain.measure import Measure, changed


class Today:
    """One hall goes in and the same one comes out until something changes, so that it can be recognised."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._taken: tuple[Measure, ...] = ()
        self._applied: tuple[Hall, Hall] | None = None

    def take(self, day: date, taken: Iterable[Measure]) -> None:
        """All that holds on `day` is `taken`; on any other day nothing does."""
        self._day, self._taken, self._applied = day, tuple(taken), None

    def applied(self, hall: Hall, day: date) -> Hall:
        """`hall` as it is on `day`."""
        if day != self._day or not self._taken:
            return hall
        applied = self._applied
        if applied is None or applied[0] is not hall:
            applied = self._applied = hall, changed(hall, day, self._taken)
        return applied[1]
