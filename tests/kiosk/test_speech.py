"""What is heard: each screen in order, codes sign by sign, nothing personal without headphones, cut off in time."""

from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hardware.scanners.refusal import Problem, Refusal
from hardware.speakers.alsa import AlsaSpeaker
from hardware.speakers.fake import FakeSpeaker
from hardware.speakers.jack import jack_state, plugged
from hardware.voices.fake import FakeVoice
from hardware.voices.sound import Clip
from kiosk.events import Event
from kiosk.fake_catalogue import catalogue_reply
from kiosk.fake_services import services_reply
from kiosk.settings import Settings
from kiosk.speech import heard, spelled, spoken
from kiosk.speech.lane import SpeechLane, _socket, open_speech
from kiosk.state import Equipment, Help, Printing, Screen, State, Times
from kiosk.visit.effects import Alert, Say, Wipe
from kiosk.visit.events import Focused
from kiosk.visit.state import Asking, Entry, Visit
from kiosk.words import words
from queue_server.contract import Complaint, ComplaintCode, Control, Language
from queue_server.contract.complaints import complaint_text
from tests.kiosk import visit_pictures
from tests.waiting import until

NOW = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)
PATIENCE_S = 20.0
SECRET = "Nguyễn Thị Bí Mật"


def base(screen: Screen, **changes: object) -> State:
    state = State(
        language=Language.VI,
        screen=screen,
        reply=services_reply(now=NOW),
        catalogue=catalogue_reply(NOW),
        voice=True,
        visit=Visit(procedure="1.001193"),
        times=Times(now=10.0, touched=10.0, answered=10.0),
    )
    return replace(state, **changes)  # type: ignore[arg-type]


def filled(screen: Screen, *, headphones: bool) -> State:
    """A name has been entered and stands before the citizen."""
    state = base(screen, equipment=Equipment(speaker=True, headphones=headphones))
    assert state.catalogue is not None
    form = state.catalogue.procedures[0].form
    assert form is not None
    field = next(one.field for one in form.questions if one.control is Control.NAME)
    visit = Visit(
        procedure="1.001193",
        answers={field: SECRET},
        asking=Asking(field),
        entry=Entry(SECRET),
        confirmed=frozenset({field}),
    )
    return replace(state, visit=visit)


@pytest.mark.parametrize(
    ("code", "said"),
    [("A-025", "A, 0 2 5"), ("H57.132-261123-0042", "H 5 7, 1 3 2, 2 6 1 1 2 3, 0 0 4 2"), ("1001", "1 0 0 1")],
)
def test_codes_are_read_sign_by_sign(code: str, said: str) -> None:
    assert spelled(code) == said


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("landscape", [False, True])
def test_every_screen_says_something_and_nothing_empty(language: Language, landscape: bool) -> None:
    for name, state in visit_pictures.states(language, NOW, landscape=landscape, large=False):
        said = spoken(state, words(language))
        assert said, name
        assert all(text.strip() for text in said), name


def test_what_was_entered_is_never_said_without_headphones() -> None:
    for screen in Screen:
        said = spoken(filled(screen, headphones=False), words(Language.VI))
        assert SECRET not in " ".join(said), screen


@pytest.mark.parametrize("screen", [Screen.QUESTION, Screen.REVIEW])
def test_headphones_hear_the_answer(screen: Screen) -> None:
    assert SECRET in " ".join(spoken(filled(screen, headphones=True), words(Language.VI)))


def test_what_is_wrong_is_said_before_the_question() -> None:
    state = filled(Screen.QUESTION, headphones=False)
    assert state.visit is not None
    assert state.visit.asking is not None
    before = spoken(state, words(Language.VI))
    complaint = Complaint(state.visit.asking.field, ComplaintCode.MISSING)
    asking = replace(state.visit.asking, complaint=complaint)
    after = spoken(replace(state, visit=replace(state.visit, asking=asking)), words(Language.VI))
    assert after[1:] == before
    assert after[0] == complaint_text(complaint, "vi")


def test_why_a_card_was_not_taken_is_said_before_anything_else() -> None:
    state = base(Screen.IDENTIFY)
    assert state.visit is not None
    refused = replace(state, visit=replace(state.visit, scan_problem="barcode"))
    advice = Refusal(Problem.BARCODE).words("vi")
    assert list(spoken(refused, words(Language.VI)))[:2] == [advice.what, advice.do]
    assert advice.what not in spoken(state, words(Language.VI))


# --- when ----------------------------------------------------------------------------------------------------------


def says(before: State, after: State, event: Event | None = None) -> list[Say]:
    return [one for one in heard(before, after, event) if isinstance(one, Say)]


def test_a_new_screen_is_said_and_a_letter_is_not() -> None:
    way, question = base(Screen.WAY), filled(Screen.QUESTION, headphones=False)
    assert [one.texts[0] for one in says(way, question)] == [spoken(question, words(Language.VI))[0]]
    assert question.visit is not None
    typed = replace(question, visit=replace(question.visit, entry=Entry(SECRET + "x")))
    assert says(question, typed) == []


def test_without_the_voice_nothing_is_said_and_switching_it_off_is_silence_at_once() -> None:
    way, find = base(Screen.WAY, voice=False), base(Screen.FIND, voice=False)
    assert says(way, find) == []
    assert says(replace(way, voice=True), way) == [Say((), Language.VI)]
    assert [one.texts[0] for one in says(way, replace(way, voice=True))] == ["Quý vị muốn làm gì?"]


def test_what_is_personal_is_marked_private() -> None:
    way = base(Screen.WAY)
    assert [one.private for one in says(way, filled(Screen.QUESTION, headphones=True))] == [True]
    assert [one.private for one in says(way, filled(Screen.QUESTION, headphones=False))] == [False]


def test_the_keypads_place_is_said_and_the_name_of_a_key_only_in_headphones() -> None:
    way = base(Screen.WAY)
    assert says(way, way, Focused("Lấy số thứ tự")) == [Say(("Lấy số thứ tự",), Language.VI)]
    assert says(way, way, Focused("7", private=True)) == []
    worn = replace(way, equipment=Equipment(speaker=True, headphones=True))
    assert says(worn, worn, Focused("7", private=True)) == [Say(("7",), Language.VI, private=True)]


def test_every_alert_is_heard_as_well_as_seen() -> None:
    quiet = base(Screen.QUESTION, voice=False)
    assert quiet.visit is not None
    wrong = Complaint("x", ComplaintCode.MISSING)
    alerts = {
        "nobody there?": replace(quiet, times=replace(quiet.times, now=10.0 + 45 - 5)),
        "not printed": replace(quiet, printing=Printing.FAILED),
        "wrong": replace(quiet, visit=replace(quiet.visit, asking=Asking("x", complaint=wrong))),
        "card not read": replace(quiet, visit=replace(quiet.visit, scan_problem="not-a-card")),
        "filed": replace(quiet, screen=Screen.RECEIPT),
        "number": replace(quiet, screen=Screen.TICKET),
        "help": replace(quiet, help=Help.COMING),
    }
    for name, state in alerts.items():
        assert heard(quiet, state) == (Alert(),), name
        assert heard(state, state) == (), name


# --- the lane ------------------------------------------------------------------------------------------------------


class Ear:
    """Remembers what the voice was asked to speak."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._voice = FakeVoice()

    def say(self, text: str, language: str) -> bytes:
        self.texts.append(text)
        return self._voice.say(text, language)


@pytest.fixture
def plug() -> threading.Event:
    return threading.Event()


@pytest.fixture
def lane(plug: threading.Event) -> Iterator[tuple[SpeechLane, Ear, FakeSpeaker, list[bool]]]:
    ear, speaker, told = Ear(), FakeSpeaker(), list[bool]()
    made = SpeechLane(speaker, ear, private=plug.is_set, told=told.append, look_s=0.01)
    yield made, ear, speaker, told
    made.stop(5.0)


def test_texts_are_spoken_in_order(lane: tuple[SpeechLane, Ear, FakeSpeaker, list[bool]]) -> None:
    made, ear, speaker, _told = lane
    made.run(Say(("một", "hai"), Language.VI))
    until(lambda: len(speaker.played) == 2)
    assert ear.texts == ["một", "hai"]


def test_private_words_wait_for_headphones(
    lane: tuple[SpeechLane, Ear, FakeSpeaker, list[bool]], plug: threading.Event
) -> None:
    made, ear, speaker, told = lane
    until(lambda: told == [False])
    made.run(Say((SECRET,), Language.VI, private=True))
    made.run(Say(("xong",), Language.VI))
    until(lambda: "xong" in ear.texts)
    assert SECRET not in ear.texts
    plug.set()
    until(lambda: told == [False, True])
    made.run(Say((SECRET,), Language.VI, private=True))
    until(lambda: SECRET in ear.texts)
    until(lambda: len(speaker.played) == 2)


def test_a_bell_cuts_off_nothing_and_leaving_is_silence(lane: tuple[SpeechLane, Ear, FakeSpeaker, list[bool]]) -> None:
    made, _ear, speaker, _told = lane
    made.run(Alert())
    until(lambda: len(speaker.played) == 1)
    assert speaker.stops == 0
    made.run(Wipe())
    assert speaker.stops == 1


def test_headphones_that_are_pulled_between_two_sentences_end_what_is_private(
    lane: tuple[SpeechLane, Ear, FakeSpeaker, list[bool]], plug: threading.Event
) -> None:
    made, ear, speaker, told = lane
    plug.set()
    until(lambda: told and told[-1])
    play = speaker.play

    def pulled_meanwhile(clip: Clip, *, volume: float = 1.0) -> None:
        play(clip, volume=volume)
        plug.clear()

    speaker.play = pulled_meanwhile  # type: ignore[method-assign]
    made.run(Say(("một", SECRET), Language.VI, private=True))
    until(lambda: told[-1] is False)
    made.run(Say(("xong",), Language.VI))
    until(lambda: "xong" in ear.texts)
    assert SECRET not in ear.texts


def test_headphones_that_are_pulled_in_the_middle_of_a_sentence_end_it(tmp_path: Path, plug: threading.Event) -> None:
    """A real process in place of aplay, that would play for an hour."""
    begun, program = tmp_path / "begun", tmp_path / "aplay"
    program.write_text(f"#!/bin/sh\ncat >/dev/null\necho >> {begun}\nexec sleep 3600\n")
    program.chmod(0o755)
    plug.set()
    speaker = AlsaSpeaker("default", 60.0, program=str(program))
    made = SpeechLane(speaker, FakeVoice(), private=plug.is_set, look_s=0.01)
    try:
        made.run(Say((SECRET, SECRET), Language.VI, private=True))
        until(begun.exists)
        plug.clear()
        until(lambda: speaker._playing is None)
        assert len(begun.read_text()) == 1
    finally:
        made.stop(5.0)


def test_a_card_that_does_not_tell_just_now_is_believed_to_have_no_headphones() -> None:
    said = iter([None, True, None, True, False])
    ask = _socket("PCH", lambda card: next(said))
    assert [ask() for _ in range(5)] == [None, True, False, True, False]


def test_a_card_that_never_tells_is_not_asked_for_ever() -> None:
    asked: list[str] = []
    ask = _socket("USB", asked.append)
    assert {ask() for _ in range(20)} == {None}
    assert len(asked) == 5


def test_whoever_leaves_just_when_a_sentence_begins_leaves_it_unheard(
    lane: tuple[SpeechLane, Ear, FakeSpeaker, list[bool]],
) -> None:
    made, ear, speaker, _told = lane
    play, left = speaker.play, threading.Event()

    def left_just_before(clip: Clip, *, volume: float = 1.0) -> None:
        if not left.is_set():
            made.run(Wipe())
            left.set()
        play(clip, volume=volume)

    speaker.play = left_just_before  # type: ignore[method-assign]
    made.run(Say(("của người trước",), Language.VI))
    until(left.is_set)
    made.run(Say(("xong",), Language.VI))
    until(lambda: speaker.played)
    assert ear.texts == ["của người trước", "xong"]
    assert len(speaker.played) == 1


def test_what_is_being_said_is_cut_off_by_what_follows(tmp_path: Path) -> None:
    """A real process in place of aplay, that would play for an hour."""
    log = tmp_path / "log"
    program = tmp_path / "aplay"
    program.write_text(
        f"#!{sys.executable}\nimport sys,time\nsys.stdin.buffer.read()\n"
        f"open({str(log)!r},'a').write('x')\ntime.sleep(3600 if len(open({str(log)!r}).read())==1 else 0)\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    made = SpeechLane(AlsaSpeaker("default", 5.0, program=str(program)), FakeVoice())
    try:
        made.run(Say(("rất dài",), Language.VI))
        until(lambda: log.exists() and log.read_text() == "x")
        made.run(Say(("tiếp theo",), Language.VI))
        until(lambda: log.read_text() == "xx")
    finally:
        made.stop(5.0)


def test_a_voice_that_fails_leaves_the_kiosk_alone(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def say(self, text: str, language: str) -> bytes:
            raise RuntimeError(text)

    speaker = FakeSpeaker()
    made = SpeechLane(speaker, Broken(), always_private=True)
    made.run(Say((SECRET,), Language.VI, private=True))
    until(lambda: "the voice failed" in caplog.text)
    made.run(Alert())
    until(lambda: len(speaker.played) == 1)
    made.stop(5.0)
    assert SECRET not in caplog.text


def test_the_settings_open_the_boards_voice_or_none() -> None:
    given = Settings("http://127.0.0.1:1", "t", ("fake://",))
    assert open_speech(given, lambda _: None) is None
    posted: list[Event] = []
    made = open_speech(replace(given, speaker="speaker+fake://", voice="fake://", headphones=True), posted.append)
    assert made is not None
    until(lambda: bool(posted))
    made.stop(5.0)
    assert "headphones=True" in repr(posted[0])


# --- headphones ----------------------------------------------------------------------------------------------------

CONTENTS = """numid=13,iface=CARD,name='Front Headphone Jack'
  ; type=BOOLEAN,access=r-------,values=1
  : values={state}
numid=12,iface=CARD,name='Mic Jack'
  ; type=BOOLEAN,access=r-------,values=1
  : values=on
numid=3,iface=MIXER,name='Headphone Playback Switch'
  ; type=BOOLEAN,access=rw------,values=2
  : values=on,on
"""


@pytest.mark.parametrize(
    ("contents", "state"),
    [
        (CONTENTS.format(state="on"), True),
        (CONTENTS.format(state="off"), False),
        (CONTENTS.split("numid=12")[1], None),
        ("", None),
    ],
)
def test_the_jacks_state_is_read_from_the_cards_controls(contents: str, state: bool | None) -> None:
    assert jack_state(contents) is state


def test_a_card_that_cannot_be_asked_has_no_state(tmp_path: Path) -> None:
    assert plugged("0", program=str(tmp_path / "none")) is None
    program = tmp_path / "amixer"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{CONTENTS.format(state='on')}END\n")
    program.chmod(0o755)
    assert plugged("PCH", program=str(program)) is True


def test_where_more_than_a_number_is_offered_the_welcome_says_so() -> None:
    only_numbers = base(Screen.ATTRACT, visit=None)
    offering = replace(only_numbers, reply=services_reply(now=NOW).model_copy(update={"self_service": True}))
    vi = words(Language.VI)
    assert spoken(only_numbers, vi)[1] == "Chạm vào màn hình để lấy số thứ tự"
    said = spoken(offering, vi)
    assert said[1] == "Chạm vào màn hình để bắt đầu"
    assert {"Lấy số thứ tự", "Tra cứu hồ sơ", "Tôi có lịch hẹn"} <= set(said)
