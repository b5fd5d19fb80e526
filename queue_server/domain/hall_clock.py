"""A clock that runs only while the hall works, so that nobody is said to have waited through lunch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HallClock:
    """Times are seconds after the hall's midnight; `opens_s`: when the day begins; `breaks`: spans in order."""

    opens_s: float = 0.0
    breaks: tuple[tuple[float, float], ...] = ()

    def at(self, t: float) -> float:
        """Seconds of hall time until `t`: it stands still before opening and in the breaks. A wait is the difference
        of two readings."""
        if t <= self.opens_s:
            return self.opens_s
        worked = t
        for begins, ends in self.breaks:
            if t <= begins:
                break
            worked -= max(0.0, min(t, ends) - max(begins, self.opens_s))
        return worked

    def when(self, reading: float) -> float:
        """The first moment at which the clock shows `reading`; the inverse of `at`."""
        t = max(reading, self.opens_s)
        for begins, ends in self.breaks:
            begun = max(begins, self.opens_s)
            if t <= begun or ends <= begun:
                break
            t += ends - begun
        return t

    def in_break(self, t: float) -> bool:
        """Whether the hall pauses at `t`: a break holds its first moment, not its last."""
        return any(begins <= t < ends for begins, ends in self.breaks)
