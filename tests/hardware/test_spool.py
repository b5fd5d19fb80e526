"""Jobs on the disk: whole or not there, one step at a time, few and not for long."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printers.spool import FRESH, KEPT, KEPT_FOR, Job, Spool, Stage
from tests.hardware.slips import LONG, PLAIN

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def spool(tmp_path: Path, clock: Clock) -> Spool:
    return Spool(tmp_path / "spool", now=clock, boot="monday")


def test_a_job_comes_back_as_it_was_and_belongs_to_its_account_alone(spool: Spool, tmp_path: Path) -> None:
    assert spool.add("k-1", LONG, "en") is Stage.WAITING
    assert spool.jobs() == [(Job("k-1", LONG, NOON, "en", "monday"), Stage.WAITING)]
    folder = tmp_path / "spool"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [(path.name, path.stat().st_mode & 0o777) for path in folder.iterdir()] == [("k-1.waiting", 0o600)]


def test_its_stage_is_its_name_and_moves_once(spool: Spool) -> None:
    spool.add("k-1", PLAIN)
    assert spool.move("k-1", Stage.WAITING, Stage.STARTED)
    assert not spool.move("k-1", Stage.WAITING, Stage.STARTED), "another program has it"
    assert spool.add("k-1", PLAIN) is Stage.STARTED
    assert spool.move("k-1", Stage.STARTED, Stage.PRINTED)
    assert spool.stage("k-1") is Stage.PRINTED
    assert spool.stage("k-2") is None


@pytest.mark.parametrize("key", ["", "../evil", "a/b", ".hidden", "x" * 81, "k 1"])
def test_a_key_is_a_plain_name(spool: Spool, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        spool.add(key, PLAIN)


def test_fresh_is_a_few_minutes_and_not_a_clock_set_back(spool: Spool, clock: Clock) -> None:
    spool.add("k-1", PLAIN)
    ((job, _stage),) = spool.jobs()
    for passed, fresh in ((0, True), (FRESH.total_seconds(), True), (FRESH.total_seconds() + 1, False), (-3600, False)):
        clock.now = NOON + timedelta(seconds=passed)
        assert spool.fresh(job) is fresh


def test_only_the_newest_are_kept_and_none_for_long(spool: Spool, clock: Clock) -> None:
    for number in range(KEPT + 5):
        clock.now = NOON + timedelta(seconds=number)
        spool.add(f"k-{number}", PLAIN)
    spool.tidy()
    assert [job.key for job, _ in spool.jobs()] == [f"k-{number}" for number in range(5, KEPT + 5)]
    clock.now = NOON + KEPT_FOR + timedelta(seconds=10)
    spool.tidy()
    assert [job.key for job, _ in spool.jobs()] == [f"k-{number}" for number in range(10, KEPT + 5)]
    clock.now = NOON - timedelta(days=1)
    spool.tidy()
    assert spool.jobs() == [], "the clock was wrong once: their age is unknown"


@given(st.binary(max_size=200))
def test_whatever_a_file_holds_the_others_are_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("spool")
    spool = Spool(folder, now=Clock())
    spool.add("k-1", PLAIN)
    (folder / "k-0.waiting").write_bytes(content)
    (folder / "k-2.new").write_bytes(content)
    assert [job.key for job, _ in spool.jobs()] == ["k-1"]
    spool.tidy()
    assert sorted(os.listdir(folder)) == ["k-1.waiting"], "what cannot be read is nobody's ticket"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text[:-20],
        lambda text: text.replace('"A-025"', "25"),
        lambda text: text.replace('"version": 1', '"version": 2'),
        lambda text: text.replace('"agency"', '"agentur"'),
        lambda text: text.replace("+00:00", ""),
        lambda text: "[" * 40_000,
        lambda text: "\0" * 4096,
    ],
)
def test_a_spoilt_job_is_none(spool: Spool, tmp_path: Path, spoilt: Callable[[str], str]) -> None:
    spool.add("k-1", PLAIN)
    path = tmp_path / "spool" / "k-1.waiting"
    path.write_text(spoilt(path.read_text()))
    assert spool.jobs() == []


def test_a_folder_in_place_of_a_job_stops_nothing(spool: Spool, tmp_path: Path) -> None:
    spool.add("k-1", PLAIN)
    (tmp_path / "spool" / "k-2.started").mkdir()
    spool.tidy()
    assert [job.key for job, _ in spool.jobs()] == ["k-1"]
