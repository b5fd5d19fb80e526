"""What every camera has to do, the shipped fake and the real drivers alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.cameras.fault import Fault
from hardware.cameras.scene import HEIGHT, WIDTH
from hardware.errors import DeviceError
from hardware.health import State
from tests.hardware.cameras.stages import ALL, WITH_FAULTS, Stage


@pytest.fixture(params=ALL)
def any_stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with ALL[request.param](tmp_path) as stage:
        yield stage


@pytest.fixture(params=WITH_FAULTS)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with WITH_FAULTS[request.param](tmp_path) as stage:
        yield stage


def test_pictures_come_once_each_and_in_order(any_stage: Stage) -> None:
    assert any_stage.camera.health().state is State.UNKNOWN, "a camera that nobody looked through is not asked"
    frames = [any_stage.frame() for _ in range(8)]
    assert all(frame.image.shape == (HEIGHT, WIDTH, 3) for frame in frames)
    assert all(frame.image.dtype.name == "uint8" for frame in frames)
    assert len({frame.number for frame in frames}) == 8
    assert sorted(frame.number for frame in frames) == [frame.number for frame in frames]
    assert sorted(frame.at for frame in frames) == [frame.at for frame in frames]
    assert 90 < frames[-1].image.mean() < 140
    assert any_stage.camera.health().state is State.READY


def test_a_closed_camera_opens_again_and_closes_twice(any_stage: Stage) -> None:
    any_stage.frame()
    any_stage.camera.close()
    any_stage.camera.close()
    assert any_stage.camera.health().state is State.UNKNOWN
    assert any_stage.frame().number >= 1
    assert not [each for each in threading.enumerate() if each.name == any_stage.camera.name][1:]


def test_no_picture_within_the_time_is_none(any_stage: Stage) -> None:
    any_stage.frame()
    assert any(any_stage.camera.read(0.0) is None for _ in range(1000)), "quicker than its pictures come"


def test_gone_and_back(stage: Stage) -> None:
    before = stage.frame()
    stage.set_fault(Fault.GONE)
    stage.wait_for(State.OFFLINE)
    with pytest.raises(DeviceError):
        stage.camera.read(0.2)
    stage.set_fault(None)
    stage.wait_for(State.READY)
    assert stage.frame().number > before.number


@pytest.mark.parametrize(
    ("fault", "states"),
    [
        (Fault.SILENT, (State.TIMEOUT, State.DEVICE_FAULT)),
        (Fault.SLOW, (State.STALLED,)),
        (Fault.DARK, (State.DARK,)),
        (Fault.DENIED, (State.NOT_PERMITTED,)),
        (Fault.GARBAGE, (State.GARBLED, State.STALLED, State.OFFLINE)),
    ],
)
def test_what_is_wrong_is_told_and_passes(stage: Stage, fault: Fault, states: tuple[State, ...]) -> None:
    if fault is Fault.DENIED:
        stage.set_fault(fault)  # whoever is connected need not say the password again
    else:
        stage.frame()
        stage.set_fault(fault)
    stage.wait_for(*states)
    stage.set_fault(None)
    stage.wait_for(State.READY)
    stage.frame()


def test_one_picture_a_minute_stays_stalled_while_pictures_come(stage: Stage) -> None:
    stage.set_fault(Fault.SLOW)
    stage.wait_for(State.STALLED)
    frame = stage.frame()
    assert stage.camera.health().state is State.STALLED
    assert frame.image.mean() > 90


def test_an_aborted_wait_ends_at_once_when_the_camera_goes(stage: Stage) -> None:
    stage.frame()
    threading.Timer(0.1, stage.set_fault, [Fault.GONE]).start()

    def look_on() -> None:
        for _ in range(1000):
            stage.camera.read(60.0)

    with pytest.raises(DeviceError):
        look_on()


def test_nothing_secret_is_shown(
    stage: Stage, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    stage.set_fault(Fault.DENIED)
    health = stage.wait_for(State.NOT_PERMITTED)
    with pytest.raises(DeviceError) as caught:
        stage.camera.read(0.1)
    stage.set_fault(None)
    said = "".join(capfd.readouterr())
    shown = f"{health} {caught.value} {stage.camera.name} {stage.camera!r} {caplog.text} {said} {stage.frame()!r}"
    for secret in ("m@t", "khẩu", "kh%E1", "m%40t", "array"):
        assert secret not in shown
    assert said == "", "the player's own messages are off"
