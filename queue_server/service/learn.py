"""What a hall's own past says about how long its services take."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, time, timedelta

from queue_server.domain import learning
from queue_server.domain.durations import Durations
from queue_server.domain.hall import Hall
from queue_server.domain.observation import observe
from queue_server.store import durations as store

from .call import NEXT
from .day_end import SYSTEM


def durations(sql: sqlite3.Connection, hall: Hall, day: date) -> Durations:
    """The durations to work with on `day`: learned from the 90 days before it, from midnight to midnight of the hall.

    Nothing of `day` itself or later is read, so a replay of `day` knows what was known that morning. It takes some
    tenths of a second: once a day and at the start is enough, and the answer is good until the next midnight.
    """
    until = datetime.combine(day, time.min, tzinfo=hall.zone)
    since = datetime.combine(day - timedelta(days=learning.WINDOW_DAYS), time.min, tzinfo=hall.zone)
    stays = store.finished(sql, since, until, hall.zone, NEXT, SYSTEM)
    observed = [seen for stay in stays if stay.finished_at < until and (seen := observe(stay, hall.hours)) is not None]
    return learning.learn(hall.services, observed, day)
