"""The whole agent, as it runs in a hall: a real server, a real process, real bytes on pseudo-terminals."""

from __future__ import annotations

from pathlib import Path

from hardware.keypads.protocol import Key
from tests.e2e.event_log import event_log
from tests.hardware.agent.stage import stage


def test_from_a_clerks_key_to_the_display_the_voice_and_the_devices_page(tmp_path: Path) -> None:
    with stage(tmp_path) as hall:
        hall.until_ready()
        first, second, third = hall.issue(3)
        hall.press(1, Key.NEXT)
        hall.until_shown(1, first)
        hall.keypads.wait_for_text(1, first)
        hall.until_shown(2, "")
        hall.until(lambda: hall.sound.exists() and hall.sound.stat().st_size > 0, "nothing was heard")

        # Two at once, and the counters are each other's business only in the queue.
        hall.press(1, Key.NEXT)
        hall.press(2, Key.NEXT)
        hall.until(lambda: {hall.at_counter(1), hall.at_counter(2)} == {second, third}, "not both were called")
        for counter in (1, 2):
            hall.until_shown(counter, str(hall.at_counter(counter)))

        states = {"may-1": "ready", "den 1": "ready", "den 2": "ready", "phim 1": "ready", "loa": "ready"}
        for part, state in states.items():
            hall.until_state(part, state)
        assert hall.parts()["den 2"]["counter"] == 2
        assert hall.parts()["loa"]["kind"] == "speaker"

        hall.display_line.unplug()
        hall.until_state("den 1", "offline")
        hall.press(1, Key.FINISH)
        hall.until(lambda: hall.at_counter(1) is None, "the ticket was not finished")
        hall.displays.power(1, on=False)
        hall.displays.power(1, on=True)
        hall.display_line.plug()
        hall.until_shown(1, "--")
        hall.until_state("den 1", "ready")

        assert hall.agent.stop() == 0
        for address in (1, 2):
            hall.until_shown(address, "----")


def test_a_server_that_dies_in_the_middle_of_a_press_does_it_once(tmp_path: Path) -> None:
    with stage(tmp_path) as hall:
        hall.until_ready()
        first, second = hall.issue(2)
        hall.hall.kill()
        hall.press(1, Key.NEXT)
        hall.hall.start()
        hall.keypads.wait_for_text(1, first, 20)
        hall.until_shown(1, first)
        called = [event.number for event in event_log(hall.hall.data) if event.kind == "called"]
        assert called == [first]
        assert hall.at_counter(1) == first
        assert second not in called


def test_an_agent_that_was_killed_shows_the_truth_again_and_speaks_no_call_twice(tmp_path: Path) -> None:
    with stage(tmp_path) as hall:
        hall.until_ready()
        (first,) = hall.issue()
        hall.press(1, Key.NEXT)
        hall.until_shown(1, first)
        spoken = hall.agent.folder / "state" / "spoken-loa.json"
        hall.until(lambda: spoken.exists() and "@" in spoken.read_text(), "the call was not spoken")
        heard = hall.sound.stat().st_size
        hall.agent.kill()
        for address in (1, 2):
            hall.displays.power(address, on=False)
            hall.displays.power(address, on=True)
        hall.agent.start()
        hall.until_shown(1, first)
        hall.until_state("loa", "unknown")
        assert [event.kind for event in event_log(hall.hall.data)].count("called") == 1
        assert hall.sound.stat().st_size == heard
