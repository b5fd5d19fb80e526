"""The best schedule that a search finds which knows the whole day beforehand: how far a policy still is from it."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from time import perf_counter
from typing import NamedTuple

import numpy as np

from .annealing import Task, anneal
from .days import BREAK, LAST_CALL, OPENS, PRIORITY_WEIGHT, Day
from .schedule import Call


class Hindsight(NamedTuple):
    """`cost`: as the search counted it, a mean over all who came; `seconds`: how long it searched."""

    calls: tuple[Call, ...]
    cost: float
    seconds: float


def search(day: Day, first: Sequence[Call], steps: int, seed: int = 1) -> Hindsight:
    """Anneal from the schedule `first` for so many steps; the same arguments give the same schedule."""
    task = _task(day)
    sequences, lengths = _sequences(day, first)
    begun = perf_counter()
    total, sequences, lengths = anneal(task, sequences, lengths, steps, seed)
    seconds = perf_counter() - begun
    return Hindsight(_calls(day, sequences, lengths), total / max(1, len(day.arrivals)), seconds)


def compile_search(day: Day) -> None:
    """Translate the search to machine code, so that the first search is not timed with it."""
    search(day, (), steps=1)


def _task(day: Day) -> Task:
    bit = {service: 1 << n for n, service in enumerate(day.targets)}
    weights = (1.0 if arrival.priority is None else PRIORITY_WEIGHT for arrival in day.arrivals)
    patience = (inf if arrival.patience_s is None else arrival.patience_s for arrival in day.arrivals)
    return Task(
        at=np.array([arrival.at for arrival in day.arrivals], dtype=np.float64),
        since=np.array([day.clock.at(arrival.at) for arrival in day.arrivals], dtype=np.float64),
        service_s=np.array([arrival.service_s for arrival in day.arrivals], dtype=np.float64),
        patience=np.array(list(patience), dtype=np.float64),
        worth=np.array(
            [weight / day.targets[one.service] ** 2 for weight, one in zip(weights, day.arrivals, strict=True)],
            dtype=np.float64,
        ),
        needs=np.array([bit[arrival.service] for arrival in day.arrivals], dtype=np.int64),
        skills=np.array(
            [sum(bit[service] for service in roster.counter.services) for roster in day.rosters], dtype=np.int64
        ),
        opens=OPENS,
        break_begins=BREAK[0],
        break_ends=BREAK[1],
        last_call=LAST_CALL,
    )


def _sequences(day: Day, first: Sequence[Call]) -> tuple[np.ndarray, np.ndarray]:
    """The calls of `first` in their order; whom it does not call comes last at a counter with the skill."""
    index = {arrival.id: n for n, arrival in enumerate(day.arrivals)}
    place = {roster.counter.id: n for n, roster in enumerate(day.rosters)}
    rows: list[list[int]] = [[] for _ in day.rosters]
    for call in sorted(first, key=lambda call: call.called_s):
        rows[place[call.counter]].append(index.pop(call.id))
    for left in index.values():
        able = (n for n, roster in enumerate(day.rosters) if day.arrivals[left].service in roster.counter.services)
        rows[min(able, key=lambda n: len(rows[n]))].append(left)
    sequences = np.zeros((len(rows), len(day.arrivals)), dtype=np.int64)
    for n, row in enumerate(rows):
        sequences[n, : len(row)] = row
    return sequences, np.array([len(row) for row in rows], dtype=np.int64)


def _calls(day: Day, sequences: np.ndarray, lengths: np.ndarray) -> tuple[Call, ...]:
    """The times that follow from the sequences, by the rules of the hall and not by the search's own arithmetic."""
    calls: list[Call] = []
    for roster, row, length in zip(day.rosters, sequences, lengths, strict=True):
        free = roster.open[0][0]
        for n in row[:length]:
            arrival = day.arrivals[int(n)]
            ready = max(free, arrival.at)
            start = next((max(ready, begins) for begins, ends in roster.open if ready < ends), None)
            if start is None:
                continue
            wait = day.clock.at(start) - day.clock.at(arrival.at)
            if arrival.patience_s is None or wait <= arrival.patience_s:
                free = start + arrival.service_s
                calls.append(Call(arrival.id, roster.counter.id, start, free))
    return tuple(sorted(calls, key=lambda call: (call.called_s, call.id)))
