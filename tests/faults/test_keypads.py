"""Call keypads behind bad wires: 100,000 damaged frames, and how many pressed a key that nobody pressed."""

from __future__ import annotations

from random import Random

import pytest

from hardware.errors import DeviceError
from hardware.keypads import Key, KeypadLine, Press, open_keypads
from hardware.keypads.ascii import AsciiCodec
from hardware.keypads.codec import Codec, Report
from hardware.keypads.debounce import Debouncer
from hardware.keypads.fake_device import FakeKeypadUnits
from hardware.keypads.fixed import FixedCodec
from hardware.keypads.keymap import KEYS
from hardware.keypads.polled import PolledCodec
from hardware.lines import reopening
from hardware.lines.fake import FakeLine
from hardware.lines.noise import flipped, mangled, misread
from tests.faults import count, runs

SEED = 20261122
KNOWN = range(1, 9)
CODECS: dict[str, type[Codec]] = {"ascii": AsciiCodec, "fixed": FixedCodec, "polled": PolledCodec}
BEARABLE = {"ascii": 0.003, "fixed": 0.005, "polled": 0.003}
"""Which part of damaged frames may press another key, or at another counter: all three check with one byte."""


def presses(reports: list[Report]) -> list[Report]:
    return [each for each in reports if each.address in KNOWN and each.code in KEYS]


@pytest.mark.parametrize("protocol", CODECS)
def test_damaged_frames(protocol: str) -> None:
    chance, rounds = Random(SEED), runs(3_000, 100_000 // len(CODECS) + 1)
    units, codec, false = FakeKeypadUnits(protocol, KNOWN), CODECS[protocol](), 0
    for number in range(rounds):
        address, key = chance.choice(KNOWN), chance.choice(list(Key))
        frame = units.frame(address, key)
        sent = presses(CODECS[protocol]().feed(frame))
        assert [each.address for each in sent] == [address]
        damages = (
            mangled(frame, chance),
            flipped(frame, chance, 0.03),
            misread(frame, 9600, chance.choice((4800, 19200))),
        )
        false += sum(each not in sent for each in presses(codec.feed(damages[number % 3])))
        codec.clear()
    assert false <= rounds * BEARABLE[protocol]
    count(f"{protocol}: damaged frames", rounds)
    count(f"{protocol}: of these a key that nobody pressed", false)


@pytest.mark.parametrize("protocol", CODECS)
def test_pure_noise(protocol: str) -> None:
    chance, rounds, codec, false = Random(SEED), runs(200, 20_000), CODECS[protocol](), 0
    for _ in range(rounds):
        false += len(presses(codec.feed(chance.randbytes(64))))
    assert false <= rounds / 1000
    count(f"{protocol}: bytes of noise", rounds * 64)
    count(f"{protocol}: keys that nobody pressed", false)


def test_a_key_held_for_a_minute_through_noise_is_one_press() -> None:
    """A tenth of the repeats is lost in noise that is heard as such."""
    chance, rounds, seconds, twice = Random(SEED), runs(50, 3_000), 0, 0
    for _ in range(rounds):
        keys, now, pressed = Debouncer(), 0.0, 0
        pause = chance.uniform(0.03, 0.3)
        while now < 60:
            if now and chance.random() < 0.1:
                keys.noise(now)
            else:
                pressed += keys.down(1, 1, now)
            now += pause
        seconds += 60
        twice += pressed != 1
    assert twice == 0
    count("seconds that keys were held through noise", seconds)


@pytest.mark.parametrize("protocol", CODECS)
def test_keys_are_read_once_after_every_disturbance(protocol: str, monkeypatch) -> None:
    monkeypatch.setattr(reopening, "REOPEN_S", 0.02)
    chance, rounds, wrong = Random(SEED), runs(2, 100), 0
    units = FakeKeypadUnits(protocol, (1, 2))
    with FakeLine(units.feed) as far:
        units.send = far.send
        keypads = open_keypads(f"keypad+serial://{far.path}?protocol={protocol}&addresses=1-2&baud=115200&poll_ms=20")

        def read(seconds: float):
            try:
                return keypads.read(seconds)
            except DeviceError:
                return None

        for number in range(rounds):
            far.garble = lambda data: flipped(mangled(data, chance), chance, 0.02)
            for _ in range(5):
                far.send(units.frame(1, Key.NEXT))
                wrong += read(0.02) not in {None, Press(1, Key.NEXT)}
            if number % 2:
                far.unplug()
                far.plug()
            far.garble = None
            far.send(b"\r\n")
            settle(keypads)
            for address in (1, 2):
                units.press(address, Key.RECALL)
                press = read(5.0)
                assert press is not None
                assert (press.address, press.key) == (address, Key.RECALL)
            assert read(0.35) is None
        keypads.close()
    assert wrong <= rounds / 20
    count(f"{protocol}: disturbances after which each key was read once", rounds)


def settle(keypads: KeypadLine) -> None:
    """Until the line has been open and quiet for a while."""
    while True:
        try:
            if keypads.read(0.8) is None:
                return
        except DeviceError:
            continue
