"""Writes a day into a database as the server would have: what the simulator made of it, or single histories."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from queue_server.domain.hall import Hall
from queue_server.domain.ids import Actor, CounterId
from queue_server.domain.simulation import Arrival, Outcome, Roster
from queue_server.domain.ticket import Ticket, Transition, issue
from queue_server.store import events, tickets
from queue_server.store.database import Database, Tx
from tests.queue_server.small_hall import CLERK, DAY, KIOSK


@dataclass
class Recording:
    """One day of `hall` inside the transaction `tx`; times in seconds after midnight."""

    tx: Tx
    hall: Hall
    _sequence: int = field(default=0, init=False)

    def at(self, seconds: float) -> datetime:
        return self.hall.day(DAY).midnight + timedelta(seconds=seconds)

    def day(self, arrivals: Iterable[Arrival], outcome: Outcome, rosters: Iterable[Roster]) -> None:
        """The day as the simulator ran it; the events of each ticket in a row."""
        served = {each.id: each for each in outcome.served}
        lost = {each.id: each for each in outcome.lost}
        for roster in rosters:
            for begins, ends in roster.open:
                self.counter(roster.counter.id, begins, "counter-opened")
                self.counter(roster.counter.id, ends, "counter-closed")
        for arrival in arrivals:
            ticket = self.issued(arrival)
            if arrival.id in served:
                call = served[arrival.id]
                ticket = self.called(ticket, call.counter, call.called_s)
                ticket = self.save(ticket.start(self.at(call.called_s), CLERK))
                self.save(ticket.finish(self.at(call.finished_s), CLERK))
            elif lost[arrival.id].left:
                clock = self.hall.day(DAY).clock
                gone = clock.when(clock.at(arrival.at) + lost[arrival.id].waited_s)
                self.save(ticket.cancel(self.at(gone), CLERK, "gone home"))

    def counter(self, counter: int, seconds: float, kind: str, by: Actor = CLERK) -> None:
        events.add_for_counter(self.tx.sql, counter, self.at(seconds), by, kind)

    def issued(self, arrival: Arrival) -> Ticket:
        self._sequence += 1
        ticket, event = issue(
            tickets.reserve_id(self.tx.sql),
            f"B-{self._sequence:03d}",
            DAY,
            arrival.service,
            self.at(arrival.at),
            KIOSK,
            arrival.priority,
        )
        tickets.add(self.tx.sql, ticket, event, "B", self._sequence, f"token-{self._sequence}")
        return ticket

    def called(self, ticket: Ticket, counter: int, seconds: float) -> Ticket:
        at = self.at(seconds)
        waited = ticket.waited_s(self.hall.day(DAY), at)
        return self.save(ticket.call(CounterId(counter), at, CLERK, "longest-wait", waited_s=waited))

    def save(self, transition: Transition) -> Ticket:
        ticket, event = transition
        tickets.save(self.tx.sql, ticket, event)
        return ticket


def record(folder: Path, hall: Hall, write: Callable[[Recording], object]) -> None:
    """A database in `folder` with what `write` records, in one transaction."""
    with closing(Database(folder)) as db:
        db.submit(lambda tx: write(Recording(tx, hall))).result()
