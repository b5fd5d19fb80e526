"""The manager's screen as data: risks, alerts and advice."""

from __future__ import annotations

from queue_server.domain.fate import Fate
from queue_server.domain.measure import MeasureKind

from .base import Instant, LocalText, Wire
from .desk import CounterView, QueueView
from .devices import DeviceView
from .hall import Hall, Opening


class LateService(Wire):
    """`over`: how many of its tickets are expected over target."""

    service: str
    name: LocalText
    over: float


class Risk(Wire):
    """What is expected in the next 30 minutes: `over` of `tickets` over their target, a `share` from 0 to 1; from
    `threshold` on there is an alert."""

    share: float
    over: float
    tickets: float
    threshold: float
    services: tuple[LateService, ...]
    at: Instant


class Advice(Wire):
    """`what` to do and its `effect` in the next 30 minutes: tickets over target `before` and `after` it. `fate`: what
    was done with it, when, by whom and why; `offered` until then."""

    id: int
    kind: MeasureKind
    counter: int | None
    services: tuple[str, ...]
    what: LocalText
    effect: LocalText
    before: float
    after: float
    given_at: Instant
    fate: Fate
    answered_at: Instant | None = None
    by: str | None = None
    reason: str | None = None


class Alert(Wire):
    """`share`, `over`, `services`: as expected when it was raised; `advice`: all that was given, what stands
    first and of that the best."""

    id: int
    raised_at: Instant
    cleared_at: Instant | None
    share: float
    over: float
    services: tuple[LateService, ...]
    advice: tuple[Advice, ...]


class AlertsReply(Wire):
    """The day's alerts, oldest first."""

    alerts: tuple[Alert, ...]
    now: Instant


class HallView(Wire):
    """The manager's screen as data. `risk`: None until the hall has been looked at; `alert`: the one that stands;
    `advised`: whether measures have been tried out for it; `in_force`: advice that was taken today and still holds."""

    hall: Hall
    opening: Opening
    counters: tuple[CounterView, ...]
    queues: tuple[QueueView, ...]
    waiting: int
    served_today: int
    no_show_today: int
    mean_wait_s: int | None
    over_target_today: int
    ratings_today: dict[str, int]
    devices: tuple[DeviceView, ...]
    now: Instant
    risk: Risk | None = None
    alert: Alert | None = None
    advised: bool = False
    in_force: tuple[Advice, ...] = ()
