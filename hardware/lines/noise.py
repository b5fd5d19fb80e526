"""What wires do to bytes: noise, cut frames, and a speed that differs at the two ends; for simulated lines."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random


def flipped(data: bytes, chance: Random, rate: float) -> bytes:
    """Each bit turned over with the probability `rate`, as by a motor beside the cable."""
    return bytes(byte ^ sum(1 << bit for bit in range(8) if chance.random() < rate) for byte in data)


def mangled(data: bytes, chance: Random) -> bytes:
    """Cut off, torn out, doubled, filled up or overwritten: one of these, anywhere."""
    if not data:
        return data
    at, until = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    noise = chance.randbytes(chance.randrange(1, 9))
    return chance.choice(
        (
            data[:at],
            data[at:],
            data[:at] + data[until:],
            data[:until] + data[at:],
            data[:at] + noise + data[at:],
            data[:at] + noise + data[at + len(noise) :],
        )
    )


def misread(data: bytes, sent_baud: int, read_baud: int) -> bytes:
    """What a receiver at `read_baud` makes of `data` sent at `sent_baud`, bit for bit: a start bit, eight bits from the
    lowest, a stop bit; each sampled in its middle. A receiver reads on after a missing stop bit, as UARTs do."""
    levels = [level for byte in data for level in (0, *((byte >> bit) & 1 for bit in range(8)), 1)]
    return bytes(_sampled(levels, sent_baud / read_baud))


def _sampled(levels: list[int], width: float) -> Iterator[int]:
    """`width`: how many sent bits one read bit lasts."""

    def level(at: float) -> int:
        return levels[int(at)] if at < len(levels) else 1

    at = 0.0
    while at < len(levels):
        if level(at):
            at += width / 16
            continue
        yield sum(level(at + (1.5 + bit) * width) << bit for bit in range(8))
        at += 9.5 * width
