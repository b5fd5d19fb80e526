"""Lines that break, over and over: 100,000 frames cut, mangled, misread and garbled; ports pulled out in mid-word."""

from __future__ import annotations

import threading
from random import Random

from hardware.errors import DeviceError
from hardware.lines import SerialLine, reopening
from hardware.lines.fake import FakeLine
from hardware.lines.noise import flipped, mangled
from hardware.lines.sentence import Sentences, sentence
from tests.faults import count, runs

SEED = 20261122


def body(chance: Random) -> str:
    return f"{chance.choice('DKTUA')},{chance.randrange(100):02},{chance.choice(('A025', 'N', '9', ' B07'))}"


def test_no_damaged_sentence_is_taken_for_another() -> None:
    """The check is one byte of exclusive or: two bits turned over in one column pass it. Counted, not denied."""
    chance, rounds, passed, recovered = Random(SEED), runs(3_000, 100_000), 0, 0
    reader = Sentences()
    for number in range(rounds):
        sent = body(chance)
        data = sentence(sent)
        damaged = mangled(data, chance) if number % 2 else flipped(data, chance, 0.02)
        passed += sum(each != sent for each in reader.feed(damaged))
        reader.feed(b"\r\n")
        recovered += reader.feed(sentence("K,01,N")) == ["K,01,N"]
    assert recovered == rounds
    assert passed <= rounds / 200
    count("sentences damaged", rounds)
    count("damaged sentences that were read as others", passed)


def test_a_port_that_is_pulled_out_again_and_again(monkeypatch) -> None:
    monkeypatch.setattr(reopening, "REOPEN_S", 0.01)
    chance, rounds = Random(SEED), runs(20, 1_000)
    stop, lost, errors = threading.Event(), [0], []
    with FakeLine(lambda data: data) as far:
        line = SerialLine(far.path, 115200, "none", 0.5)

        def use(step) -> None:
            while not stop.is_set():
                try:
                    step()
                except DeviceError:
                    lost[0] += 1
                except BaseException as error:
                    errors.append(error)
                    raise

        threads = [
            threading.Thread(target=use, args=(step,))
            for step in (lambda: line.read(0.05), lambda: line.write(b"x" * 20), lambda: line.write(b"y" * 20))
        ]
        for thread in threads:
            thread.start()
        for number in range(rounds):
            before = len(far.came)
            far.wait_for(lambda came, before=before: len(came) > before)
            stop.wait(chance.random() * 0.01)
            if number % 3:
                far.unplug()
                far.plug()
            else:
                line.close()
        stop.set()
        for thread in threads:
            thread.join(5)
        assert not any(thread.is_alive() for thread in threads)
        assert errors == []
        line.close()
    assert lost[0]
    count("times a port was pulled out or closed in use", rounds)
