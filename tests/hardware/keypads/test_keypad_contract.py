"""What every line of call keypads has to do, the shipped fake and the real driver alike, in every protocol."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hardware.address import parse
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.keypads import Key, Press, open_keypads, rota
from hardware.keypads.fake import Fault
from hardware.keypads.fake_device import FakeKeypadUnits
from hardware.keypads.fixed import FixedCodec
from hardware.keypads.keymap import KEYS
from hardware.keypads.serial_keypads import SerialKeypads
from hardware.lines import reopening
from hardware.lines.fake import FakeLine
from hardware.lines.shared import share_line
from tests.hardware.keypads.stages import SETTLED_S, Stage, names, real, real_names, stage


@pytest.fixture(params=names())
def any_stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(reopening, "REOPEN_S", 0.1)
    with stage(request.param) as made:
        yield made


@pytest.fixture(params=real_names())
def wired(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with stage(request.param) as made:
        yield made


def test_every_key_of_every_keypad_is_read_once_and_in_order(any_stage: Stage) -> None:
    for address in (1, 2, 3):
        for key in Key:
            if key is Key.TRANSFER:
                any_stage.transfer(address, 12)
            else:
                any_stage.press(address, key)
            assert any_stage.reads() == Press(address, key, 12 if key is Key.TRANSFER else None)
    assert any_stage.reads(0.1) is None


def test_two_keypads_at_once(any_stage: Stage) -> None:
    any_stage.press(1, Key.NEXT)
    any_stage.press(2, Key.NEXT)
    assert {any_stage.reads(), any_stage.reads()} == {Press(1, Key.NEXT), Press(2, Key.NEXT)}
    assert any_stage.reads(0.1) is None


def test_a_read_without_a_key_ends_in_time(any_stage: Stage) -> None:
    assert any_stage.keypads.read(0.05) is None


def test_keypads_show_what_they_are_told(any_stage: Stage) -> None:
    any_stage.keypads.show(1, "A-025", beep=True)
    any_stage.keypads.show(2, "B-007")
    any_stage.sees(1, "A-025")
    any_stage.sees(2, "B-007")
    assert (any_stage.beeps(1), any_stage.beeps(2)) == (1, 0)


def test_a_lost_line_is_told_and_keys_pressed_meanwhile_are_not_done_late(any_stage: Stage) -> None:
    any_stage.press(1, Key.NEXT)
    assert any_stage.reads() == Press(1, Key.NEXT)
    any_stage.lose()
    with pytest.raises(DeviceError) as lost:
        any_stage.keypads.read(2.0)
    assert lost.value.code is Code.OFFLINE
    assert any_stage.keypads.health().state is State.OFFLINE
    any_stage.press(1, Key.FINISH)
    any_stage.bring_back()
    assert any_stage.reads(3 * SETTLED_S) is None
    any_stage.press(1, Key.RECALL)
    assert any_stage.reads() == Press(1, Key.RECALL)


def test_health_says_when_keypads_have_been_heard(any_stage: Stage) -> None:
    any_stage.press(1, Key.NEXT)
    any_stage.reads()
    assert any_stage.keypads.health().state is State.READY
    assert any_stage.keypads.health_of(1).state is State.READY
    answers = any_stage.units is not None and any_stage.units.units[2].asked
    assert any_stage.keypads.health_of(2).state is (State.READY if answers else State.UNKNOWN)


def test_closed_they_can_be_used_again(any_stage: Stage) -> None:
    any_stage.keypads.close()
    any_stage.keypads.close()
    assert any_stage.reads(SETTLED_S) is None
    any_stage.press(2, Key.PAUSE)
    assert any_stage.reads() == Press(2, Key.PAUSE)


def test_a_key_held_for_minutes_is_one_press(wired: Stage) -> None:
    assert wired.units is not None
    seconds = 3 if wired.units.units[1].asked else 120  # a poll each; the rest is test_debounce's
    wired.units.hold(1, Key.NEXT, seconds)
    assert wired.reads() == Press(1, Key.NEXT)
    wired.press(2, Key.NEXT)
    assert wired.reads() == Press(2, Key.NEXT)
    assert wired.reads(0.3) is None


def test_a_worn_contact_is_one_press(wired: Stage) -> None:
    assert wired.units is not None
    wired.units.bounce(1, Key.NEXT)
    assert wired.reads() == Press(1, Key.NEXT)
    assert wired.reads(0.3) is None


def test_typed_digits_are_seen_while_typing(wired: Stage) -> None:
    assert wired.units is not None
    wired.units.press(3, Key.TRANSFER)
    assert wired.reads(0.2) is None
    wired.sees(3, "---")
    wired.units.type(3, "7")
    assert wired.reads(0.2) is None
    wired.sees(3, "7")
    wired.units.press(3, Key.NEXT)
    assert wired.reads() == Press(3, Key.TRANSFER, 7)


def test_half_a_frame_and_noise_press_nothing(wired: Stage) -> None:
    assert wired.units is not None
    assert wired.far is not None
    frame = wired.units.frame(1, Key.NEXT)
    for cut in range(1, len(frame)):
        wired.far.send(frame[:cut])
    wired.far.send(bytes(range(256)))
    assert wired.reads(0.2) is None
    wired.far.send(b"\r\n")
    wired.press(2, Key.NEXT)
    assert wired.reads() == Press(2, Key.NEXT)


def test_other_addresses_are_not_listened_to(wired: Stage) -> None:
    assert wired.units is not None
    wired.units.units[9] = type(wired.units.units[1])()
    wired.press(9, Key.NEXT)
    wired.press(2, Key.NEXT)
    assert wired.reads() == Press(2, Key.NEXT)


def test_keypads_that_do_not_tell_when_a_key_is_let_go() -> None:
    with real("serial", "ascii", releases=False, options="&gap_ms=200") as made:
        assert made.units is not None
        made.units.hold(1, Key.NEXT, 60)
        assert made.reads() == Press(1, Key.NEXT)
        assert made.reads(0.3) is None
        made.press(1, Key.NEXT)
        assert made.reads() == Press(1, Key.NEXT)


def test_one_dead_keypad_does_not_silence_the_others_and_its_old_keys_are_not_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rota, "DEAD_S", 0.3)
    with real("serial", "polled") as made:
        assert made.units is not None
        made.units.power(2, on=False)
        for _ in range(40):
            if made.keypads.health().state is State.TIMEOUT:
                break
            assert made.keypads.read(0.1) is None
        health = made.keypads.health()
        assert health.state is State.TIMEOUT
        assert "keypad 2;" in health.detail
        assert [made.keypads.health_of(each).state for each in (1, 2, 3, 4)] == [
            State.READY,
            State.TIMEOUT,
            State.READY,
            State.BAD_URL,
        ]
        made.press(1, Key.NEXT)
        assert made.reads() == Press(1, Key.NEXT)
        made.units.power(2, on=True)
        made.press(2, Key.FINISH)  # kept in the keypad while its wire was off
        made.units.wait_for(lambda: True)
        assert made.reads(1.2) is None
        assert made.keypads.health().state is State.READY
        made.press(2, Key.NEXT)
        assert made.reads() == Press(2, Key.NEXT)


def test_a_dead_keypad_beside_displays_that_answer_is_dead() -> None:
    with real("serial", "polled", options="&answer_s=0.02") as made:
        assert made.units is not None
        assert made.far is not None
        for address in made.units.units:
            made.units.power(address, on=False)
        made.far.send(b"$A,01*5D\r\n" * 20)
        while made.keypads.health_of(2).state is State.READY:
            assert made.keypads.read(0.1) is None
        assert made.keypads.health_of(2).state is State.TIMEOUT
        turns = rota.Rota((1, 2), 0.1)
        for now in range(rota.DEAD_AFTER):
            turns.asked(1, now, answered=False, nonsense=True)
            turns.asked(2, now, answered=False, nonsense=now > 0)
        assert [turns.health_of(each).state for each in (1, 2)] == [State.GARBLED, State.TIMEOUT]


def test_an_answer_that_comes_late_still_counts() -> None:
    with real("serial", "polled") as made:
        assert made.units is not None
        assert made.far is not None
        feed, key, kept = made.units.feed, made.units.frame(1, Key.NEXT), []

        def late(data: bytes) -> bytes:
            """The answer with the key comes only with the next one."""
            answer = feed(data)
            if answer == key:
                kept.append(answer)
                return b""
            return (kept.pop() if kept else b"") + answer

        made.far.answer = late
        made.press(1, Key.NEXT)
        assert made.reads() == Press(1, Key.NEXT)


def test_a_wrong_speed_is_told() -> None:
    with real("serial", "fixed") as made:
        assert made.far is not None
        made.far.send(b"\x00\xf8\x80\xfe" * 30)
        assert made.reads(0.2) is None
        assert made.keypads.health().state is State.GARBLED
        made.press(1, Key.NEXT)
        assert made.reads() == Press(1, Key.NEXT)
        assert made.keypads.health().state is State.READY


def test_a_stray_byte_now_and_then_is_no_wrong_speed() -> None:
    units, now = FakeKeypadUnits("fixed"), [0.0]
    with FakeLine(units.feed) as far:
        tap = share_line(parse(f"keypad+serial://{far.path}", ()), 1.0, baud=9600)
        keypads = SerialKeypads(tap, FixedCodec(), KEYS, clock=lambda: now[0])
        for _ in range(100):
            now[0] += 60.0
            far.send(b"\x00\xff\x00\xff\x00\xff\x00\xff")
            assert keypads.read(0.01) is None
        assert keypads.health().state is State.UNKNOWN
        far.send(units.frame(2, Key.NEXT))
        assert keypads.read(2.0) == Press(2, Key.NEXT)
        assert keypads.health_of(1).state is State.UNKNOWN
        now[0] += 3 * 3600
        assert keypads.health_of(2) == Health(State.READY, "keypad 2 was last heard 180 minutes ago")
        now[0] += 3600
        assert keypads.health_of(2).state is State.UNKNOWN, "a key of this morning says little"
        keypads.close()


def test_other_codes_for_the_keys() -> None:
    with real("serial", "ascii", options="&keys=next:41,recall:42,pause:4E") as made:
        assert made.units is not None
        for sign, key in (("A", Key.NEXT), ("B", Key.RECALL), ("N", Key.PAUSE), ("F", Key.FINISH)):
            made.units.press(1, sign)
            assert made.reads() == Press(1, key)
        made.units.press(1, "P")
        made.units.press(1, "z")
        assert made.reads(0.2) is None


def test_an_address_that_the_protocol_does_not_have() -> None:
    with real("serial", "ascii") as made, pytest.raises(DeviceError, match="no address 100"):
        made.keypads.show(100, "A-025")


@pytest.mark.parametrize("fault", Fault)
def test_the_fake_s_faults(fault: Fault) -> None:
    keypads = open_keypads(f"keypad+fake://?fault={fault}")
    assert keypads.health().state is State(fault.value)
    if fault is Fault.OFFLINE:
        with pytest.raises(DeviceError):
            keypads.read(0.01)
    else:
        assert keypads.read(0.01) is None


@pytest.mark.parametrize(
    "url",
    [
        "keypad+usb://",
        "keypad+serial:///dev/ttyUSB0?protocol=morse",
        "keypad+serial:///dev/ttyUSB0?protocol=polled",
        "keypad+serial:///dev/ttyUSB0?addresses=0",
        "keypad+serial:///dev/ttyUSB0?addresses=4-1",
        "keypad+serial:///dev/ttyUSB0?addresses=1-100",
        "keypad+serial:///dev/ttyUSB0?addresses=one",
        "keypad+serial:///dev/ttyUSB0?keys=next",
        "keypad+serial:///dev/ttyUSB0?keys=next:00",
        "keypad+serial:///dev/ttyUSB0?keys=jump:41",
        "keypad+serial:///dev/ttyUSB0?keys=next:41,recall:41",
        "keypad+serial:///dev/ttyUSB0?gap=5",
        "keypad+serial:///dev/ttyUSB0?gap_ms=5",
        "keypad+tcp://host",
        "keypad+fake://?fault=fire",
        "keypad+fake:///path",
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(DeviceError) as wrong:
        open_keypads(url)
    assert wrong.value.code is Code.BAD_URL
