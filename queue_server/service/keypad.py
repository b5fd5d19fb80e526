"""A clerk without a PC: each key of a call keypad is one of the use cases that the console's buttons are.

A keypad is the other hand of whoever holds its counter: what is done is logged as done by the device, and the counter
stays its clerk's. Where nobody holds it, the keypad does, until a clerk opens it at a PC.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from queue_server.contract import KeyOutcome, KeypadKey, KeyPress, KeyReply, Role
from queue_server.domain.counter import KEYPAD, CounterState
from queue_server.domain.errors import CounterIdle, TransferNowhere
from queue_server.domain.hall import Counter, Hall
from queue_server.domain.ticket import Ticket, TicketState
from queue_server.store import counters as store
from queue_server.store import idempotency, tickets
from queue_server.store.database import Tx

from . import serve
from .call import call_next
from .counters import open_counter, pause_counter
from .errors import IdempotencyKeyMissing, IdempotencyKeyReused, PressExpired
from .hall_views import waiting_for
from .issue import KEY
from .principal import Principal, keypad_actor

Done = tuple[KeyOutcome, Ticket | None]


def press(
    tx: Tx, hall: Hall, who: Principal, counter_id: int, pressed: KeyPress, key: str | None, now: datetime
) -> KeyReply:
    """Do what the key stands for; the same `key` gives the same reply and does nothing again.

    Raises Forbidden, CounterUnknown, CounterNotYours, CounterIdle, IdempotencyKeyMissing, IdempotencyKeyReused,
    PressExpired and what the use cases raise.
    """
    who.need(Role.AGENT)
    counter = hall.counter(counter_id)
    who.need_counter(counter.id)
    if key is None or not KEY.fullmatch(key):
        raise IdempotencyKeyMissing
    # Without expires_at: the same key pressed again, for want of an answer, asks for the same with a later one.
    fingerprint = f"press {counter.id} {pressed.key} {pressed.to_counter or '-'}"
    known = idempotency.recall(tx.sql, who.actor, key)
    if known is not None:
        if known.request != fingerprint or known.reply is None:
            raise IdempotencyKeyReused
        return KeyReply.model_validate_json(known.reply)
    if pressed.expires_at is not None and now > pressed.expires_at:
        raise PressExpired
    outcome, ticket = _do(tx, hall, _hand(tx, who, counter), counter, pressed, now)
    reply = KeyReply(
        outcome=outcome,
        number=ticket.number if ticket is not None else None,
        waiting=len(waiting_for(tx.sql, hall, counter, now)),
        state=store.get(tx.sql, counter.id).state,
    )
    idempotency.remember(tx.sql, who.actor, key, fingerprint, None, now, reply=reply.model_dump_json())
    return reply


def _hand(tx: Tx, who: Principal, counter: Counter) -> Principal:
    """The device as the hand of the counter's clerk, who may be nobody at a PC."""
    holder = store.get(tx.sql, counter.id).holder or keypad_actor(who.name)
    return replace(who, role=Role.CLERK, hand_of=holder)


def _do(tx: Tx, hall: Hall, hand: Principal, counter: Counter, pressed: KeyPress, now: datetime) -> Done:
    if pressed.key is KeypadKey.NEXT:
        if store.get(tx.sql, counter.id).state is not CounterState.OPEN:
            open_counter(tx, hall, hand, counter.id, now)
        called = call_next(tx, hall, hand, counter.id, None, now)
        return (KeyOutcome.CALLED if called is not None else KeyOutcome.NOBODY), called
    current = tickets.at_counter(tx.sql, counter.id)
    if pressed.key is KeypadKey.PAUSE:
        return _pause(tx, hall, hand, counter, now), current
    if current is None:
        raise CounterIdle(counter=counter.id)
    return _serve(tx, hall, hand, current, pressed, now)


def _pause(tx: Tx, hall: Hall, hand: Principal, counter: Counter, now: datetime) -> KeyOutcome:
    if store.get(tx.sql, counter.id).state is CounterState.OPEN:
        pause_counter(tx, hall, hand, counter.id, KEYPAD, now)
        return KeyOutcome.PAUSED
    open_counter(tx, hall, hand, counter.id, now)
    return KeyOutcome.OPENED


def _serve(tx: Tx, hall: Hall, hand: Principal, current: Ticket, pressed: KeyPress, now: datetime) -> Done:
    match pressed.key:
        case KeypadKey.RECALL:
            return KeyOutcome.RECALLED, serve.recall(tx, hand, current.id, now)
        case KeypadKey.NO_SHOW:
            return KeyOutcome.NO_SHOW, serve.no_show(tx, hand, current.id, None, now)
        case KeypadKey.TRANSFER:
            if pressed.to_counter is None or pressed.to_counter == current.counter:
                raise TransferNowhere
            moved = serve.transfer(tx, hall, hand, current.id, None, pressed.to_counter, None, now)
            return KeyOutcome.TRANSFERRED, moved
        case _:
            if current.state is TicketState.CALLED:
                serve.start(tx, hand, current.id, now)
            return KeyOutcome.FINISHED, serve.finish(tx, hall, hand, current.id, None, now)
