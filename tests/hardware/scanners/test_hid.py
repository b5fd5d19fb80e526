"""A keyboard scanner's device file: what is told of it, and codes without an end mark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hardware.errors import Code, DeviceError
from hardware.health import State
from hardware.scanners import open_scanner
from hardware.scanners.fake_device import PRESSES, _events, fake_hid
from hardware.scanners.framing import Shape
from hardware.scanners.hid import EVENT, HidSource
from hardware.scanners.keys import Keyboard
from tests.hardware.scanners.stages import WAIT_S, Stage


def stage(url: str) -> Stage:
    def nothing(*_: object) -> None:
        raise NotImplementedError

    return Stage(open_scanner(url), nothing, nothing, nothing, nothing, nothing, nothing)


def test_a_device_that_cannot_be_kept_to_ourselves_is_read_and_this_is_told() -> None:
    with fake_hid() as simulated:
        opened = stage(simulated.url)
        opened.wait_for(State.READY)
        simulated.show("code")
        assert opened.read() == "code"
        assert "reach other windows" in opened.scanner.health().detail
        opened.scanner.close()


def test_without_an_end_mark_the_silence_ends_a_code() -> None:
    with fake_hid() as simulated:
        opened = stage(f"{simulated.url}?end=none&gap_ms=100")
        opened.wait_for(State.READY)
        simulated.line.send(_events([(PRESSES[letter][0], value) for letter in "code" for value in (1, 0)]))
        assert opened.read() == "code"
        opened.scanner.close()


def test_a_device_that_is_closed_under_the_reader_takes_nothing_from_the_file_that_gets_its_number(
    tmp_path: Path,
) -> None:
    with fake_hid() as simulated:
        source = HidSource(simulated.line.place, Shape())
        assert source.codes(0.0) == []
        number, others = source._file, tmp_path / "others"
        others.write_bytes(bytes(EVENT.size))
        opened: list[int] = []

        class Closing(Keyboard):
            @property
            def unfinished(self) -> bool:
                """The reader has its file and is about to wait for it."""
                if not opened:
                    source.close()
                    opened.append(os.open(others, os.O_RDONLY))
                return False

        source._keyboard = Closing(Shape())
        assert source.codes(0.0) == []
        assert opened == [number]
        assert os.read(opened[0], EVENT.size) == bytes(EVENT.size)
        os.close(opened[0])


def test_a_device_that_is_not_there(tmp_path: Path) -> None:
    scanner = open_scanner(f"scanner+hid://{tmp_path}/usb-Scanner-event-kbd")
    with pytest.raises(DeviceError) as caught:
        scanner.read(WAIT_S)
    assert caught.value.code is Code.OFFLINE
    assert scanner.health().state is State.OFFLINE
    scanner.close()
