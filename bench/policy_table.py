"""The policies side by side, one block for each load: what stands in docs/dispatch.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean

from .day_figures import DayFigures

FIRST_COME = "first-come"
HINDSIGHT = "full hindsight"
HEAD = ("", "mean", "over", "p95", "longest", "priority", "closed", "by day", "lost")


def compared(days: Sequence[Mapping[str, DayFigures]]) -> dict[str, dict[str, float]]:
    """For each policy of days of one load: `mean`, `over`, `p95`, `longest` as ratios to first-come, each the mean over
    the days to the mean over the days, so that a quiet day counts for little; `priority`: minutes; `lost`: people a
    day; `closed`: how much of the distance in cost from first-come to full hindsight, of the costs' sums, and
    `by_day`, the mean of each day's own share."""
    base = [day[FIRST_COME] for day in days]
    best = [day[HINDSIGHT] for day in days]
    found: dict[str, dict[str, float]] = {}
    for policy in days[0]:
        ours = [day[policy] for day in days]
        found[policy] = {
            "mean": _ratio([one.mean_s for one in ours], [one.mean_s for one in base]),
            "over": _ratio([one.over for one in ours], [one.over for one in base]),
            "p95": _ratio([one.p95_s for one in ours], [one.p95_s for one in base]),
            "longest": _ratio([one.longest_s for one in ours], [one.longest_s for one in base]),
            "priority": mean(one.priority_mean_s for one in ours) / 60,
            "closed": _ratio(
                [fc.cost - one.cost for fc, one in zip(base, ours, strict=True)],
                [fc.cost - hs.cost for fc, hs in zip(base, best, strict=True)],
            ),
            "by_day": mean(
                _ratio([fc.cost - one.cost], [fc.cost - hs.cost]) for fc, one, hs in zip(base, ours, best, strict=True)
            ),
            "lost": mean(one.lost for one in ours),
        }
    return found


def averaged(loads: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, float]]:
    """The plain mean over the loads of what `compared` says of each."""
    return {
        policy: {name: mean(load[policy][name] for load in loads) for name in figures}
        for policy, figures in loads[0].items()
    }


def lines(title: str, figures: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A block of text, columns aligned."""
    width = max(len(policy) for policy in figures)
    head = f"{title.ljust(width)}" + "".join(name.rjust(10) for name in HEAD[1:])
    body = (
        policy.ljust(width)
        + "".join(f"{one[name]:10.3f}" for name in ("mean", "over", "p95", "longest"))
        + f"{one['priority']:10.1f}{one['closed']:10.3f}{one['by_day']:10.3f}{one['lost']:10.1f}"
        for policy, one in figures.items()
    )
    return [head, *body]


def _ratio(ours: Sequence[float], base: Sequence[float]) -> float:
    """1 where both are nothing."""
    return sum(ours) / sum(base) if sum(base) else 1.0
