"""The measuring itself works: it runs, counts rightly and says ratios. No figure is judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.devices import AgentStuckError, counter, works
from bench.figures import Against, Figure, Row, Times, percentile, ratios, throughput
from bench.paper import length
from bench.table import table

ROOT = Path(__file__).resolve().parents[2]


def test_a_quick_run_measures_ticket_issue_against_raw_commits(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    command = ["-m", "bench", "--quick", "--only", "issue", "--json", str(written), "--dir", str(tmp_path)]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "ticket issue over HTTP, 16 clients" in done.stdout
    told = json.loads(written.read_text(encoding="utf-8"))
    rows = told["figures"]["Durable ticket issue"]
    assert [row["measured"]["value"] > 0 for row in rows] == [True, True]
    assert all(ratio > 0 for row in rows for against in row["against"] for ratio in against["ratios"])
    assert "SQLite" in told["machine"]["software"]
    assert list(tmp_path.iterdir()) == [written], "nothing is left behind"


def test_a_percentile_is_one_of_the_values_and_not_between_two() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values, 50) == 50
    assert percentile(values, 99) == 99
    assert percentile([7.0], 99) == 7.0


def test_a_throughput_is_the_median_of_the_rounds_and_its_times_are_of_all_of_them() -> None:
    rounds = [Times((0.1, 0.3), 0.4), Times((0.2, 0.2), 0.2), Times((0.1, 0.1), 0.1)]
    figure = throughput("x", rounds)
    assert figure.value == pytest.approx(10)
    assert figure.p50_ms == pytest.approx(100)
    assert figure.p99_ms == pytest.approx(300)


def test_the_table_shows_the_ratio_its_spread_and_the_aim() -> None:
    against = Against(Figure("the disk alone", 200), ratios([100, 120, 90], [200, 200, 200]), aim=0.5)
    row = Row("tickets/s", Figure("tickets", 100, 1.0, 9.0), (against,), more_is_better=True, notes=("a note",))
    text = table({"processor": "a fast one"}, {"Issue": [row]})
    assert "a fast one" in text
    assert "a note" in text
    line = next(line for line in text.splitlines() if "the disk alone" in line)
    assert "0.50 ↑" in line
    assert "0.45–0.60" in line
    assert "≥ 0.5" in line


def test_the_printer_tells_a_tickets_commands_from_its_dots() -> None:
    band = b"\x1dv0\x00" + (2).to_bytes(2, "little") + (3).to_bytes(2, "little") + b"\x1dV\x00\x1b@\xff"
    assert length(b"\x1b@rest") == 2
    assert length(band) == len(band), "dots that look like a cut are dots"
    assert length(band[:-1]) == 0, "the rest of the band is still to come"
    assert length(b"\x1dV\x00") == 3
    assert length(b"\x10\x04\x01") == 3


def test_a_press_that_did_not_arrive_is_no_figure() -> None:
    assert works({"display_s": 0.02, "sound_s": 0.05})
    with pytest.raises(AgentStuckError, match="dark"):
        works({"error": "dark"})
    assert [counter(turn) for turn in range(9)] == [*range(1, 9), 1]
