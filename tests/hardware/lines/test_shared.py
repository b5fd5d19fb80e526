"""Several drivers on one line: one speaks at a time, and everybody hears."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from hardware.address import parse
from hardware.displays import Face, open_displays
from hardware.displays.fake_device import FakeDisplayUnits
from hardware.errors import Code, DeviceError
from hardware.keypads import Key, open_keypads
from hardware.keypads.fake_device import FakeKeypadUnits
from hardware.lines.fake import FakeLine, several
from hardware.lines.shared import Bus, Tap, share_line

WAIT_S = 20.0


@pytest.fixture
def far() -> Iterator[FakeLine]:
    with FakeLine() as line:
        yield line


def tap(far: FakeLine, options: str = "?baud=115200") -> Tap:
    return share_line(parse(f"led+serial://{far.path}{options}", ()), 1.0, baud=9600)


def test_two_drivers_use_one_open_line(far: FakeLine) -> None:
    one, two = tap(far), tap(far)
    one.write(b"one")
    two.write(b"two")
    far.wait_for(lambda came: came == b"onetwo")
    assert one.opened == two.opened == 1
    far.send(b"all hear")
    assert one.read(2.0) == two.read(2.0) == b"all hear"
    one.close()
    two.write(b"!")
    far.wait_for(lambda came: came.endswith(b"!"))
    assert two.opened == 1, "the line stays open for the other"
    two.close()
    one.write(b"?")
    assert one.opened == 2
    one.close()


def test_another_speed_on_the_same_line_is_refused(far: FakeLine) -> None:
    one = tap(far)
    one.write(b"x")
    with pytest.raises(DeviceError, match="shares this line at 115200 baud") as wrong:
        tap(far, "?baud=9600")
    assert wrong.value.code is Code.BAD_URL
    one.close()
    other = tap(far, "?baud=9600")
    other.write(b"y")
    other.close()


def test_answers_reach_who_asked_though_another_reads_all_the_time(far: FakeLine) -> None:
    far.answer = lambda data: data.lower()
    asker, listener = tap(far), tap(far)
    stop, heard = threading.Event(), bytearray()

    def listen() -> None:
        while not stop.is_set():
            heard.extend(listener.read(0.05))

    thread = threading.Thread(target=listen)
    thread.start()
    for number in range(50):
        question = b"QUESTION %d;" % number
        assert asker.ask(question, lambda came: came.endswith(b";"), 2.0) == question.lower()
    stop.set()
    thread.join(5)
    assert heard.count(b";") == 50
    asker.close()
    listener.close()


def test_what_comes_later_does_not_overtake_what_was_read_before() -> None:
    """The first reader is held up just after it has given the line free for the next one."""
    chunks, read, overtaken = iter((b"one", b"two")), threading.Event(), bytearray()

    class Line:
        def read(self, timeout_s: float) -> bytes:
            read.set()
            return next(chunks)

    class Late:
        """A lock that the first reader gets for the second time only when another has read all that came."""

        def __init__(self) -> None:
            self.lock, self.first, self.entered = threading.Lock(), threading.current_thread(), 0

        def __enter__(self) -> None:
            if threading.current_thread() is self.first and read.is_set():
                self.entered += 1
                if self.entered == 2:
                    thread = threading.Thread(target=overtake)
                    thread.start()
                    thread.join(WAIT_S)
            self.lock.acquire()

        def __exit__(self, *_: object) -> None:
            self.lock.release()

        def acquire(self, *how: object) -> bool:
            return self.lock.acquire(*how)  # type: ignore[arg-type]

        def release(self) -> None:
            self.lock.release()

    bus = Bus(Line(), 9600)  # type: ignore[arg-type]
    bus._arrived = threading.Condition(Late())  # type: ignore[arg-type]
    one, two = Tap(bus), Tap(bus)
    bus.join(one)
    bus.join(two)

    def overtake() -> None:
        while b"two" not in overtaken:
            overtaken.extend(two.read(WAIT_S))

    assert one.read(WAIT_S) == overtaken == b"onetwo"


def test_frames_of_many_threads_do_not_mix(far: FakeLine) -> None:
    def write(letter: bytes) -> None:
        each = tap(far)
        for _ in range(20):
            each.write(b"<" + letter * 30 + b">")

    threads = [threading.Thread(target=write, args=(bytes((letter,)),)) for letter in b"ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    came = far.wait_for(lambda came: len(came) == 4 * 20 * 32)
    frames = came[1:-1].split(b"><")
    assert len(frames) == 80
    assert all(len(set(frame)) == 1 for frame in frames)


def test_a_turn_may_be_nested_and_nobody_takes_it_twice_while_another_waits(far: FakeLine) -> None:
    greedy, patient, log = tap(far), tap(far), []
    began, stop = threading.Event(), threading.Event()

    def talk() -> None:
        while not stop.is_set():
            with greedy.turn(), greedy.turn():
                log.append("greedy")
                began.set()
                stop.wait(0.005)

    thread = threading.Thread(target=talk)
    thread.start()
    assert began.wait(5)
    for _ in range(20):
        log.clear()
        with patient.turn():
            assert len(log) <= 10, "it would be hundreds"
    stop.set()
    thread.join(5)
    greedy.close()
    patient.close()


def test_an_answer_that_does_not_come_is_not_waited_for_without_end(far: FakeLine) -> None:
    one = tap(far)
    assert one.ask(b"hello?", lambda came: True, 0.05) == b""
    one.close()


def test_trouble_is_seen_without_using_the_line(far: FakeLine) -> None:
    one = tap(far)
    assert one.trouble() is None
    far.unplug()
    trouble = one.trouble()
    assert trouble is not None
    assert trouble.code is Code.OFFLINE
    one.close()


def test_displays_and_keypads_on_the_same_two_wires(far: FakeLine) -> None:
    shown, keys = FakeDisplayUnits("modbus", range(1, 5)), FakeKeypadUnits("polled", range(11, 15))
    far.answer = several(shown.feed, keys.feed)
    displays = open_displays(f"led+serial://{far.path}?protocol=modbus&baud=115200&answer_s=1")
    keypads = open_keypads(f"keypad+serial://{far.path}?protocol=polled&addresses=11-14&baud=115200&answer_s=1")
    assert keypads.read(0.4) is None
    for turn in range(3):
        for place in range(1, 5):
            keys.press(10 + place, Key.NEXT)
            press = keypads.read(5.0)
            while press is None:
                press = keypads.read(5.0)
            assert (press.address, press.key) == (10 + place, Key.NEXT)
            number = f"A{turn}{place}7"
            displays.show(place, Face(number))
            keypads.show(10 + place, number, beep=True)
            shown.wait_for(place, number)
            keys.wait_for_text(10 + place, number)
        assert keypads.read(0.4) is None
    assert displays.health().state == keypads.health().state == "ready"
    displays.close()
    keypads.close()
