"""Tickets over HTTP: take one, look at it, and everything a clerk does with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.params import Path

from queue_server.contract import (
    API,
    IDEMPOTENCY_HEADER,
    FinishRequest,
    OptionalReasonRequest,
    PriorityRequest,
    RateRequest,
    ResumeRequest,
    Role,
    Ticket,
    TicketRequest,
    TransferRequest,
)
from queue_server.domain import errors as rules
from queue_server.domain import ticket as domain
from queue_server.domain.hall import Hall
from queue_server.service import errors as refusals
from queue_server.service import serve
from queue_server.service.issue import issue_ticket
from queue_server.service.principal import Principal
from queue_server.service.rate import rate_at_counter
from queue_server.service.views import ticket_view
from queue_server.store import tickets
from queue_server.store.database import Tx

from .asker import Asker, House
from .context import Context
from .problems import refused

router = APIRouter(prefix=f"{API}/tickets", tags=["tickets"])

TicketId = Annotated[int, Path(ge=1, le=2**53, description="The ticket's id, as given when it was issued")]
WHO = (refusals.Unauthenticated, refusals.SessionExpired, refusals.CsrfFailed, refusals.Forbidden)
ACT = (*WHO, rules.TicketUnknown, rules.IllegalTransition, rules.CounterNotYours, rules.CounterNotOpen)
ISSUE_EXAMPLES = {
    "ordinary": {"summary": "A number", "value": {"service": "2.000815"}},
    "priority": {"summary": "With priority", "value": {"service": "1.001193", "priority": "elderly"}},
    "visit": {"summary": "Two services, one ticket", "value": {"service": "1.001193", "then": ["2.000815"]}},
}
Work = Callable[[Tx, Hall, datetime], domain.Ticket]


def own_page(context: Context, request: Request, who: Principal) -> str | None:
    """Where the ticket's own page is; not for clerks, as who serves must not rate."""
    return None if who.role is Role.CLERK else context.base_url(request)


async def answer(context: Context, work: Work, base_url: str | None = None) -> Ticket:
    """Run a use case in its transaction, and show the ticket after it; with `base_url` its own page's address too.

    The wait is looked ahead for after the transaction, off the only thread that writes.
    """
    now = context.now()
    hall = context.hall(now)
    ticket = await context.db.write(lambda tx: work(tx, hall, now))
    return await context.db.read(lambda sql: ticket_view(sql, hall, context.foresight, ticket, base_url, now))


@router.post(
    "",
    status_code=201,
    summary="Take a number",
    responses=refused(
        *WHO,
        refusals.IdempotencyKeyMissing,
        refusals.IdempotencyKeyReused,
        rules.ServiceUnknown,
        rules.PriorityUnknown,
        rules.HallClosed,
        rules.NumbersExhausted,
    ),
    openapi_extra={"requestBody": {"content": {"application/json": {"examples": ISSUE_EXAMPLES}}}},
)
async def issue(
    request: Request,
    house: House,
    who: Asker,
    wanted: TicketRequest,
    key: Annotated[
        str | None,
        Header(alias=IDEMPOTENCY_HEADER, description="8 to 100 printable characters; the same key, the same ticket"),
    ] = None,
) -> Ticket:
    """Issue the next number of the service's group. Repeating the request with the same key gives the same ticket."""
    return await answer(
        house,
        lambda tx, hall, now: issue_ticket(tx, hall, who, wanted, key, now, house.new_track_token),
        own_page(house, request, who),
    )


@router.get("/{ticket_id}", summary="Look at a ticket", responses=refused(*WHO, rules.TicketUnknown))
async def show(ticket_id: TicketId, request: Request, house: House, who: Asker) -> Ticket:
    """The ticket as it stands now, with who is ahead and the wait expected."""
    now = house.now()
    hall = house.hall(now)
    base_url = own_page(house, request, who)
    return await house.db.read(
        lambda sql: ticket_view(sql, hall, house.foresight, tickets.get(sql, ticket_id), base_url, now)
    )


@router.post("/{ticket_id}/recall", summary="Call again", responses=refused(*ACT))
async def recall(ticket_id: TicketId, house: House, who: Asker) -> Ticket:
    """The board shows and speaks the call once more; after some recalls no-show is offered."""
    return await answer(house, lambda tx, hall, now: serve.recall(tx, who, ticket_id, now))


@router.post("/{ticket_id}/start", summary="The person is here", responses=refused(*ACT))
async def start(ticket_id: TicketId, house: House, who: Asker) -> Ticket:
    """Service begins."""
    return await answer(house, lambda tx, hall, now: serve.start(tx, who, ticket_id, now))


@router.post(
    "/{ticket_id}/finish",
    summary="Service is done",
    responses=refused(*ACT, rules.ServiceUnknown),
)
async def finish(ticket_id: TicketId, house: House, who: Asker, wanted: FinishRequest | None = None) -> Ticket:
    """Finished; or, with `next_service` or a visit of several services, waiting for the next one."""
    onward = wanted.next_service if wanted else None
    return await answer(house, lambda tx, hall, now: serve.finish(tx, hall, who, ticket_id, onward, now))


@router.post("/{ticket_id}/no-show", summary="The person did not come", responses=refused(*ACT))
async def no_show(ticket_id: TicketId, house: House, who: Asker, wanted: OptionalReasonRequest | None = None) -> Ticket:
    """The counter is free again; `resume` takes the person back when they come after all."""
    why = wanted.reason if wanted else None
    return await answer(house, lambda tx, hall, now: serve.no_show(tx, who, ticket_id, why, now))


@router.post("/{ticket_id}/park", summary="Set aside", responses=refused(*ACT))
async def park(ticket_id: TicketId, house: House, who: Asker, wanted: OptionalReasonRequest | None = None) -> Ticket:
    """The person fetches something and comes back; the wait stands still meanwhile."""
    why = wanted.reason if wanted else None
    return await answer(house, lambda tx, hall, now: serve.park(tx, who, ticket_id, why, now))


@router.post(
    "/{ticket_id}/resume",
    summary="Take up again",
    responses=refused(*ACT, rules.CounterUnknown, rules.CounterBusy, rules.CounterLacksService),
)
async def resume(ticket_id: TicketId, house: House, who: Asker, wanted: ResumeRequest | None = None) -> Ticket:
    """A parked or missed ticket waits again, with the wait it had; with `counter`, it is called there at once."""
    counter = wanted.counter if wanted else None
    return await answer(house, lambda tx, hall, now: serve.resume(tx, hall, who, ticket_id, counter, now))


@router.post(
    "/{ticket_id}/transfer",
    summary="Send to another service or counter",
    responses=refused(
        *ACT, rules.TransferNowhere, rules.ServiceUnknown, rules.CounterUnknown, rules.CounterLacksService
    ),
)
async def transfer(ticket_id: TicketId, house: House, who: Asker, wanted: TransferRequest) -> Ticket:
    """The ticket waits there with its arrival time kept."""
    return await answer(
        house,
        lambda tx, hall, now: serve.transfer(
            tx, hall, who, ticket_id, wanted.service, wanted.counter, wanted.reason, now
        ),
    )


@router.post("/{ticket_id}/cancel", summary="Cancel", responses=refused(*ACT))
async def cancel(ticket_id: TicketId, house: House, who: Asker, wanted: OptionalReasonRequest | None = None) -> Ticket:
    """The person has gone; the number is not given again."""
    why = wanted.reason if wanted else None
    return await answer(house, lambda tx, hall, now: serve.cancel(tx, who, ticket_id, why, now))


@router.post(
    "/{ticket_id}/priority",
    summary="Grant or withdraw priority",
    responses=refused(*ACT, rules.PriorityUnknown, rules.PriorityUnchanged),
)
async def set_priority(ticket_id: TicketId, house: House, who: Asker, wanted: PriorityRequest) -> Ticket:
    """A category, or null to withdraw it; the reason goes into the log."""
    return await answer(
        house,
        lambda tx, hall, now: serve.set_priority(tx, hall, who, ticket_id, wanted.priority, wanted.reason, now),
    )


@router.post(
    "/{ticket_id}/rate",
    summary="Rate the service",
    responses=refused(*ACT, rules.RatingUnknown, rules.AlreadyRated, rules.RatingClosed),
)
async def rate(ticket_id: TicketId, house: House, who: Asker, wanted: RateRequest) -> Ticket:
    """Once a ticket, from the screen at the counter (a device of role agent or kiosk); staff cannot rate."""
    return await answer(house, lambda tx, hall, now: rate_at_counter(tx, hall, who, ticket_id, wanted.score, now))
