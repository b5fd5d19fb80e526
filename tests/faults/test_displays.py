"""Counter displays behind bad wires: 100,000 frames damaged on their way, and the right number soon after."""

from __future__ import annotations

from random import Random

import pytest

from hardware.address import parse
from hardware.displays import Face, fixed, modbus, open_displays
from hardware.displays.ascii import AsciiCodec
from hardware.displays.codec import Codec, Reply
from hardware.displays.fake_device import FakeDisplayUnits
from hardware.errors import DeviceError
from hardware.lines import reopening
from hardware.lines.fake import FakeLine
from hardware.lines.noise import flipped, mangled, misread
from tests.faults import count, runs

SEED = 20261122
CODECS: dict[str, Codec] = {
    "ascii": AsciiCodec(),
    "modbus": modbus.codec(parse("led+fake://", ())),
    **{name: fixed.codec(parse(f"led+fake://?frame={name}", ())) for name in fixed.FRAMES},
}
BEARABLE = {"ascii": 0.005, "modbus": 0.0005, "queue": 0.02, "segments": 0.02, "number": 0.5, "led485": 1.0}
"""Which part of damaged frames may put a wrong text on the glass, until the next refresh: number boards have a sum but
no beginning, LED-485's text protocol has no check at all."""


@pytest.mark.parametrize("protocol", CODECS)
def test_damaged_frames_and_recovery(protocol: str) -> None:
    chance, rounds, codec = Random(SEED), runs(600, 100_000 // len(CODECS) + 1), CODECS[protocol]
    wrong = 0
    units = FakeDisplayUnits(protocol, (1, 2))
    for number in range(rounds):
        text = f"A{number % 1000:03}"
        frame = b"".join(codec.frames(1, text, blink=False))
        right = {units.text(1), str(number % 1000) if protocol == "number" else text}
        damages = (
            mangled(frame, chance),
            flipped(frame, chance, 0.02),
            misread(frame, 9600, chance.choice((4800, 19200))),
        )
        units.feed(damages[number % 3])
        wrong += units.text(1) not in right
        units.silence() if protocol == "number" else units.feed(frame)
        # What was cut may swallow the next frame; the one after that stands.
        units.feed(frame)
        units.feed(frame)
        assert units.text(1) == (str(number % 1000) if protocol == "number" else text)
    assert wrong <= rounds * BEARABLE[protocol]
    count(f"{protocol}: damaged frames", rounds)
    count(f"{protocol}: of these shown as something else until the next", wrong)


@pytest.mark.parametrize("protocol", ["ascii", "modbus"])
def test_damaged_answers_are_never_taken_for_good_ones(protocol: str) -> None:
    chance, rounds, codec, units = Random(SEED), runs(1_000, 50_000), CODECS[protocol], FakeDisplayUnits(protocol)
    (frame,) = codec.frames(1, "A025", blink=False)
    answer = units.feed(frame)
    assert codec.reply(1, frame, answer) is Reply.TAKEN
    taken = 0
    for number in range(rounds):
        damaged = mangled(answer, chance) if number % 2 else flipped(answer, chance, 0.05)
        if answer not in damaged:
            taken += codec.reply(1, frame, damaged) is Reply.TAKEN
        codec.reply(1, frame, chance.randbytes(chance.randrange(40)))
    assert taken <= rounds / 1000
    count(f"{protocol}: damaged answers", rounds)
    count(f"{protocol}: of these taken for good ones", taken)


@pytest.mark.parametrize("protocol", ["ascii", "modbus", "queue"])
def test_all_displays_are_right_soon_after_noise_power_cuts_and_pulled_plugs(protocol: str, monkeypatch) -> None:
    monkeypatch.setattr(reopening, "REOPEN_S", 0.02)
    chance, rounds = Random(SEED), runs(3, 200)
    units = FakeDisplayUnits(protocol, (1, 2, 3))
    options = "protocol=fixed&frame=queue" if protocol == "queue" else f"protocol={protocol}&answer_s=0.05"
    with FakeLine(units.feed) as far:
        displays = open_displays(f"led+serial://{far.path}?{options}&baud=115200&refresh_s=0.5")
        for number in range(rounds):
            far.garble = lambda data: flipped(mangled(data, chance), chance, 0.02)
            for address in (1, 2, 3):
                try:
                    displays.show(address, Face(f"A-{(number + address) % 1000:03}"))
                except DeviceError:
                    continue
            if number % 3 == 0:
                far.unplug()
                far.plug()
            if number % 3 == 1:
                units.power(chance.randrange(1, 4), on=False)
            far.garble = None
            for address in (1, 2, 3):
                units.units[address].on = True
            for address in (1, 2, 3):
                units.wait_for(address, f"A{(number + address) % 1000:03}", 10)
        displays.close()
    count(f"{protocol}: disturbances after which three displays were right again", rounds)
