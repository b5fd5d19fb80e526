"""Samples into files and pipes: nobody at the other end never holds the caller."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hardware.errors import Code, DeviceError
from hardware.health import State
from hardware.speakers.pcm import PcmSpeaker
from hardware.voices.sound import tone
from tests.hardware.speakers.sounds import LOUD


def test_a_pipe_that_nobody_reads_is_not_heard_and_holds_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    speaker = PcmSpeaker(str(tmp_path / "pipe"), 22_050, 5.0)
    assert speaker.health().state is State.UNKNOWN
    with pytest.raises(DeviceError, match="nobody reads"):
        speaker.play(LOUD)
    assert speaker.health().state is State.NO_SOUND


def test_a_reader_that_stops_reading_is_given_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    held = os.open(tmp_path / "pipe", os.O_RDWR)
    try:
        with pytest.raises(DeviceError, match="takes no more samples"):
            PcmSpeaker(str(tmp_path / "pipe"), 96_000, 0.1).play(tone(1, 440))
    finally:
        os.close(held)


def test_a_reader_that_goes_is_no_sound(tmp_path: Path) -> None:
    """The write after the reader has gone: a broken pipe, not the end of the program."""
    import threading

    os.mkfifo(tmp_path / "pipe")
    held = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    def read_a_little() -> None:
        got = 0
        while got < 4096:
            try:
                got += len(os.read(held, 1024))
            except BlockingIOError:
                continue
        os.close(held)

    reader = threading.Thread(target=read_a_little)
    reader.start()
    with pytest.raises(DeviceError) as caught:
        PcmSpeaker(str(tmp_path / "pipe"), 96_000, 5.0).play(tone(2, 440))
    reader.join()
    assert caught.value.code is Code.NO_SOUND


@pytest.mark.parametrize(
    ("path", "code"),
    [("/dev/full", Code.CANNOT_WRITE), ("/dev/no-such-device", Code.NO_SOUND), ("{folder}", Code.CANNOT_WRITE)],
)
def test_files_that_take_nothing(path: str, code: Code, tmp_path: Path) -> None:
    speaker = PcmSpeaker(path.format(folder=tmp_path), 22_050, 1.0)
    with pytest.raises(DeviceError) as caught:
        speaker.play(LOUD)
    assert caught.value.code is code
    assert speaker.health().state == str(code)


def test_a_missing_device_is_never_made_a_file() -> None:
    with pytest.raises(DeviceError):
        PcmSpeaker("/dev/no-such-device", 22_050, 1.0).play(LOUD)
    assert not Path("/dev/no-such-device").exists()


def test_another_rate_has_the_same_length(tmp_path: Path) -> None:
    PcmSpeaker(str(tmp_path / "heard"), 48_000, 1.0).play(LOUD)
    assert (tmp_path / "heard").stat().st_size == pytest.approx(2 * 48_000 * LOUD.seconds, abs=4)
