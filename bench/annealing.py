"""Simulated annealing over whole schedules, compiled: millions of small changes to a day, each judged by its cost.

A schedule is a sequence of tickets for each counter. Its times follow: each ticket is called as soon as the one before
it is finished and it has arrived, outside the break; a ticket whose patience has run out by then is skipped. So a
counter may also be kept idle for somebody who is about to come, which no policy could know to do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOTTEST, COLDEST = 0.3, 3e-3
"""The first and the last temperature, as multiples of the mean cost of a ticket in the first schedule: a change that
makes the sum this much worse is accepted with probability 1/e."""
NEAR = 4
"""Places that a ticket may land from where it would be served at about the same time."""


class Task(NamedTuple):
    """A day with everything known. Of each ticket: arrival, the same on the hall's clock, duration, patience (seconds,
    infinity for the patient), `worth` = weight / target^2, `needs` = the bit of its service. Of each counter: the bits
    of its `skills`. Then the hall's hours."""

    at: Floats
    since: Floats
    service_s: Floats
    patience: Floats
    worth: Floats
    needs: Ints
    skills: Ints
    opens: float
    break_begins: float
    break_ends: float
    last_call: float


class Plan(NamedTuple):
    """`sequences[counter, :lengths[counter]]`: indices of tickets. Derived from it, for the k-th place of a counter:
    when it is `free` for it, what the tickets before it cost (`upto`), which bits the tickets from it on need
    (`tails`)."""

    sequences: Ints
    lengths: Ints
    free: Floats
    upto: Floats
    tails: Ints


@njit(cache=True)
def anneal(task: Task, sequences: Ints, lengths: Ints, steps: int, seed: int) -> tuple[float, Ints, Ints]:
    """The least cost found, summed over all tickets, and the sequences that have it. Starts from `sequences`, which
    hold every ticket once and are left changed. The same arguments give the same schedule."""
    counters, room = sequences.shape
    plan = Plan(
        sequences,
        lengths,
        np.zeros((counters, room + 1)),
        np.zeros((counters, room + 1)),
        np.zeros((counters, room + 1), dtype=np.int64),
    )
    total = 0.0
    for c in range(counters):
        refresh(task, plan, c, 0)
        total += plan.upto[c, lengths[c]]
    least, best_sequences, best_lengths = total, sequences.copy(), lengths.copy()
    mine, theirs = np.zeros(room, dtype=np.int64), np.zeros(room, dtype=np.int64)
    hottest = HOTTEST * total / max(1, len(task.at))
    heat = hottest
    state = np.uint64(seed * 7919 + 1)
    for step in range(steps):
        if step & 1023 == 0:
            heat = hottest * (COLDEST / HOTTEST) ** (step / steps)
        state = _next(state)
        c, e = _below(state, 8, counters), _below(state, 24, counters)
        if lengths[c] == 0:
            continue
        kind = np.int64(state >> np.uint64(62))
        state = _next(state)
        k, near = _below(state, 0, lengths[c]), _below(state, 32, 2 * NEAR + 1) - NEAR
        i = sequences[c, k]
        if task.needs[i] & task.skills[e] == 0:
            continue
        state = _next(state)
        # What the change may cost at most is drawn first: a change that costs more is given up half-way.
        allowed = -heat * np.log((state >> np.uint64(11)) * (1.0 / 9007199254740992.0) + 1e-300)
        if e == c:
            q = k + near
            if near == 0 or q < 0 or q >= lengths[c]:
                continue
            low, count = min(k, q), abs(near) + 1
            for n in range(count):
                mine[n] = sequences[c, low + n]
            for n in range(k - low, q - low, 1 if q > k else -1):
                mine[n] = mine[n + 1] if q > k else mine[n - 1]
            mine[q - low] = i
            old = plan.upto[c, lengths[c]]
            change = cost(task, plan, c, low, mine, count, c, low + count, old + allowed) - old
            if change > allowed:
                continue
            sequences[c, low : low + count] = mine[:count]
            refresh(task, plan, c, low)
        else:
            when = max(task.at[i], plan.free[c, k] if step & 1 else 0.0)
            q = min(max(0, _place(plan, e, when) + near), lengths[e])
            if kind < 2:  # one goes to the other counter
                theirs[0] = i
                here, there, my_rest, their_rest, my_end, their_end = 0, 1, c, e, k + 1, q
            elif kind == 2:  # two change places
                if q == lengths[e] or task.needs[sequences[e, q]] & task.skills[c] == 0:
                    continue
                mine[0], theirs[0] = sequences[e, q], i
                here, there, my_rest, their_rest, my_end, their_end = 1, 1, c, e, k + 1, q + 1
            else:  # all that follow change counters
                if plan.tails[c, k] & ~task.skills[e] != 0 or plan.tails[e, q] & ~task.skills[c] != 0:
                    continue
                here, there, my_rest, their_rest, my_end, their_end = 0, 0, e, c, q, k
            old = plan.upto[c, lengths[c]] + plan.upto[e, lengths[e]]
            change = cost(task, plan, c, k, mine, here, my_rest, my_end, old + allowed) - old
            if change > allowed:
                continue
            change += cost(task, plan, e, q, theirs, there, their_rest, their_end, allowed - change)
            if change > allowed:
                continue
            here = _append(plan, mine, here, my_rest, my_end)
            there = _append(plan, theirs, there, their_rest, their_end)
            sequences[c, k : k + here], sequences[e, q : q + there] = mine[:here], theirs[:there]
            lengths[c], lengths[e] = k + here, q + there
            refresh(task, plan, c, k)
            refresh(task, plan, e, q)
        total += change
        if total < least - 1e-9:
            least = total
            best_sequences[:], best_lengths[:] = sequences, lengths
    return least, best_sequences, best_lengths


@njit(cache=True, inline="always")
def _serve(task: Task, i: int, free: float) -> tuple[float, float]:
    """What ticket `i` costs at a counter that is free from `free`, and when the counter is free again."""
    start = max(free, task.at[i], task.opens)
    if task.break_begins <= start < task.break_ends:
        start = task.break_ends
    served = start < task.last_call
    if not served:
        start = task.last_call
    waited = start - task.since[i] - (task.break_ends - task.break_begins if start > task.break_begins else 0.0)
    if waited > task.patience[i]:
        waited, served = task.patience[i], False
    return task.worth[i] * waited * waited, start + task.service_s[i] if served else free


@njit(cache=True)
def cost(
    task: Task, plan: Plan, c: int, k: int, middle: Ints, count: int, rest: int, place: int, limit: float
) -> float:
    """Of counter `c` with its first `k` tickets, then `middle[:count]`, then those of counter `rest` from `place` on;
    or something above `limit`."""
    free, spent = plan.free[c, k], plan.upto[c, k]
    for n in range(count):
        more, free = _serve(task, middle[n], free)
        spent += more
    last = plan.lengths[rest]
    for n in range(place, last):
        if free == plan.free[rest, n]:  # from here on all is as it was
            return spent + plan.upto[rest, last] - plan.upto[rest, n]
        if spent > limit:
            return spent
        more, free = _serve(task, plan.sequences[rest, n], free)
        spent += more
    return spent


@njit(cache=True)
def refresh(task: Task, plan: Plan, c: int, k: int) -> None:
    """Derive anew what follows from the sequence of counter `c`, which has changed from place `k` on."""
    if k == 0:
        plan.free[c, 0], plan.upto[c, 0] = task.opens, 0.0
    last = plan.lengths[c]
    for n in range(k, last):
        more, plan.free[c, n + 1] = _serve(task, plan.sequences[c, n], plan.free[c, n])
        plan.upto[c, n + 1] = plan.upto[c, n] + more
    plan.tails[c, last] = 0
    for n in range(last - 1, -1, -1):
        plan.tails[c, n] = plan.tails[c, n + 1] | task.needs[plan.sequences[c, n]]


@njit(cache=True)
def _append(plan: Plan, middle: Ints, count: int, rest: int, place: int) -> int:
    more = plan.lengths[rest] - place
    middle[count : count + more] = plan.sequences[rest, place : place + more]
    return count + more


@njit(cache=True)
def _place(plan: Plan, c: int, when: float) -> int:
    """The first place of counter `c` at which it is free no earlier than `when`."""
    low, high = 0, plan.lengths[c]
    while low < high:
        middle = (low + high) // 2
        if plan.free[c, middle] < when:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, inline="always")
def _next(state: np.uint64) -> np.uint64:
    """xorshift64 (Marsaglia 2003): quick, and the same everywhere."""
    state ^= state << np.uint64(13)
    state ^= state >> np.uint64(7)
    state ^= state << np.uint64(17)
    return state


@njit(cache=True, inline="always")
def _below(state: np.uint64, shift: int, limit: int) -> int:
    """A number from 0 to `limit` - 1 out of 32 of the bits."""
    return np.int64((state >> np.uint64(shift)) & np.uint64(0xFFFFFFFF)) * limit >> 32
