"""From data files to the hall of a day: what is in force then, and errors that name the file and the key."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from queue_server.catalogue import load
from queue_server.catalogue.faults import CatalogueError
from queue_server.catalogue.files import TargetEntry
from queue_server.catalogue.load import SAMPLE_HALL, load_hall
from queue_server.domain.calendar import Break, Session
from queue_server.domain.hall import Calling, DeviceRules, Hall, Lunch, PolicyName

DAY = date(2026, 11, 23)
GOOD = """
agency = { vi = "Xã", en = "Commune" }
name = { vi = "Một cửa", en = "Hall" }
level = "commune"

[hours]
monday = ["07:30-11:30", "13:30-17:00"]
issuing_stops_min = 15

[numbering]
start = 5

[[group]]
code = "giay-to"
prefix = "B"
name = { vi = "Giấy tờ", en = "Papers" }
services = ["2.000815"]

[[counter]]
id = 1
name = { vi = "Quầy 1", en = "Counter 1" }
groups = ["giay-to"]

[[rating]]
code = "good"
name = { vi = "Tốt", en = "Good" }
value = 2

[[rating]]
code = "bad"
name = { vi = "Kém", en = "Bad" }
value = 1
"""


def hall_of(folder: Path, text: str, day: date = DAY) -> Hall:
    path = folder / "hall.toml"
    path.write_text(text, encoding="utf-8")
    return load_hall(path)(day)


def test_the_sample_hall_is_a_communes_with_six_counters_and_the_catalogues_procedures() -> None:
    hall = load_hall()(DAY)
    assert len(hall.counters) == 6
    assert len(hall.groups) == 4
    codes = {service.code for service in hall.services}
    assert {"2.000815", "1.001193", "1.000894", "1.000656", "1.004873", "1.004222"} <= codes
    assert hall.service("2.000815").name.vi == "Chứng thực bản sao từ bản chính"
    assert hall.service("2.000815").target_s == 15 * 60
    assert [c.code for c in hall.priorities] == [
        "elderly",
        "pregnant",
        "disability",
        "merit",
        "small-child",
        "other",
    ]
    assert hall.priority("elderly").min_age == 60
    assert len(hall.scale) == 4


def test_a_halls_file_is_read_as_written(tmp_path: Path) -> None:
    hall = hall_of(tmp_path, GOOD)
    assert hall.name.en == "Hall"
    assert (hall.numbering.start, hall.numbering.width) == (5, 3)
    assert [len(sessions) for sessions in hall.hours.week] == [2, 0, 0, 0, 0, 0, 0]
    assert hall.hours.issuing_stops_min == 15
    assert hall.counters[0].services == {"2.000815"}
    assert [level.code for level in hall.scale] == ["good", "bad"]
    assert any(holiday.name.vi == "Quốc khánh" for holiday in hall.hours.holidays)


def test_a_hall_says_when_a_device_is_silent_and_when_it_raises_an_alert(tmp_path: Path) -> None:
    assert hall_of(tmp_path, GOOD).devices == DeviceRules(alert_after_s=300, silent_after_s=180)
    own = GOOD.replace("[[group]]", "[devices]\nalert_after_s = 0\nsilent_after_s = 600\n\n[[group]]", 1)
    assert hall_of(tmp_path, own).devices == DeviceRules(alert_after_s=0, silent_after_s=600)


def test_a_hall_says_what_its_kiosks_are_called(tmp_path: Path) -> None:
    named = '[kiosk]\nnames.kiosk-1 = { vi = "Kiosk cửa chính", en = "Kiosk at the main door" }\n'
    assert hall_of(tmp_path, GOOD + named).kiosk.names["kiosk-1"].vi == "Kiosk cửa chính"
    assert hall_of(tmp_path, GOOD).kiosk.names == {}
    with pytest.raises(CatalogueError, match="names"):
        hall_of(tmp_path, GOOD + named.replace("kiosk-1", '"kiosk 1"'))


def test_a_hall_without_hours_has_the_typical_ones(tmp_path: Path) -> None:
    text = GOOD.replace('[hours]\nmonday = ["07:30-11:30", "13:30-17:00"]\nissuing_stops_min = 15', "")
    assert [len(sessions) for sessions in hall_of(tmp_path, text).hours.week] == [2, 2, 2, 2, 2, 0, 0]


def test_a_halls_own_word_goes_before_the_catalogues(tmp_path: Path) -> None:
    own = '[[service]]\ncode = "2.000815"\nname = { vi = "Sao y", en = "Copies" }\nwait_min = 10\nmean_min = 3\n'
    service = hall_of(tmp_path, GOOD + own).service("2.000815")
    assert (service.name.vi, service.target_s, service.mean_s) == ("Sao y", 600, 180)


def test_a_service_of_the_halls_own_needs_only_a_name(tmp_path: Path) -> None:
    text = GOOD.replace('["2.000815"]', '["2.000815", "tu-van"]')
    text += '[[service]]\ncode = "tu-van"\nname = { vi = "Tư vấn", en = "Advice" }\n'
    assert hall_of(tmp_path, text).service("tu-van").name.en == "Advice"


@pytest.mark.parametrize(
    ("day", "minutes"),
    [(date(2026, 11, 23), 15), (date(2022, 6, 1), 30), (date(2022, 12, 31), 30), (date(2023, 1, 1), 15)],
)
def test_the_target_in_force_on_the_day_counts(day: date, minutes: int, tmp_path: Path) -> None:
    own = '[[service]]\ncode = "2.000815"\nname = { vi = "Sao y", en = "Copies" }\n'
    assert hall_of(tmp_path, GOOD + own, day).service("2.000815").target_s == minutes * 60


def test_of_several_entries_the_last_one_in_force_counts() -> None:
    def entry(day: date, minutes: float) -> TargetEntry:
        return TargetEntry(level="commune", effective_from=day, wait_min=minutes)

    entries = [entry(date(2025, 1, 1), 10), entry(date(2023, 1, 1), 15), entry(date(2027, 1, 1), 5)]
    chosen = {
        day: found.wait_min if (found := load._in_force(entries, day)) else None
        for day in (date(2022, 1, 1), date(2023, 1, 1), date(2026, 6, 1), date(2027, 1, 1))
    }
    assert list(chosen.values()) == [None, 15, 10, 5]


def test_a_target_for_one_service_goes_before_the_one_for_all() -> None:
    def entry(day: date, minutes: float, *services: str) -> TargetEntry:
        return TargetEntry(level="commune", services=services, effective_from=day, wait_min=minutes)

    entries = (entry(date(2022, 1, 1), 30), entry(date(2023, 1, 1), 15), entry(date(2024, 1, 1), 30, "a", "b"))
    found = {
        (code, day.year): target.wait_min if (target := load._target(entries, code, day)) else None
        for code in ("a", "c")
        for day in (date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1), date(2024, 1, 1))
    }
    assert list(found.values()) == [None, 30, 15, 30, None, 30, 15, 15]


def test_a_hall_may_set_both_targets_of_the_plans_service_by_service(tmp_path: Path) -> None:
    text = GOOD.replace('["2.000815"]', '["2.000815", "1.001193"]')
    text += '[[service]]\ncode = "1.001193"\nwait_min = 30\n'
    assert [service.target_s for service in hall_of(tmp_path, text).services] == [15 * 60, 30 * 60]


def test_calling_is_by_lateness_with_guard_rails_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    assert hall_of(tmp_path, GOOD).calling == Calling()
    assert Calling().policy == "lateness"


def test_the_way_of_calling_is_read_as_written(tmp_path: Path) -> None:
    text = GOOD.replace(
        "[[group]]",
        """[calling]
policy = "generalized-c-mu"
priority_weight = 2.5
priority_target_min = 7.5
priority_run = 4
longest_multiple = 2
longest_slack = 0
interleave = 5
accumulation = 3
auto_call_s = 30
risk_share = 0.1
recalls_before_no_show = 1

[[group]]""",
        1,
    )
    assert hall_of(tmp_path, text).calling == Calling(
        policy=PolicyName.GENERALIZED_C_MU,
        priority_weight=2.5,
        priority_target_s=450,
        priority_run=4,
        longest_multiple=2,
        longest_slack=0,
        interleave=5,
        accumulation=3,
        auto_call_s=30,
        risk_share=0.1,
        recalls_before_no_show=1,
    )


def test_a_counter_helps_out_and_has_its_own_lunch(tmp_path: Path) -> None:
    other = """
[[group]]
code = "ho-tich"
prefix = "A"
name = { vi = "Hộ tịch", en = "Civil status" }
services = ["1.001193", "1.000894"]

[[counter]]
id = 2
name = { vi = "Quầy 2", en = "Counter 2" }
services = ["1.001193"]
backup_groups = ["ho-tich"]
backup = ["2.000815"]
lunch = "11:00-11:45"

[[counter]]
id = 3
name = { vi = "Quầy 3", en = "Counter 3" }
groups = ["ho-tich"]

[[rating]]"""
    one, two, three = hall_of(tmp_path, GOOD.replace("[[rating]]", other, 1)).counters
    assert (two.services, two.backup) == ({"1.001193"}, {"1.000894", "2.000815"})
    assert two.able == {"1.001193", "1.000894", "2.000815"}
    assert two.lunch == Break(time(11), time(11, 45))
    assert (one.backup, one.lunch, three.backup) == (frozenset(), None, frozenset())


TURNS = '[lunch]\nwindow = "11:30-13:30"\nminutes = 60\n\n[[group]]'


def test_counters_that_take_turns_at_lunch_keep_the_hall_open_through_it(tmp_path: Path) -> None:
    hall = hall_of(tmp_path, GOOD.replace("[[group]]", TURNS, 1))
    assert hall.lunch == Lunch(Break(time(11, 30), time(13, 30)), 60)
    assert hall.hours.week[0] == (Session(time(7, 30), time(17)),)
    assert hall.day(DAY).clock.breaks == ()
    assert hall_of(tmp_path, GOOD).day(DAY).clock.breaks == ((11.5 * 3600, 13.5 * 3600),)


BAD: dict[str, tuple[str, str, list[str]]] = {
    "unknown key": ("level =", "colour = 1\nlevel =", ["colour"]),
    "unknown key inside": ("start = 5", "begin = 5", ["numbering.begin"]),
    "missing key": ('level = "commune"', "", ["level"]),
    "bad time span": ("13:30-17:00", "13:30-25:00", ["hours.monday"]),
    "span that ends before it begins": ("13:30-17:00", "17:00-13:30", ["hours.monday", "17:00"]),
    "overlapping spans": ("13:30-17:00", "11:00-17:00", ["hours.monday", "overlap"]),
    "unknown group": ('groups = ["giay-to"]', 'groups = ["ho-tich"]', ["counter 1", "ho-tich"]),
    "unknown service at a counter": (
        'groups = ["giay-to"]',
        'groups = ["giay-to"]\nservices = ["x.1"]',
        ["counter 1", "x.1"],
    ),
    "service without counter": ('groups = ["giay-to"]', "", ["2.000815", "counter"]),
    "service outside the catalogue": ('["2.000815"]', '["9.999999"]', ["9.999999", "[[service]]"]),
    "service twice": ('["2.000815"]', '["2.000815", "2.000815"]', ["2.000815", "twice"]),
    "counter twice": (
        "[[rating]]",
        '[[counter]]\nid = 1\nname = { vi = "a", en = "b" }\n\n[[rating]]',
        ["counter", "1"],
    ),
    "level without a target": ('level = "commune"', 'level = "moon"', ["level", "moon"]),
    "unknown zone": ("level =", 'timezone = "Mars/Phobos"\nlevel =', ["timezone", "Mars/Phobos"]),
    "zone that is a folder": ("level =", 'timezone = "Asia"\nlevel =', ["timezone", "Asia"]),
    "text in one language": ('{ vi = "Xã", en = "Commune" }', '{ vi = "Xã" }', ["agency.en"]),
    "public address with a path": ("level =", 'public_url = "https://x.vn/hall/"\nlevel =', ["public_url"]),
    "one rating level": ('[[rating]]\ncode = "bad"\nname = { vi = "Kém", en = "Bad" }\nvalue = 1\n', "", ["rating"]),
    "invalid TOML": ("level =", "level", ["TOML"]),
    "holiday that ends before it begins": (
        "[[rating]]",
        '[[holiday]]\nfirst = 2027-02-09\nlast = 2027-02-05\nname = { vi = "a", en = "Tet" }\n\n[[rating]]',
        ["holiday", "Tet"],
    ),
    "rule that does not exist": ("[[group]]", '[calling]\npolicy = "fair"\n\n[[group]]', ["policy", "lateness"]),
    "weight below one": ("[[group]]", "[calling]\npriority_weight = 0.5\n\n[[group]]", ["calling.priority_weight"]),
    "weight that is no number": ("[[group]]", "[calling]\naccumulation = nan\n\n[[group]]", ["calling.accumulation"]),
    "target of no time": ("[[group]]", "[calling]\npriority_target_min = 0\n\n[[group]]", ["priority_target_min"]),
    "limit below first come": ("[[group]]", "[calling]\nlongest_multiple = 0.9\n\n[[group]]", ["longest_multiple"]),
    "negative slack": ("[[group]]", "[calling]\nlongest_slack = -1\n\n[[group]]", ["calling.longest_slack"]),
    "no ordinary call between": ("[[group]]", "[calling]\ninterleave = 0\n\n[[group]]", ["calling.interleave"]),
    "silent before the second report": (
        "[[group]]",
        "[devices]\nsilent_after_s = 90\n\n[[group]]",
        ["devices.silent_after_s", "120"],
    ),
    "a late alert": (
        "[[group]]",
        "[devices]\nalert_after_s = 86401\n\n[[group]]",
        ["devices.alert_after_s"],
    ),
    "an alert in words": ("[[group]]", '[devices]\nalert_after_s = "5 min"\n\n[[group]]', ["devices.alert_after_s"]),
    "a device rule of its own": ("[[group]]", "[devices]\nloud = true\n\n[[group]]", ["devices.loud"]),
    "too short a pause": ("[[group]]", "[calling]\nauto_call_s = 4\n\n[[group]]", ["calling.auto_call_s", "0 (never)"]),
    "too long a pause": ("[[group]]", "[calling]\nauto_call_s = 601\n\n[[group]]", ["calling.auto_call_s"]),
    "weight in words": ("[[group]]", '[calling]\npriority_weight = "4"\n\n[[group]]', ["calling.priority_weight"]),
    "weight that is only true": ("[[group]]", "[calling]\npriority_weight = true\n\n[[group]]", ["priority_weight"]),
    "run in words": ("[[group]]", '[calling]\npriority_run = "3"\n\n[[group]]', ["calling.priority_run"]),
    "count that is only true": (
        "[[group]]",
        "[calling]\nrecalls_before_no_show = true\n\n[[group]]",
        ["recalls_before"],
    ),
    "half a call between": ("[[group]]", "[calling]\ninterleave = 3.0\n\n[[group]]", ["calling.interleave"]),
    "minutes in words": (
        "[[group]]",
        '[lunch]\nwindow = "11:30-13:30"\nminutes = "60"\n\n[[group]]',
        ["lunch.minutes"],
    ),
    "lunch all day": (
        'groups = ["giay-to"]',
        'groups = ["giay-to"]\nlunch = "00:00-24:00"',
        ["counter 1: lunch", "00:00-24:00"],
    ),
    "lunch that is no time span": (
        'groups = ["giay-to"]',
        'groups = ["giay-to"]\nlunch = "11-12"',
        ["counter.0.lunch", "HH:MM-HH:MM"],
    ),
    "share above all": ("[[group]]", "[calling]\nrisk_share = 1.5\n\n[[group]]", ["calling.risk_share"]),
    "unknown backup group": ('groups = ["giay-to"]', 'groups = ["giay-to"]\nbackup_groups = ["x"]', ["counter 1", "x"]),
    "unknown backup": ('groups = ["giay-to"]', 'groups = ["giay-to"]\nbackup = ["x.1"]', ["counter 1", "x.1"]),
    "own service as backup": (
        'groups = ["giay-to"]',
        'groups = ["giay-to"]\nbackup = ["2.000815"]',
        ["counter 1", "own", "2.000815"],
    ),
    "service with nothing but a backup": ('groups = ["giay-to"]', 'backup = ["2.000815"]', ["2.000815", "no counter"]),
    "lunch till tomorrow": (
        'groups = ["giay-to"]',
        'groups = ["giay-to"]\nlunch = "23:30-00:30"',
        ["counter 1", "lunch", "23:30"],
    ),
    "turns without a window": ("[[group]]", "[lunch]\nminutes = 60\n\n[[group]]", ["lunch.window"]),
    "window too short for a turn": (
        "[[group]]",
        '[lunch]\nwindow = "11:30-12:00"\nminutes = 60\n\n[[group]]',
        ["lunch", "60 minutes", "11:30-12:00"],
    ),
    "window that ends before it begins": (
        "[[group]]",
        '[lunch]\nwindow = "13:30-11:30"\nminutes = 60\n\n[[group]]',
        ["lunch.window", "13:30-11:30"],
    ),
    "hall closed for longer than lunch": (
        "[[group]]",
        '[lunch]\nwindow = "11:30-13:00"\nminutes = 45\n\n[[group]]',
        ["hours.monday", "11:30-13:30", "11:30-13:00"],
    ),
    "words for a service that the hall does not offer": (
        "[[rating]]",
        '[[service]]\ncode = "2.00815"\nwait_min = 10\n\n[[rating]]',
        ["service", "2.00815"],
    ),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_refused_with_its_name_and_the_key(name: str, tmp_path: Path) -> None:
    old, new, said = BAD[name]
    assert old in GOOD
    with pytest.raises(CatalogueError) as refusal:
        hall_of(tmp_path, GOOD.replace(old, new, 1))
    text = str(refusal.value)
    assert text.startswith(str(tmp_path / "hall.toml"))
    assert "\n" not in text
    for word in said:
        assert word in text
    assert "\\d" not in text, "a pattern tells a reader nothing"


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes(GOOD.replace("Xã", "X\xe3").encode("latin-1", errors="replace"))
    with pytest.raises(CatalogueError, match=r"hall\.toml: is not UTF-8"):
        load_hall(path)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_hall(tmp_path / name)


def test_the_sample_holds_on_every_day_that_the_catalogue_knows() -> None:
    hall_on = load_hall(SAMPLE_HALL)
    for day in (date(2025, 7, 1), date(2026, 2, 17), date(2030, 1, 1)):
        assert hall_on(day).services
