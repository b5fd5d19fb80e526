"""The agent's file: what it may hold, and what is said of one that holds something else."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from hardware.agent.config import Config, DisplayEntry, SpeakerEntry
from hardware.agent.config_file import TABLES, WORDS, ConfigError, load_config
from hardware.agent.speaker_part import volume_hours
from hardware.words import translations

DISPLAY = '[[display]]\nname = "den"\nurl = "led+fake://"\ncounters = { 1 = 3, 2 = 4 }\n'
PAGE = Path(__file__).parents[3] / "docs" / "devices.md"


def read(tmp_path: Path, text: str) -> Config:
    file = tmp_path / "agent.toml"
    file.write_text(text, encoding="utf-8")
    return load_config(file)


def test_the_least_has_good_defaults(tmp_path: Path) -> None:
    config = read(tmp_path, DISPLAY)
    (display,) = config.display
    assert display.counters == {1: 3, 2: 4}
    assert (display.blink_s, display.lost, config.dashes_after_s) == (12, "----", 180)
    assert display.part(2) == "den 2"


def test_a_device_alone_on_its_line_has_the_lines_name() -> None:
    assert DisplayEntry(name="den", url="led+fake://", counters={7: 3}).part(7) == "den"


def test_the_volume_is_one_for_all_day_or_by_the_hour() -> None:
    flat = SpeakerEntry(name="loa", url="speaker+fake://", volume=60)
    assert volume_hours(flat).percent(time(3)) == 60
    table = SpeakerEntry(name="loa", url="speaker+fake://", volume={"07:00": 80, "11:30": 0})
    assert [volume_hours(table).percent(at) for at in (time(6), time(7), time(11, 30))] == [0, 80, 0]


@pytest.mark.parametrize(
    ("text", "key", "vietnamese", "english"),
    [
        ("[[display", "", "TOML", "not valid TOML"),
        (DISPLAY + "colour = 3\n", "display 1 › colour", "blink_s", "not known here"),
        ("surprise = 3\n" + DISPLAY, "surprise", "dashes_after_s", "not known here"),
        ('[[display]]\nurl = "led+fake://"\ncounters = { 1 = 1 }\n', "display 1 › name", "thiếu", "is missing"),
        (DISPLAY.replace("1 = 3", "x = 3"), "display 1 › counters › x", "số nguyên", "whole number"),
        (DISPLAY.replace("1 = 3", "1 = 1000"), "display 1 › counters › 1", "999", "at most 999"),
        (DISPLAY.replace("{ 1 = 3, 2 = 4 }", "{}"), "display 1 › counters", "để trống", "must not be empty"),
        (DISPLAY.replace('"den"', '"đèn"'), "display 1 › name", "A-Z", "letters A-Z"),
        (DISPLAY + DISPLAY, "", "den", "two devices are named"),
        ("dashes_after_s = 5\n" + DISPLAY, "dashes_after_s", "10", "at least 10"),
        (
            '[[speaker]]\nname = "loa"\nurl = "speaker+fake://"\nvolume = { "7h" = 50 }\n',
            "speaker 1 › volume › 7h",
            "07:30",
            "time of day",
        ),
        (
            '[[speaker]]\nname = "loa"\nurl = "speaker+fake://"\nlanguages = ["fr"]\n',
            "speaker 1 › languages › 1",
            "'vi'",
            "'vi' or 'en'",
        ),
        (
            '[[scanner]]\nname = "a"\nurl = "scanner+serial:///dev/ttyS0"\n'
            '[[scanner]]\nname = "b"\nurl = "scanner+serial:///dev/ttyS0?baud=9600"\n',
            "",
            "cùng",
            "have the same device",
        ),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(
    tmp_path: Path, text: str, key: str, vietnamese: str, english: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, text)
    lines = str(refused.value).splitlines()
    first, second = lines[0], lines[len(lines) // 2]
    assert first.startswith(f"{tmp_path / 'agent.toml'}: {key}")
    assert vietnamese in first
    assert english in second


def test_a_file_that_is_not_there_or_not_text_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml.*cannot be read"):
        load_config(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(tmp_path / "bytes.toml")


def test_a_machine_may_have_no_device_yet(tmp_path: Path) -> None:
    assert list(read(tmp_path, "").entries()) == []


def test_displays_and_keypads_may_share_two_wires(tmp_path: Path) -> None:
    shared = 'name = "{}"\nurl = "{}+serial:///dev/ttyUSB0"\ncounters = {{ 1 = 1 }}\n'
    text = "[[display]]\n" + shared.format("den", "led") + "[[keypad]]\n" + shared.format("phim", "keypad")
    assert read(tmp_path, text).keypad[0].name == "phim"


def test_a_report_has_room_for_no_more_parts(tmp_path: Path) -> None:
    one = '[[display]]\nname = "den{}"\nurl = "led+fake://"\ncounters = {{ {} }}\n'
    many = ", ".join(f"{n} = {n}" for n in range(1, 33))
    with pytest.raises(ConfigError, match="at most 63 devices, not 64"):
        read(tmp_path, one.format(1, many) + one.format(2, many))


@pytest.mark.parametrize("words", sorted(WORDS.values()))
def test_every_complaint_is_translated(words: str) -> None:
    assert translations("vi").gettext(words) != words


def test_every_key_stands_in_the_docs() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in Config.model_fields:
        assert f"`[[{name}]]`" in page or f"`{name}`" in page, name
    for table, model in TABLES.items():
        assert f"`[[{table}]]`" in page
        for name in model.model_fields:
            assert f"`{name}`" in page, f"{table}: {name}"
