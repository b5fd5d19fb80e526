"""One contract for every loudspeaker: the fake, a file, a read pipe, and real aplay into ALSA's file plugin."""

from __future__ import annotations

import os
import shutil
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hardware.errors import Code, DeviceError
from hardware.health import State
from hardware.speakers import DRIVERS, Speaker, open_speaker
from hardware.speakers.fake import FakeSpeaker, Fault
from hardware.speakers.volume import scaled
from hardware.voices.sound import Clip
from tests.hardware.speakers.sounds import LOUD, alsa_config, samples

Heard = Callable[[], "array[int]"]
needs_aplay = pytest.mark.skipif(shutil.which("aplay") is None, reason="alsa-utils is not installed")


@contextmanager
def fake(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[tuple[Speaker, Heard]]:
    speaker = open_speaker("speaker+fake://")
    assert isinstance(speaker, FakeSpeaker)

    def heard() -> array[int]:
        return sum((each.clip.samples for each in speaker.played), array("h"))

    yield speaker, heard


@contextmanager
def pcm_file(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[tuple[Speaker, Heard]]:
    yield open_speaker(f"pcm://{folder}/heard"), lambda: samples((folder / "heard").read_bytes())


@contextmanager
def pcm_pipe(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[tuple[Speaker, Heard]]:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    file = os.open(pipe, os.O_RDWR)  # a reader that stays between two clips
    kept = bytearray()

    def read() -> None:
        while not kept.endswith(b"the end"):
            kept.extend(os.read(file, 65536))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()

    def heard() -> array[int]:
        os.write(file, b"the end")  # whatever came before it has been read once this is
        reader.join(5)
        return samples(bytes(kept.removesuffix(b"the end")))

    yield open_speaker(f"pcm://{pipe}"), heard
    os.write(file, b"the end")
    reader.join(5)
    os.close(file)


class OnFilePlugin:
    """ALSA's file plugin begins its file anew with each clip, and aplay fills the last period up with silence."""

    name = "alsa://hall"

    def __init__(self, file: Path) -> None:
        self.heard = array("h")
        self._file = file
        self._speaker = open_speaker(self.name)
        self.health = self._speaker.health
        self.close = self._speaker.close

    def play(self, clip: Clip, *, volume: float = 1.0) -> None:
        self._speaker.play(clip, volume=volume)
        came = samples(self._file.read_bytes())
        assert not any(came[len(clip.samples) :])
        self.heard += came[: len(clip.samples)]


@contextmanager
def alsa(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[tuple[Speaker, Heard]]:
    patch.setenv("ALSA_CONFIG_PATH", str(alsa_config(folder)))
    speaker = OnFilePlugin(folder / "heard")
    yield speaker, lambda: speaker.heard


@pytest.fixture(params=[fake, pcm_file, pcm_pipe, pytest.param(alsa, marks=needs_aplay)])
def stage(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Speaker, Heard]]:
    with request.param(tmp_path, monkeypatch) as made:
        yield made


def test_every_sample_is_heard_as_it_was_given(stage: tuple[Speaker, Heard]) -> None:
    speaker, heard = stage
    speaker.play(LOUD)
    assert speaker.health().state is State.READY
    assert heard() == LOUD.samples


def test_volume_makes_it_quieter_and_nothing_else(stage: tuple[Speaker, Heard]) -> None:
    speaker, heard = stage
    speaker.play(LOUD, volume=0.5)
    quiet = heard()
    assert quiet == scaled(LOUD, 0.5).samples
    assert 0 < max(quiet) < max(LOUD.samples) / 2


def test_clips_follow_one_another(stage: tuple[Speaker, Heard]) -> None:
    speaker, heard = stage
    speaker.play(LOUD)
    speaker.play(LOUD, volume=0.2)
    assert heard() == LOUD.samples + scaled(LOUD, 0.2).samples


def test_a_speaker_has_a_name_and_may_be_closed_and_used_again(stage: tuple[Speaker, Heard]) -> None:
    speaker, heard = stage
    assert "://" in speaker.name
    speaker.close()
    speaker.play(LOUD)
    assert heard() == LOUD.samples


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_of_the_fake_is_told_and_mended(fault: Fault) -> None:
    speaker = open_speaker(f"speaker+fake://?fault={fault}", timeout_s=0.05)
    assert isinstance(speaker, FakeSpeaker)
    with pytest.raises(DeviceError) as caught:
        speaker.play(LOUD)
    assert caught.value.code in (Code.NO_SOUND, Code.NOT_PERMITTED)
    assert speaker.health().state == str(caught.value.code)
    speaker.fault = None
    speaker.play(LOUD)
    assert speaker.health().state is State.READY


@pytest.mark.parametrize(
    "url",
    [
        "", "alsa", "alsa://", "alsa://-D", "alsa://a b", "alsa://default?volume=3", "alsa://x;ls", "pcm://", "pcm:///",
        "pcm://host/file", "pcm:///tmp/x?rate=5", "pcm:///tmp/x?rate=fast", "pcm:///x?bits=8", "speaker+fake://?fault=x",
        "speaker+fake://?x=1", "pulse://default",
    ],
)  # fmt: skip
def test_a_url_that_names_no_speaker_is_refused(url: str) -> None:
    with pytest.raises(DeviceError) as caught:
        open_speaker(url)
    assert caught.value.code is Code.BAD_URL
    assert all(f"{scheme}://" in caught.value.detail for scheme in DRIVERS)
