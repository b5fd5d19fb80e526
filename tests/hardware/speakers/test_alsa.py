"""Real aplay against sound systems that are broken in every way that one can be without a card."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from pathlib import Path

import pytest

from hardware.errors import Code, DeviceError
from hardware.health import State
from hardware.speakers.alsa import AlsaSpeaker
from hardware.speakers.cards import Card, card_of, cards
from tests.hardware.speakers.sounds import LOUD, alsa_config
from tests.waiting import until

pytestmark = pytest.mark.skipif(shutil.which("aplay") is None, reason="alsa-utils is not installed")

LISTING = """\
 0 [PCH            ]: HDA-Intel - HDA Intel PCH
                      HDA Intel PCH at 0xf7f10000 irq 32
 1 [Device         ]: USB-Audio - USB Audio Device
                      C-Media Electronics Inc. USB Audio Device at usb-0000:00:14.0-2, full speed
"""


@pytest.fixture(autouse=True)
def _sound_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(alsa_config(tmp_path)))


def refused(speaker: AlsaSpeaker) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        speaker.play(LOUD)
    return caught.value


def program(folder: Path, script: str) -> str:
    path = folder / "aplay"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("device", ["gone", "nobody", "hw:CARD=Device,DEV=0"])
def test_a_device_that_is_not_there_gives_no_sound_and_says_which(device: str) -> None:
    error = refused(AlsaSpeaker(device, 5.0))
    assert error.code is Code.NO_SOUND
    assert device in error.detail


def test_a_device_that_hangs_is_given_up_and_its_process_killed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    speaker = AlsaSpeaker("stuck", 0.3)
    error = refused(speaker)
    assert error.code is Code.NO_SOUND
    assert "did not finish" in error.detail
    assert speaker.health().state is State.NO_SOUND
    # Nobody holds the pipe any more: opening it for writing without a reader is refused at once.
    with pytest.raises(OSError, match="No such device"):
        os.open(tmp_path / "pipe", os.O_WRONLY | os.O_NONBLOCK)


def test_what_is_stopped_before_its_first_sound_is_not_heard(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    speaker = AlsaSpeaker("x", 30.0, program=program(tmp_path, f"echo >> {begun}; cat >/dev/null; exec sleep 60"))
    speaker.stop()
    speaker.play(LOUD)
    assert not begun.exists()
    speaker.allow()
    playing = threading.Thread(target=speaker.play, args=(LOUD,), daemon=True)
    with speaker._lock:
        playing.start()
        until(begun.exists)
        speaker._cut = True  # as `stop` does while the program is being started
    playing.join(20.0)
    assert not playing.is_alive()


def test_a_folder_that_may_not_be_written_is_not_permitted(tmp_path: Path) -> None:
    speaker = AlsaSpeaker(
        "x", 5.0, program=program(tmp_path, "echo 'aplay: audio open error: Permission denied' >&2; exit 1")
    )
    assert refused(speaker).code is Code.NOT_PERMITTED


def test_a_busy_device_is_told_as_such(tmp_path: Path) -> None:
    said = "ALSA lib pcm_hw.c: open failed\naplay: main:831: audio open error: Device or resource busy"
    speaker = AlsaSpeaker("x", 5.0, program=program(tmp_path, f"echo '{said}' >&2; exit 1"))
    error = refused(speaker)
    assert error.code is Code.NO_SOUND
    assert "another program uses it" in error.detail


def test_a_program_that_takes_no_samples_and_ends_is_an_error(tmp_path: Path) -> None:
    assert refused(AlsaSpeaker("x", 5.0, program=program(tmp_path, "exec 0<&-; exit 3"))).code is Code.NO_SOUND


def test_without_alsa_utils_the_driver_is_missing(tmp_path: Path) -> None:
    speaker = AlsaSpeaker("default", 5.0, program=str(tmp_path / "nothing"))
    assert refused(speaker).code is Code.DRIVER_MISSING
    assert speaker.health().state is State.DRIVER_MISSING


def test_a_program_that_may_not_run_is_an_error(tmp_path: Path) -> None:
    path = Path(program(tmp_path, "exit 0"))
    path.chmod(stat.S_IRUSR)
    assert refused(AlsaSpeaker("default", 5.0, program=str(path))).code in (Code.NO_SOUND, Code.DRIVER_MISSING)


def test_cards_are_known_by_the_names_that_stay(tmp_path: Path) -> None:
    listing = tmp_path / "cards"
    listing.write_text(LISTING)
    assert cards(listing) == [
        Card(0, "PCH", "HDA-Intel - HDA Intel PCH"),
        Card(1, "Device", "USB-Audio - USB Audio Device"),
    ]
    assert cards(tmp_path / "none") == []
    listing.write_text("--- no soundcards ---\n")
    assert cards(listing) == []


@pytest.mark.parametrize(
    ("device", "card"),
    [
        ("plughw:CARD=Device", "Device"), ("hw:CARD=PCH,DEV=3", "PCH"), ("plughw:1,0", "1"), ("hw:Device", "Device"),
        ("sysdefault:CARD=PCH", "PCH"), ("default", None), ("pipewire", None),
    ],
)  # fmt: skip
def test_the_card_that_a_device_names(device: str, card: str | None) -> None:
    assert card_of(device) == card


def test_health_follows_the_card_without_playing(tmp_path: Path) -> None:
    listing = tmp_path / "cards"
    speaker = AlsaSpeaker("plughw:CARD=Device", 5.0, listing=listing)
    assert speaker.health().state is State.NO_SOUND
    listing.write_text(LISTING)
    assert speaker.health().state is State.READY
    refused(speaker)  # the kernel of the test has no such card, whatever the listing says
    assert speaker.health().state is State.NO_SOUND
    listing.unlink()
    refused(speaker)
    assert speaker.health().state is State.NO_SOUND
    listing.write_text(LISTING)  # plugged in again: nothing speaks against it
    assert speaker.health().state is State.READY


def test_a_device_without_a_card_is_known_only_by_playing() -> None:
    speaker = AlsaSpeaker("hall", 5.0)
    assert speaker.health().state is State.UNKNOWN
    speaker.play(LOUD)
    assert speaker.health().state is State.READY
