"""The stays at counters that ended in “finish”, put together from the event log."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

from queue_server.domain.ids import Actor, CounterId, ServiceCode
from queue_server.domain.observation import Occupancy

from .instants import from_text, to_text


def finished(
    sql: sqlite3.Connection, since: datetime, until: datetime, zone: ZoneInfo, next_pressed: str, server: Actor
) -> list[Occupancy]:
    """Stays whose call was in `since` <= at < `until`, in the order of their calls, with times in `zone`.

    `next_pressed`: why a ticket was started or finished when its clerk only called the next. What `server` finished
    by itself is not among them.
    """
    # The second condition on the calls is what the index is made for.
    rows = sql.execute(
        "SELECT json_extract(call.data, '$.service'), call.counter, call.at, ended.at, ended.why IS :next,"
        " EXISTS (SELECT 1 FROM event WHERE ticket = call.ticket AND id > call.id AND id < ended.id"
        "  AND kind = 'started' AND why IS :next),"
        " EXISTS (SELECT 1 FROM event WHERE ticket = call.ticket AND id > call.id AND id < ended.id"
        "  AND kind = 'recalled'),"
        " EXISTS (SELECT 1 FROM event WHERE ticket = call.ticket AND id < call.id AND kind = 'parked'),"
        " (SELECT json_extract(data, '$.waited_s') FROM event INDEXED BY event_call"
        "  WHERE kind IN ('called', 'recalled') AND at = ended.at AND kind = 'called' AND counter = call.counter"
        "  AND ticket <> call.ticket LIMIT 1)"
        " FROM event AS call INDEXED BY event_call"
        " JOIN event AS ended ON ended.id = (SELECT MIN(id) FROM event WHERE ticket = call.ticket AND id > call.id"
        "  AND kind IN ('finished', 'step-finished', 'missed', 'parked', 'transferred', 'cancelled'))"
        " WHERE call.kind IN ('called', 'recalled') AND call.kind = 'called' AND call.at >= :since AND call.at < :until"
        " AND ended.kind IN ('finished', 'step-finished') AND ended.actor <> :server ORDER BY call.id",
        {"next": next_pressed, "since": to_text(since), "until": to_text(until), "server": server},
    )
    return [
        Occupancy(
            ServiceCode(service),
            CounterId(counter),
            from_text(called_at).astimezone(zone),
            from_text(finished_at).astimezone(zone),
            started_by_next=bool(started_by_next),
            finished_by_next=bool(finished_by_next),
            recalled=bool(recalled),
            parked_before=bool(parked_before),
            next_waited_s=next_waited_s,
        )
        for (
            service,
            counter,
            called_at,
            finished_at,
            finished_by_next,
            started_by_next,
            recalled,
            parked_before,
            next_waited_s,
        ) in rows
    ]
