"""The agent's threads against a small hall and devices in memory: every fault is shown, survived and got over."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from hardware.agent.client import Client
from hardware.agent.config import DisplayEntry, KeypadEntry, PrinterEntry, SpeakerEntry
from hardware.agent.crew import Crew
from hardware.agent.feed import Feed
from hardware.agent.opening import Opened
from hardware.agent.pace import Pace
from hardware.displays.protocol import Face
from hardware.errors import Code, DeviceError
from hardware.health import Health, Kind, State
from hardware.keypads.protocol import Key, Press
from hardware.speakers.fake import FakeSpeaker
from hardware.voices.fake import FakeVoice
from queue_server.contract import KeypadKey
from tests.hardware.agent.fake_hall import FakeHall
from tests.hardware.agent.lines import Displays, Keypads

DISPLAY = DisplayEntry(name="den", url="led+fake://", counters={1: 1, 2: 2}, lost="----")
KEYPAD = KeypadEntry(name="phim", url="keypad+fake://", counters={1: 1, 2: 2})


PACE = Pace(
    back_off_s=(0.05, 0.1),
    away_after_s=0.3,
    look_s=0.1,
    refresh_s=0.3,
    broken_s=0.1,
    read_s=0.05,
    answer_s=0.2,
    lost_s=0.05,
    pauses_s=(0.02, 0.05),
    gather_s=0.02,
    report_again_s=(0.1,),
    fault_s=0.1,
)
"""The same waits, shorter."""


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    with FakeHall() as running:
        yield running


@contextmanager
def working(hall: FakeHall, state: Path, *devices: Opened, dashes_after_s: float = 60.0) -> Iterator[Crew]:
    crew = Crew("may-1", devices, partial(Client, hall.url, "token"), state, dashes_after_s, PACE)
    crew.start()
    try:
        yield crew
    finally:
        crew.stop()


def opened(device: Displays | Keypads) -> Opened:
    if isinstance(device, Displays):
        return Opened(Kind.DISPLAY, DISPLAY, device)
    return Opened(Kind.KEYPAD, KEYPAD, device)


def test_a_call_is_shown_and_blinks_and_the_rest_is_not_written_again(hall: FakeHall, tmp_path: Path) -> None:
    displays = Displays()
    with working(hall, tmp_path, opened(displays)):
        displays.until_text(1, "--")
        number = hall.call(1)
        displays.until(lambda: displays.faces.get(1) == Face(number, blink=True))
        assert displays.faces[2] == Face("--")


def test_displays_that_lost_their_power_show_their_numbers_again(hall: FakeHall, tmp_path: Path) -> None:
    displays = Displays()
    number = hall.call(2)
    with working(hall, tmp_path, opened(displays)):
        displays.until_text(2, number)
        displays.forget()
        displays.until_text(2, number)
        displays.until_text(1, "--")


def test_an_unplugged_line_is_reported_and_right_again_at_once(hall: FakeHall, tmp_path: Path) -> None:
    displays = Displays()
    with working(hall, tmp_path, opened(displays)):
        hall.until(lambda: hall.states_of("den 1")[-1:] == ["ready"])
        displays.lost = True
        hall.until(lambda: hall.states_of("den 1")[-1] == "offline" and hall.states_of("den 2")[-1] == "offline")
        displays.forget()
        number = hall.call(1)
        displays.lost = False
        displays.until_text(1, number)
        displays.until_text(2, "--")
        hall.until(lambda: hall.states_of("den 1")[-1] == "ready")


def test_one_dead_display_is_reported_alone_and_does_not_stop_the_others(hall: FakeHall, tmp_path: Path) -> None:
    displays = Displays()
    displays.dead = 1
    with working(hall, tmp_path, opened(displays)):
        hall.until(lambda: hall.states_of("den 1")[-1:] == ["offline"])
        displays.until_text(2, hall.call(2))
        assert hall.states_of("den 2")[-1] == "ready"


def test_one_garbled_device_is_reported_alone_and_its_words_go_with_it(hall: FakeHall, tmp_path: Path) -> None:
    displays, keypads = Displays(), Keypads()
    displays.healths[1] = Health(State.GARBLED)
    keypads.healths[2] = Health(State.TIMEOUT)
    with working(hall, tmp_path, opened(displays), opened(keypads)):
        hall.until(lambda: hall.states_of("den 1")[-1:] == ["garbled"] and hall.states_of("phim 2")[-1:] == ["timeout"])
        assert (hall.states_of("den 2")[-1], hall.states_of("phim 1")[-1]) == ("ready", "ready")
        displays.healths.clear()
        hall.until(lambda: hall.states_of("den 1")[-1] == "ready")


def test_a_driver_that_crashes_is_reported_and_goes_on(hall: FakeHall, tmp_path: Path) -> None:
    displays = Displays()
    displays.crash = True
    with working(hall, tmp_path, opened(displays)):
        hall.until(lambda: hall.states_of("den 1")[-1:] == ["device-fault"])
        displays.crash = False
        displays.until_text(1, "--")
        hall.until(lambda: hall.states_of("den 1")[-1] == "ready")
        assert displays.closed


def test_a_counter_that_the_hall_has_not_shows_dashes_and_is_reported(hall: FakeHall, tmp_path: Path) -> None:
    displays = Displays()
    entry = DisplayEntry(name="den", url="led+fake://", counters={1: 77})
    with working(hall, tmp_path, Opened(Kind.DISPLAY, entry, displays)):
        displays.until_text(1, "----")
        hall.until(lambda: hall.states_of("den")[-1:] == ["device-fault"])
        (part,) = [one for one in hall.reports[-1].parts if one.part == "den"]
        assert "no counter 77" in part.detail


def test_displays_keep_their_numbers_over_a_restart_and_show_dashes_when_it_takes_too_long(
    hall: FakeHall, tmp_path: Path
) -> None:
    displays = Displays()
    number = hall.call(1)
    with working(hall, tmp_path, opened(displays), dashes_after_s=1.0):
        displays.until_text(1, number)
        hall.stop()
        seen = len(displays.history)
        displays.until(lambda: (1, Face(number)) in displays.history[seen:] or displays.faces[1].text == "----")
        displays.until_text(1, "----")
        hall.start()
        displays.until_text(1, number)


def test_when_the_agent_ends_the_displays_say_that_nobody_minds_them(hall: FakeHall, tmp_path: Path) -> None:
    displays = Displays()
    with working(hall, tmp_path, opened(displays)):
        displays.until_text(1, hall.call(1))
    assert {address: face.text for address, face in displays.faces.items()} == {1: "----", 2: "----"}


# --- keypads -------------------------------------------------------------------------------------------------------


def test_a_key_is_done_and_answered_with_the_number(hall: FakeHall, tmp_path: Path) -> None:
    keypads, displays = Keypads(), Displays()
    with working(hall, tmp_path, opened(keypads), opened(displays)):
        keypads.until_text(1, "SAN SANG")
        keypads.press(Press(1, Key.NEXT))
        keypads.until_text(1, "A-001")
        displays.until_text(1, "A-001")
        assert [(counter, pressed.key) for counter, pressed, _ in hall.done.values()] == [(1, KeypadKey.NEXT)]


def test_a_transfer_carries_its_counter(hall: FakeHall, tmp_path: Path) -> None:
    keypads = Keypads()
    with working(hall, tmp_path, opened(keypads)):
        keypads.until_text(1, "SAN SANG")
        keypads.press(Press(1, Key.TRANSFER, 4))
        hall.until(lambda: len(hall.done) == 1)
        ((_, pressed, _),) = hall.done.values()
        assert (pressed.key, pressed.to_counter) == (KeypadKey.TRANSFER, 4)


def test_lost_answers_do_nothing_twice(hall: FakeHall, tmp_path: Path) -> None:
    keypads = Keypads()
    with working(hall, tmp_path, opened(keypads)):
        keypads.until_text(1, "SAN SANG")
        hall.lose = 3
        keypads.press(Press(1, Key.NEXT))
        keypads.until_text(1, "A-001")
        assert len(hall.asked) == 4
        assert len(set(hall.asked)) == 1
        assert len(hall.calls) == 1


def test_a_second_press_meanwhile_is_told_to_wait_and_not_done_later(hall: FakeHall, tmp_path: Path) -> None:
    keypads = Keypads()
    with working(hall, tmp_path, opened(keypads)):
        keypads.until_text(1, "SAN SANG")
        hall.freely.clear()
        keypads.press(Press(1, Key.NEXT))
        keypads.press(Press(1, Key.NEXT))
        keypads.until_said(1, "DOI")
        hall.freely.set()
        keypads.until_text(1, "A-001")
        keypads.press(Press(1, Key.RECALL))
        hall.until(lambda: len(hall.done) == 2)
        assert len(hall.calls) == 1


def test_two_keypads_at_once_do_not_wait_for_each_other(hall: FakeHall, tmp_path: Path) -> None:
    keypads = Keypads()
    with working(hall, tmp_path, opened(keypads)):
        keypads.until_text(1, "SAN SANG")
        keypads.until_text(2, "SAN SANG")
        hall.freely.clear()
        keypads.press(Press(1, Key.NEXT))
        keypads.press(Press(2, Key.NEXT))
        hall.freely.set()
        hall.until(lambda: len(hall.done) == 2)
        assert {counter for counter, _, _ in hall.done.values()} == {1, 2}
        assert not any(text == "DOI" for _, text, _ in keypads.history)


def test_without_the_server_a_key_is_refused_at_once_and_never_done_later(hall: FakeHall, tmp_path: Path) -> None:
    keypads = Keypads()
    with working(hall, tmp_path, opened(keypads)):
        keypads.until_text(1, "SAN SANG")
        hall.stop()
        keypads.until_text(1, "MAT MANG")
        keypads.press(Press(1, Key.NEXT))
        keypads.until(lambda: (1, "MAT MANG", True) in keypads.history)
        hall.start()
        keypads.until_text(1, "SAN SANG")
        assert hall.asked == []


def test_a_server_that_stays_away_is_told_once_and_once_when_it_is_back(
    hall: FakeHall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "motcua.agent")
    stopping = threading.Event()
    feed = Feed(partial(Client, hall.url, "token"), stopping, PACE)
    hall.stop()
    for _ in range(3):
        feed.nudge_turn()
    hall.start()
    stopping.set()  # so that it listens to one word only
    feed.nudge_turn()
    told = [one.message.partition(":")[0] for one in caplog.records if one.name == "motcua.agent"]
    assert told == ["no nudges for now", "nudges again"]


def test_the_agent_that_is_stopped_just_when_it_asks_does_not_wait_for_the_next_time(hall: FakeHall) -> None:
    stopping = threading.Event()

    def stopped_meanwhile() -> Client:
        stopping.set()
        feed.stop()
        return Client(hall.url, "token")

    feed = Feed(stopped_meanwhile, stopping, replace(PACE, poll_s=3600.0))
    thread = threading.Thread(target=feed.fetch_turn, daemon=True)
    thread.start()
    thread.join(20.0)
    assert not thread.is_alive()


def test_a_refusal_is_answered_in_its_words(hall: FakeHall, tmp_path: Path) -> None:
    keypads = Keypads()
    hall.refusal = "counter-idle"
    with working(hall, tmp_path, opened(keypads)):
        keypads.until_text(1, "SAN SANG")
        keypads.press(Press(1, Key.RECALL))
        keypads.until(lambda: (1, "TRONG", True) in keypads.history)


def test_a_keypad_that_nobody_set_up_says_so(hall: FakeHall, tmp_path: Path) -> None:
    keypads = Keypads()
    with working(hall, tmp_path, opened(keypads)):
        keypads.until_text(1, "SAN SANG")
        keypads.press(Press(9, Key.NEXT))
        keypads.until_said(9, "CAI DAT")


def test_a_lost_keypad_line_is_reported_and_works_again(hall: FakeHall, tmp_path: Path) -> None:
    keypads = Keypads()
    with working(hall, tmp_path, opened(keypads)):
        hall.until(lambda: hall.states_of("phim 1")[-1:] == ["ready"])
        keypads.lost = True
        hall.until(lambda: hall.states_of("phim 1")[-1] == "offline")
        keypads.lost = False
        keypads.press(Press(1, Key.NEXT))
        keypads.until_said(1, "A-001")
        hall.until(lambda: hall.states_of("phim 1")[-1] == "ready")


# --- loudspeakers, watched devices, reports ------------------------------------------------------------------------


def speaker() -> tuple[FakeSpeaker, FakeVoice, Opened]:
    entry = SpeakerEntry(name="loa", url="speaker+fake://", voice="fake://", counters=(1,), repeat=1)
    device, voice = FakeSpeaker(), FakeVoice()
    return device, voice, Opened(Kind.SPEAKER, entry, device, voice)


def test_calls_of_its_counters_are_spoken_once_even_over_a_restart(hall: FakeHall, tmp_path: Path) -> None:
    # It has called before, so what is new is news.
    (tmp_path / "spoken-loa.json").write_text("[]")
    hall.call(2)
    hall.call(1)
    for _ in range(2):
        device, voice, one = speaker()
        with working(hall, tmp_path, one):
            with device.changed:
                assert device.changed.wait_for(lambda: bool(device.played), 10)  # noqa: B023 - of this round
            hall.until(lambda: hall.states_of("loa")[-1:] == ["ready"])
        assert len(voice.spoken) == 1
        hall.call(1)


def test_a_device_without_its_library_or_with_a_wrong_address_is_reported_and_the_others_work(
    hall: FakeHall, tmp_path: Path
) -> None:
    missing = DeviceError(Code.DRIVER_MISSING, "led+serial needs a library")
    displays = Displays()
    entry = PrinterEntry(name="may in", url="escpos+usb://")
    wrong = Opened(Kind.KEYPAD, KEYPAD, failure=DeviceError(Code.BAD_URL, "keypad+serail is not known"))
    with working(hall, tmp_path, Opened(Kind.PRINTER, entry, failure=missing), wrong, opened(displays)):
        displays.until_text(1, "--")
        hall.until(lambda: hall.states_of("may in")[-1:] == ["driver-missing"])
        assert hall.states_of("phim 2")[-1] == "bad-url"


def test_a_report_names_every_part_and_arrives_after_the_server_is_back(hall: FakeHall, tmp_path: Path) -> None:
    displays, keypads = Displays(), Keypads()
    hall.stop()
    with working(hall, tmp_path, opened(displays), opened(keypads)):
        hall.start()
        hall.until(lambda: bool(hall.reports))
        parts = {one.part: (one.kind, one.counter) for one in hall.reports[-1].parts}
        assert parts == {
            "may-1": (Kind.AGENT, None),
            "den 1": (Kind.DISPLAY, 1),
            "den 2": (Kind.DISPLAY, 2),
            "phim 1": (Kind.KEYPAD, 1),
            "phim 2": (Kind.KEYPAD, 2),
        }
