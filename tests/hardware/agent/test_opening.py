"""Devices by their URLs: what cannot be is told with its place in the file, and keeps no other device from its work."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.agent.config_file import ConfigError, load_config
from hardware.agent.main import main
from hardware.agent.opening import open_devices, refuse_faults
from hardware.errors import Code
from hardware.health import State

LINE = '[[{kind}]]\nname = "a"\nurl = "{url}"\ncounters = {{ 1 = 1, {address} = 2 }}\n'
SPEAKER = '[[speaker]]\nname = "loa"\nurl = "{url}"\nvoice = "{voice}"\n'
GOOD = '[[display]]\nname = "den"\nurl = "led+fake://"\ncounters = { 1 = 3 }\n'


@pytest.mark.parametrize(
    ("text", "key", "possible"),
    [
        (LINE.format(kind="display", url="led+serial:///dev/a?protocol=ascii", address=500), "counters › 500", "1-99"),
        (LINE.format(kind="display", url="led+serial:///dev/a?protocol=ascii", address=0), "counters › 0", "1-99"),
        (LINE.format(kind="display", url="led+serial:///dev/a?offset=20", address=80), "counters › 80", "0-79"),
        (LINE.format(kind="keypad", url="keypad+serial:///dev/a", address=100), "counters › 100", "1-99"),
        (
            LINE.format(kind="keypad", url="keypad+serial:///dev/a?protocol=polled&addresses=1-2,7", address=5),
            "counters › 5",
            "1-2, 7",
        ),
        (LINE.format(kind="keypad", url="keypad+serail:///dev/a", address=2), "url", "keypad+serial"),
        (SPEAKER.format(url="alsa://default", voice="espaek://"), "voice", "espeak"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(tmp_path: Path, text: str, key: str, possible: str) -> None:
    file = tmp_path / "agent.toml"
    file.write_text(GOOD + text, encoding="utf-8")
    devices = open_devices(load_config(file))
    assert (devices[0].failure, devices[0].faults) == (None, ())
    with pytest.raises(ConfigError) as refused:
        refuse_faults(devices, file)
    vietnamese, english = str(refused.value).splitlines()
    assert f" › {key}: " in vietnamese
    assert f" › {key}: " in english
    assert vietnamese != english
    assert possible in vietnamese
    assert main(["--server", "http://127.0.0.1", "--config", str(file), "--check"]) == 2


def test_in_service_it_is_a_device_that_does_not_work(tmp_path: Path) -> None:
    file = tmp_path / "agent.toml"
    file.write_text(
        LINE.format(kind="keypad", url="keypad+serail:///dev/a", address=2)
        + SPEAKER.format(url="speaker+fake://", voice="espaek://")
        + LINE.format(kind="display", url="led+serial:///dev/a", address=500).replace('"a"', '"b"'),
        encoding="utf-8",
    )
    line, keypad, speaker = open_devices(load_config(file))
    for broken, parts in ((keypad, [("a 1", 1), ("a 2", 2)]), (speaker, [("loa", None)])):
        assert broken.failure is not None
        assert broken.failure.code is Code.BAD_URL
        assert [(part.name, part.counter) for part in broken.parts] == parts
    assert line.failure is None, "only one of its displays cannot be"
    assert line.device.health_of(500).state is not State.READY
