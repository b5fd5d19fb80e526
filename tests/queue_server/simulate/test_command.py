"""`motcua simulate`: what it writes, and that the same files give the same day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from queue_server.domain.dispatch import PolicyName
from tests.queue_server.simulate.files import ARRIVALS, HALL, Folder

HEADER = ARRIVALS.splitlines()[0] + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_day_becomes_a_schedule_and_its_figures(folder: Folder) -> None:
    assert folder.run() == 0
    assert folder.out.read_text(encoding="utf-8").splitlines()[0] == "id,counter,called_s,finished_s,reason"
    rows = folder.rows()
    assert [(row["id"], row["counter"], row["called_s"], row["finished_s"]) for row in rows] == [
        ("A3", "1", "27000", "27480"),
        ("A1", "1", "27480", "28080"),
        ("A2", "2", "27600", "27840.5"),
        ("B4", "2", "28000", "28300"),
    ]
    assert all("phút" in row["reason"] for row in rows)
    figures = folder.figures()
    # From the opening of the first counter, 27000: A3 0, A1 480, A2 600, B4 0.
    assert (figures["served"], figures["lost"]) == (4, 0)
    assert (figures["mean_s"], figures["median_s"], figures["longest_s"]) == (270, 240, 600)
    assert figures["p95_s"] == pytest.approx(480 + 0.85 * 120)
    assert (figures["share_over_target"], figures["priority_mean_s"]) == (0, 0)
    assert figures["services"]["chung-thuc"]["mean_s"] == 300
    assert figures["counters"]["2"]["open_s"] == 13800 + 12600
    assert figures["counters"]["1"]["open_s"] == 61200 - 27000 - 7200, "the break is not open"
    assert figures["utilisation"] == pytest.approx((480 + 600 + 240.5 + 300) / (26400 + 27000), abs=1e-6)


def test_nobody_waits_through_the_break_and_nobody_is_called_in_it(folder: Folder) -> None:
    late = HEADER + "X,41000,ho-tich,0,1000,\nY,41300,ho-tich,0,5,\nZ,41300,chung-thuc,0,7,\n"
    hall = HALL.replace("[27600, 41400], [48600, 61200]", "[48600, 61200]")
    assert folder.run(hall, late) == 0
    assert [(row["id"], row["called_s"]) for row in folder.rows()] == [("X", "41000"), ("Y", "48600"), ("Z", "48600")]
    assert folder.figures()["longest_s"] == 100


def test_who_runs_out_of_patience_is_lost_and_so_is_who_waits_at_the_end(folder: Folder) -> None:
    people = (
        HEADER + "X,30000,ho-tich,0,9000,\nY,30000,ho-tich,0,9000,\nL,30001,ho-tich,0,60,60\nE,61200,ho-tich,0,1,\n"
    )
    assert folder.run(HALL, people) == 0
    figures = folder.figures()
    assert (figures["served"], figures["lost"], figures["left"], figures["unserved"]) == (2, 2, 1, 1)
    assert {row["id"] for row in folder.rows()} == {"X", "Y"}


def test_a_day_on_which_nobody_comes_has_null_figures(folder: Folder) -> None:
    assert folder.run(HALL, HEADER) == 0
    assert folder.rows() == []
    figures = folder.figures()
    assert (figures["served"], figures["mean_s"], figures["p95_s"], figures["share_over_target"]) == (
        0,
        None,
        None,
        None,
    )
    assert (figures["utilisation"], figures["services"]["ho-tich"]["mean_s"]) == (0, None)


def test_no_counter_ever_opens(folder: Folder) -> None:
    hall = json.loads(HALL)
    for counter in hall["counters"]:
        counter["open"] = []
    assert folder.run(json.dumps(hall)) == 0
    assert (folder.figures()["unserved"], folder.figures()["utilisation"]) == (3, None)
    assert folder.figures()["left"] == 1


def test_neither_the_order_of_the_file_nor_the_seed_changes_the_day(folder: Folder) -> None:
    assert folder.run() == 0
    once = folder.out.read_bytes(), folder.summary.read_bytes()
    header, *people = ARRIVALS.splitlines()
    assert folder.run(HALL, "\r\n".join([header, *reversed(people)]), "--seed", "7") == 0
    assert (folder.out.read_bytes(), folder.summary.read_bytes()) == once


@pytest.mark.parametrize("policy", [policy.value for policy in PolicyName])
def test_every_policy_serves_everybody_and_says_why_in_the_language_asked_for(folder: Folder, policy: str) -> None:
    patient = ARRIVALS.replace(",900\n", ",\n")
    assert folder.run(HALL, patient, "--policy", policy, "--language", "en") == 0
    rows = folder.rows()
    assert {row["id"] for row in rows} == {"A1", "A2", "A3", "B4"}
    assert all(row["id"] in row["reason"] and "phút" not in row["reason"] for row in rows)


def test_ids_stay_the_text_they_are(folder: Folder) -> None:
    people = HEADER + '"a ""b"", c",30000,ho-tich,0,60,\n007,30001,ho-tich,0,60,\n"two\nlines",30002,ho-tich,0,60,\n'
    assert folder.run(HALL, people) == 0
    assert [row["id"] for row in folder.rows()] == ['a "b", c', "007", "two\nlines"]


def test_a_byte_order_mark_tabs_and_foreign_line_ends_are_no_mistake(folder: Folder) -> None:
    assert folder.run() == 0
    once = folder.out.read_bytes()
    assert folder.run(b"\xef\xbb\xbf" + HALL.replace("  ", "\t").encode(), b"\xef\xbb\xbf" + ARRIVALS.encode()) == 0
    assert folder.out.read_bytes() == once
    assert folder.run(HALL.replace("\n", "\r\n"), ARRIVALS.replace("\n", "\r\n") + "\r\n\r\n") == 0
    assert folder.out.read_bytes() == once


def test_an_unknown_policy_is_answered_with_the_known_ones(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        folder.run(HALL, ARRIVALS, "--policy", "best")
    assert refusal.value.code == 2
    said = capsys.readouterr().err
    assert all(policy.value in said for policy in PolicyName)


def test_results_are_whole_or_not_there(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.summary.mkdir()
    assert folder.run() == 2
    assert "summary.json" in capsys.readouterr().err
    assert sorted(path.name for path in folder.path.iterdir()) == ["arrivals.csv", "hall.json", "summary.json"]


def test_a_result_never_takes_the_place_of_what_it_was_made_from(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.out = folder.path / "x" / ".." / "arrivals.csv"
    (folder.path / "x").mkdir()
    assert folder.run() == 2
    assert "--arrivals and --out are the same file" in capsys.readouterr().err
    assert (folder.path / "arrivals.csv").read_text(encoding="utf-8") == ARRIVALS
