"""What every line of counter displays has to do, the shipped fake and the real driver alike, in every protocol."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from hardware.displays import Face, open_displays
from hardware.displays.codec import Reply
from hardware.displays.fake import Fault
from hardware.displays.fake_device import FakeDisplayUnits
from hardware.displays.serial_displays import SerialDisplays
from hardware.errors import Code, DeviceError
from hardware.health import State
from hardware.lines import reopening
from hardware.lines.fake import FakeLine
from tests.hardware.displays.stages import BLINKING, Stage, names, stage
from tests.waiting import until


@pytest.fixture(params=names())
def any_stage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(reopening, "REOPEN_S", 0.1)
    with stage(request.param) as made:
        yield made


@pytest.fixture(params=["serial ascii", "serial modbus", "tcp modbus"])
def answering(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with stage(request.param) as made:
        yield made


def until_shown(made: Stage, address: int, face: Face) -> None:
    for _ in range(200):
        try:
            return made.displays.show(address, face)
        except DeviceError:
            threading.Event().wait(0.02)
    raise AssertionError("it never came back")


def test_every_display_shows_its_own_number(any_stage: Stage) -> None:
    for address, text in ((1, "A-025"), (2, "B-007"), (9, "Đ-131")):
        any_stage.displays.show(address, Face(text))
    any_stage.sees(1, "A025")
    any_stage.sees(2, "B007")
    if any_stage.fake is None:
        any_stage.sees(9, "D131")
    any_stage.displays.show(1, Face("A-026"))
    any_stage.sees(1, "A026")
    any_stage.sees(2, "B007")


def test_it_can_blink_and_go_dark(any_stage: Stage) -> None:
    any_stage.displays.show(1, Face("A-025", blink=True))
    any_stage.sees(1, "A025")
    if any_stage.protocol in BLINKING:
        assert any_stage.blinks(1)
    any_stage.displays.show(1, Face())
    any_stage.sees(1, "")
    assert not any_stage.blinks(1)


def test_health_is_ready_only_where_displays_answer(any_stage: Stage) -> None:
    assert any_stage.displays.health().state is State.UNKNOWN
    any_stage.displays.show(1, Face("A-025"))
    any_stage.sees(1, "A025")
    assert any_stage.displays.health().state is (State.READY if any_stage.answers else State.UNKNOWN)


def test_a_lost_line_is_told_and_all_is_right_after_it_came_back(any_stage: Stage) -> None:
    any_stage.displays.show(1, Face("A-025"))
    any_stage.sees(1, "A025")
    any_stage.lose()
    with pytest.raises(DeviceError) as lost:
        any_stage.displays.show(1, Face("A-026"))
    assert lost.value.code is Code.OFFLINE
    assert any_stage.displays.health().state is State.OFFLINE
    if any_stage.units is not None:
        for address in (1, 2, 9):
            any_stage.units.power(address, on=False)
            any_stage.units.power(address, on=True)
    any_stage.bring_back()
    if any_stage.fake is None:  # nobody calls anything: the driver itself shows the last face again
        any_stage.sees(1, "A026")
    until_shown(any_stage, 2, Face("B-007"))
    any_stage.sees(2, "B007")


def test_closed_it_can_be_used_again(any_stage: Stage) -> None:
    any_stage.displays.show(1, Face("A-025"))
    any_stage.displays.close()
    any_stage.displays.close()
    any_stage.displays.show(1, Face("A-026"))
    any_stage.sees(1, "A026")


def test_after_a_power_cut_the_display_shows_its_number_again(any_stage: Stage) -> None:
    if any_stage.units is None:
        return
    any_stage.displays.show(1, Face("A-025"))
    any_stage.displays.show(2, Face("B-007"))
    any_stage.sees(2, "B007")
    any_stage.units.power(1, on=False)
    assert any_stage.units.text(1) == ""
    any_stage.units.power(1, on=True)
    any_stage.sees(1, "A025")


def test_one_dead_display_neither_slows_nor_silences_the_others(answering: Stage) -> None:
    assert answering.units is not None
    for address in (1, 2, 9):
        answering.displays.show(address, Face("A-001"))
    answering.units.power(2, on=False)
    with pytest.raises(DeviceError) as dead:
        answering.displays.show(2, Face("A-002"))
    assert dead.value.code is Code.TIMEOUT
    health = answering.displays.health()
    assert health.state is State.TIMEOUT
    assert "display 2" in health.detail
    for number in range(10, 20):
        answering.displays.show(1, Face(f"A-{number:03}"))
        answering.sees(1, f"A{number:03}")
    answering.units.power(2, on=True)
    answering.sees(2, "A002")
    with answering.units.changed:
        assert answering.units.changed.wait_for(lambda: answering.displays.health().state is State.READY, 5)


def test_a_display_that_answers_no_more_but_shows(answering: Stage) -> None:
    assert answering.units is not None
    answering.displays.show(1, Face("A-001"))
    answering.units.units[1].mute = True
    with pytest.raises(DeviceError, match="no answer from display 1"):
        answering.displays.show(1, Face("A-002"))
    answering.sees(1, "A002")


def test_answers_that_make_no_sense(answering: Stage) -> None:
    assert answering.far is not None
    answering.displays.show(1, Face("A-001"))
    answering.far.answer = lambda data: b"\x00\xfe\x80"
    answering.displays.show(1, Face("A-002"))
    assert answering.displays.health().state is State.GARBLED


def test_a_modbus_display_that_refuses_its_register() -> None:
    units = FakeDisplayUnits("modbus")
    with FakeLine(units.feed) as far:
        displays = open_displays(f"led+serial://{far.path}?protocol=modbus&register=5&answer_s=1")
        with pytest.raises(DeviceError, match="display 1 refuses"):
            displays.show(1, Face("A-025"))
        assert displays.health().state is State.DEVICE_FAULT
        displays.close()


def test_displays_that_never_answer_are_shown_without_waiting() -> None:
    units = FakeDisplayUnits("ascii", answers=False)
    with FakeLine(units.feed) as far:
        displays = open_displays(f"led+serial://{far.path}?answer_s=0.05")
        for _ in range(3):
            displays.show(1, Face("A-025"))
        units.wait_for(1, "A025")
        assert displays.health().state is State.UNKNOWN
        displays.close()


def test_an_offset_between_numbers_and_addresses() -> None:
    units = FakeDisplayUnits("ascii", (21,))
    with FakeLine(units.feed) as far:
        displays = open_displays(f"led+serial://{far.path}?offset=20&align=left&digits=6&signs=ascii&answer_s=1")
        displays.show(1, Face("K-5"))
        assert units.text(21) == "K-5   "
        with pytest.raises(DeviceError, match="no address 80"):
            displays.show(80, Face("A-025"))
        displays.close()


def test_a_missing_device_file_is_offline() -> None:
    displays = open_displays("led+serial:///dev/motcua-nowhere")
    assert displays.health().state is State.OFFLINE
    with pytest.raises(DeviceError) as missing:
        displays.show(1, Face("A-025"))
    assert missing.value.code is Code.OFFLINE
    displays.close()


@pytest.mark.parametrize("fault", Fault)
def test_the_fake_s_faults(fault: Fault) -> None:
    displays = open_displays(f"led+fake://?fault={fault}")
    if fault in {Fault.OFFLINE, Fault.TIMEOUT}:
        with pytest.raises(DeviceError) as failed:
            displays.show(1, Face("A-025"))
        assert failed.value.code == fault.value
    else:
        displays.show(1, Face("A-025"))
    expected = State.UNKNOWN if fault is Fault.MUTE else State(fault.value)
    assert displays.health().state is expected


def test_displays_that_are_closed_just_when_they_are_shown_again_let_their_line_go() -> None:
    with FakeLine() as far:
        displays = open_displays(f"led+serial://{far.path}?protocol=fixed&refresh_s=0.5")
        assert isinstance(displays, SerialDisplays)
        bus, send, closer = displays._tap._bus, displays._send, threading.Thread(target=displays.close)

        def closed_meanwhile(address: int) -> Reply:
            if threading.current_thread() is not threading.main_thread():
                closer.start()
                until(lambda: not bus.in_use)
            return send(address)

        displays._send = closed_meanwhile  # type: ignore[method-assign]
        displays.show(1, Face("A-025"))
        until(lambda: displays._thread is None)
        closer.join(20.0)
        assert not bus.in_use


@pytest.mark.parametrize(
    "url",
    [
        "led+usb://",
        "led+serial:///dev/ttyUSB0?protocol=morse",
        "led+serial:///dev/ttyUSB0?digit=4",
        "led+serial:///dev/ttyUSB0?digits=0",
        "led+serial:///dev/ttyUSB0?register=1",
        "led+serial:///dev/ttyUSB0?protocol=modbus&frame=queue",
        "led+serial:///dev/ttyUSB0?protocol=modbus&register=65536",
        "led+serial:///dev/ttyUSB0?protocol=modbus&signs=ascii",
        "led+serial:///dev/ttyUSB0?protocol=fixed&frame=segments&signs=ascii",
        "led+serial:///dev/ttyUSB0?refresh_s=0",
        "led+tcp://host",
        "led+fake://?fault=fire",
        "led+fake:///path",
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(DeviceError) as wrong:
        open_displays(url)
    assert wrong.value.code is Code.BAD_URL
