"""Cameras at their worst: gone and back many times, dark, a picture a minute, everything in turn; memory stays flat."""

from __future__ import annotations

import gc
import random
from pathlib import Path

import psutil
import pytest

from hardware.cameras.fault import Fault
from hardware.health import State
from tests.faults import count, runs
from tests.hardware.cameras.stages import WITH_FAULTS, rtsp

TOLD = {
    Fault.GONE: (State.OFFLINE,),
    Fault.SILENT: (State.TIMEOUT, State.DEVICE_FAULT, State.STALLED),
    Fault.SLOW: (State.STALLED,),
    Fault.DARK: (State.DARK,),
    Fault.GARBAGE: (State.GARBLED, State.STALLED, State.OFFLINE),
}


@pytest.mark.parametrize("kind", WITH_FAULTS)
def test_gone_and_back_many_times(kind: str, tmp_path: Path) -> None:
    times, last = runs(2, 200), 0
    with WITH_FAULTS[kind](tmp_path) as stage:
        for _ in range(times):
            assert stage.frame().number > last
            stage.set_fault(Fault.GONE)
            stage.wait_for(State.OFFLINE)
            stage.set_fault(None)
            stage.wait_for(State.READY)
            last = stage.frame().number
    count(f"{kind}: gone and back", times)


@pytest.mark.parametrize("kind", WITH_FAULTS)
def test_one_fault_after_the_other(kind: str, tmp_path: Path) -> None:
    chance, times = random.Random(kind), runs(1, 60)
    with WITH_FAULTS[kind](tmp_path) as stage:
        for _ in range(times):
            fault = chance.choice(list(TOLD))
            stage.frame()
            stage.set_fault(fault)
            stage.wait_for(*TOLD[fault])
            stage.set_fault(None)
            stage.wait_for(State.READY)
    count(f"{kind}: faults that came and went", times)


def test_a_picture_a_minute_is_told_and_still_seen(tmp_path: Path) -> None:
    pictures = runs(1, 10)
    with rtsp(tmp_path) as stage:
        stage.set_fault(Fault.SLOW)
        stage.wait_for(State.STALLED)
        for _ in range(pictures):
            stage.frame()
            assert stage.camera.health().state is State.STALLED
    count("pictures far apart, the camera stalled all the time", pictures)


def test_memory_stays_flat_over_pictures_and_reconnects(tmp_path: Path) -> None:
    process, times = psutil.Process(), runs(2, 150)
    with rtsp(tmp_path) as stage:

        def once() -> None:
            stage.frame()
            stage.set_fault(Fault.GONE)
            stage.wait_for(State.OFFLINE)
            stage.set_fault(None)
            for _ in range(5):
                stage.frame()

        for _ in range(max(1, times // 3)):
            once()
        gc.collect()
        before, files = process.memory_info().rss, process.num_fds()
        for _ in range(times):
            once()
        gc.collect()
        grown = process.memory_info().rss - before
        assert process.num_fds() <= files + 8
    # A leak of one small picture a reconnect would already be 57 KB each.
    assert grown < max(20_000_000, times * 50_000)
    count(f"reconnects after which memory had grown by {grown / 1e6:.1f} MB:", times)
