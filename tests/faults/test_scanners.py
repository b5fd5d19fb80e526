"""Scanners at their worst: lines chopped anywhere, noise, halves, mutated cards; and a cable pulled again and again."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from datetime import date

import pytest

from hardware.errors import DeviceError
from hardware.health import State
from hardware.scanners.cccd import Card, parse
from hardware.scanners.framing import Framer, Shape
from hardware.scanners.hid import EVENT, HidSource
from tests.faults import count, runs
from tests.hardware.scanners.cards import CARD, LETTERS, NEW_CARD, TODAY
from tests.hardware.scanners.stages import ALL

MARKS = {"line": b"\r", "cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "tab": b"\t", "etx": b"\x03", "none": b""}
GAP_S = 0.1


def noise(chance: random.Random) -> bytes:
    kind = chance.randrange(4)
    if kind == 0:
        return chance.randbytes(chance.randrange(1, 60))
    if kind == 1:
        return bytes(chance.choices(b"\r\n\0\x02\x03\t\x1b\xff", k=chance.randrange(1, 30)))
    if kind == 2:
        return chance.randbytes(chance.randrange(1000, 5000))
    return mutated(chance).encode("utf-8", "surrogatepass")


def mutated(chance: random.Random) -> str:
    """A card with something wrong with it."""
    text = list(chance.choice([CARD, NEW_CARD]))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text) + 1)
        change = chance.randrange(5)
        if change == 0:
            del text[at : at + chance.randrange(1, 30)]
        elif change == 1:
            text.insert(at, chance.choice("|?0123456789\r\n\0\ufffd" + LETTERS))
        elif change == 2 and at < len(text):
            text[at] = chr(chance.choice([chance.randrange(128), chance.randrange(0x11000)]))
        elif change == 3:
            text[at:at] = text[at : at + chance.randrange(1, 30)]
        else:
            text = text[at:] + text[:at]
    return "".join(text)


def code(chance: random.Random, number: int) -> str:
    """A code like no other, short or a card."""
    kind = chance.randrange(3)
    if kind == 0:
        return f"{CARD[:6]}{number:06}{CARD[12:]}"
    if kind == 1:
        return f"https://motcua.example/t/{number}"
    return f"số {number} " + "".join(chance.choices(LETTERS, k=chance.randrange(40)))


@pytest.mark.parametrize("end", MARKS)
def test_every_code_in_a_clean_gap_comes_out_once_and_whole(end: str) -> None:
    chance = random.Random(end)
    framer = Framer(Shape(end, gap_s=GAP_S))
    now, sent, came, refused, largest = 0.0, [], [], 0, 0
    for number in range(runs(2000, 100_000)):
        good = chance.random() < 0.5
        text = code(chance, number)
        data = text.encode() + MARKS[end] if good else noise(chance)
        if good:
            sent.append(text)
        while data:
            size = chance.randrange(1, len(data) + 1)
            for each in framer.feed(data[:size], now):
                came.append(each)
            data, now = data[size:], now + chance.random() * GAP_S * 0.9
            largest = max(largest, len(framer._part))
        now += GAP_S * 2  # the clean gap
        came += framer.quiet(now)
    refused = sum(text is None for text in came)
    whole = Counter(text for text in came if text is not None)
    assert all(whole[text] == 1 for text in sent)
    # In their order, too: what noise made into "codes" stands between them.
    known = set(sent)
    assert [text for text in came if text in known] == sent
    assert largest <= 1024
    count(f"serial frames, end={end}: {len(sent):,} codes all whole, {refused:,} refused, of", number + 1)


def test_keyboards_gone_mad() -> None:
    chance = random.Random(7)
    source = HidSource("/nowhere", Shape(most=300))
    came = 0
    for _ in range(runs(2000, 100_000)):
        events = [
            (
                chance.choice((0, 1, 1, 1, 4)),
                chance.choice((chance.randrange(130), 28, 42, 56, 58)),
                chance.randrange(-1, 3),
            )
            for _ in range(chance.randrange(20))
        ]
        data = b"".join(EVENT.pack(0, 0, *event) for event in events)
        cut = chance.randrange(len(data) + 1)
        for text in source._events(data[:cut]) + source._events(data[cut:]):
            came += 1
            assert text is None or 0 < len(text) <= 300
    count(f"bursts of key events ({came:,} lines)", runs(2000, 100_000))


def test_scanner_lines_that_are_nearly_cards() -> None:
    chance = random.Random(12)
    taken: Counter[str] = Counter()
    for number in range(runs(5000, 100_000)):
        text = noise(chance).decode("latin-1") if number % 5 == 0 else mutated(chance)
        read = parse(text, TODAY)
        taken["card" if isinstance(read, Card) else read.problem] += 1
        if isinstance(read, Card):
            assert len(read.id) == 12
            assert read.birth_year == (read.birth_date or date(read.birth_year, 1, 1)).year
            assert read.issued <= date(2026, 11, 23)
    count(f"lines like cards: {dict(taken.most_common())}", number + 1)


@pytest.mark.parametrize("kind", ["serial", "tcp", "hid"])
def test_unplugged_and_plugged_in_again_and_again(kind: str) -> None:
    chance = random.Random(kind)
    times = runs(1, 50)
    with ALL[kind]() as opened:
        stage = opened.opened()
        for number in range(times):
            stage.half(CARD)
            if chance.random() < 0.5:
                stage.noise()
            stage.unplug()
            stage.wait_for(State.OFFLINE)
            stage.show("lost")
            stage.plug()
            stage.wait_for(State.READY, State.UNKNOWN)
            stage.show(f"code {number}")
            assert stage.read() == f"code {number}"
        with contextlib.suppress(DeviceError):
            assert stage.scanner.read(0.0) is None
    count(f"{kind}: unplugged in the middle of a code", times)
