"""When the manager is warned: at once where the risk is high, and until it has stayed low for a while."""

from __future__ import annotations

from dataclasses import dataclass, replace

CLEAR_BELOW = 0.7
"""Below this part of the threshold the hall is calm again ..."""
CLEAR_AFTER_S = 300.0
"""... once it has been so for this long."""
LEAST_OVER = 1.0
"""A share is no risk where it is a share of next to nobody."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """`calm_since`: when a raised alarm's risk fell low, on the same clock as `after` is given."""

    is_raised: bool = False
    calm_since: float | None = None

    def after(self, share: float, over: float, threshold: float, now: float) -> Alarm:
        """The alarm once the risk is known at `now`, in seconds. `share` expected over target, 0 to 1; `over`: how many
        tickets that is."""
        if not self.is_raised:
            return Alarm(is_raised=share >= threshold and over >= LEAST_OVER)
        if share >= CLEAR_BELOW * threshold and over >= CLEAR_BELOW * LEAST_OVER:
            return replace(self, calm_since=None)
        if self.calm_since is None:
            return replace(self, calm_since=now)
        return Alarm() if now - self.calm_since >= CLEAR_AFTER_S else self
