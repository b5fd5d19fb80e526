"""A small hall for rules to be tried on: three services in two groups, four counters, always open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from queue_server.domain.calendar import Hours, Session
from queue_server.domain.dispatch import Candidate
from queue_server.domain.hall import (
    Calling,
    Counter,
    Group,
    Hall,
    PriorityCategory,
    RatingLevel,
    Service,
)
from queue_server.domain.ids import Actor, CounterId, PriorityCode, ServiceCode, TicketId
from queue_server.domain.text import LocalText
from queue_server.domain.ticket import Ticket, issue

NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""9:00 on a Monday in Hà Nội."""
DAY = date(2026, 11, 23)
CLERK = Actor("user:lan")
KIOSK = Actor("device:kiosk-1")
BIRTH, COPY, HOME = ServiceCode("birth"), ServiceCode("copy"), ServiceCode("home")
ELDERLY = PriorityCode("elderly")


def text(words: str) -> LocalText:
    return LocalText(f"{words} (vi)", f"{words} (en)")


def service(code: str, mean_min: float = 10) -> Service:
    return Service(ServiceCode(code), text(code), target_s=15 * 60, mean_s=round(mean_min * 60))


def counter(ident: int, *services: str) -> Counter:
    return Counter(CounterId(ident), text(f"Counter {ident}"), frozenset(ServiceCode(code) for code in services))


def always_open() -> Hours:
    return Hours(week=((Session(time.min, time.min),),) * 7)


SMALL_HALL = Hall(
    agency=text("Agency"),
    name=text("Hall"),
    timezone="Asia/Ho_Chi_Minh",
    services=(service(BIRTH, 12), service(COPY, 5), service(HOME, 8)),
    groups=(Group("civil", "A", text("Civil"), (BIRTH,)), Group("paper", "B", text("Paper"), (COPY, HOME))),
    counters=(counter(1, BIRTH), counter(2, COPY), counter(3, BIRTH, COPY, HOME), counter(4, HOME)),
    priorities=(PriorityCategory(ELDERLY, text("Elderly"), min_age=60),),
    hours=always_open(),
    scale=(RatingLevel("good", text("Good"), 2), RatingLevel("bad", text("Bad"), 1)),
    calling=Calling(priority_run=2, recalls_before_no_show=2),
)


def ticket(ident: int = 1, at: datetime = NINE, **fields: object) -> Ticket:
    """A waiting ticket for COPY, with `fields` changed."""
    new, _ = issue(TicketId(ident), f"B-{ident:03d}", DAY, COPY, at, KIOSK)
    return replace(new, **fields)  # type: ignore[arg-type]


def candidate(ticket: Ticket) -> Candidate:
    """A waiting ticket as the store gives it to the decision."""
    since = SMALL_HALL.day(ticket.day).reading(ticket.queued_at) + ticket.aside_s
    return Candidate(ticket.id, ticket.number, ticket.service, ticket.priority, since, ticket.for_counter)
