"""What every scanner has to do, the shipped fake and the real drivers alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from hardware.errors import Code, DeviceError
from hardware.health import State
from tests.hardware.scanners.cards import CARD
from tests.hardware.scanners.stages import ALL, Stage


@pytest.fixture(params=ALL)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with ALL[request.param]() as opened:
        yield opened.opened()


def test_codes_come_whole_and_in_order(stage: Stage) -> None:
    for text in (
        "https://motcua.example/t/abc_9-Z",
        CARD,
        "8934563138165",
        "Đỗ Thị Ngọc Ẩn ~!@#$%^&*()_+{}|:\"<>?`-=[]\\;',./",
    ):
        stage.show(text)
        assert stage.read() == text
    assert stage.scanner.health().state is State.READY


def test_a_code_in_small_pieces_is_joined(stage: Stage) -> None:
    sender = threading.Thread(target=stage.slowly, args=(CARD,))
    sender.start()
    assert stage.read() == CARD
    sender.join()


def test_a_code_held_under_the_scanner_is_read_once(stage: Stage) -> None:
    for _ in range(5):
        stage.show(CARD)
    stage.show("next")
    assert stage.read() == CARD
    assert stage.read() == "next"
    assert stage.scanner.read(0.05) is None


def test_half_a_code_is_never_glued_to_the_next(stage: Stage) -> None:
    stage.half(CARD)
    stage.wait_until_quiet()
    stage.show("next")
    assert stage.read() == "next"


def test_a_code_torn_off_by_the_plug_is_dropped(stage: Stage) -> None:
    stage.half(CARD)
    stage.unplug()
    stage.wait_for(State.OFFLINE)
    stage.plug()
    stage.wait_for(State.READY, State.UNKNOWN)
    stage.show("next")
    assert stage.read() == "next"


def test_a_lost_scanner_is_told_and_found_again_by_itself(stage: Stage) -> None:
    stage.unplug()
    stage.wait_for(State.OFFLINE)
    with pytest.raises(DeviceError) as caught:
        stage.scanner.read(0.1)
    assert caught.value.code is Code.OFFLINE
    stage.plug()
    stage.wait_for(State.READY, State.UNKNOWN)
    stage.show("here again")
    assert stage.read() == "here again"


def test_noise_is_no_code_and_is_told_until_the_next_good_one(stage: Stage) -> None:
    stage.noise()
    stage.show("one noise is an accident")
    assert stage.read()
    assert stage.scanner.health().state is State.READY
    for _ in range(3):
        stage.noise()
    stage.wait_for(State.GARBLED)
    stage.show(CARD)
    assert stage.read() == CARD
    assert stage.scanner.health().state is State.READY


def test_nothing_that_was_read_is_shown_by_accident(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.show(CARD)
    assert stage.read() == CARD
    stage.half(CARD)
    stage.noise()
    stage.unplug()
    stage.wait_for(State.OFFLINE)
    shown = f"{stage.scanner!r} {stage.scanner.health()} {caplog.text} {stage.scanner.name}"
    assert not any(each in shown for each in CARD.split("|") if len(each) > 3)


def test_a_closed_scanner_opens_again(stage: Stage) -> None:
    stage.scanner.close()
    stage.scanner.close()
    assert stage.scanner.health().state is State.UNKNOWN
    stage.opened()
    stage.show(CARD)
    assert stage.read() == CARD


def test_no_code_within_the_time_is_none(stage: Stage) -> None:
    assert stage.scanner.read(0.0) is None
    assert stage.scanner.read(0.01) is None
