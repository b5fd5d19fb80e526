"""`motcua simulate`: a day that is described in two files, run by the live rules, as a schedule and its figures."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from queue_server.domain.dispatch import PolicyName, Rules
from queue_server.domain.hall import Calling
from queue_server.domain.ids import TicketId
from queue_server.domain.simulation import Arrival, Outcome, simulate
from queue_server.domain.text import Language
from queue_server.service.words import reason

from .arrivals_csv import read_arrivals
from .hall_json import Staffing, read_hall
from .problems import BadInput
from .summary import Summary, as_json, simulated
from .whole_file import write_whole

COLUMNS = ("id", "counter", "called_s", "finished_s", "reason")
EXIT_BAD_INPUT = 2


def main(argv: list[str]) -> int:
    """0 when the schedule stands, 2 with a line for each problem when a file is not as expected."""
    options = _options(argv)
    try:
        _check_paths(options)
        staffing, arrivals = _read(options.hall, options.arrivals)
        rules = Rules(staffing.targets, Calling(policy=PolicyName(options.policy)))
        outcome = simulate(staffing.rosters, staffing.clock, arrivals, rules, staffing.durations)
        summary = simulated(outcome, arrivals, staffing.targets, staffing.rosters, staffing.clock.breaks)
        names = {arrival.id: arrival.number for arrival in arrivals}
        texts = {options.out: schedule(outcome, names, options.language)}
        if options.summary is not None:
            texts[options.summary] = json.dumps(as_json(summary), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        write_whole(texts)
    except BadInput as error:
        for line in error.lines:
            warn(line)
        return EXIT_BAD_INPUT
    sys.stdout.write(_in_short(summary, options.out))
    return 0


def schedule(outcome: Outcome, names: Mapping[TicketId, str], language: str) -> str:
    """The calls as CSV, in their order, each with its reason in words."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for served in outcome.served:
        why = reason(served.decision.why, served.decision.params, language) if served.decision is not None else ""
        called, finished = _seconds(served.called_s), _seconds(served.finished_s)
        writer.writerow([names[served.id], served.counter, called, finished, why])
    return text.getvalue()


def warn(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="motcua simulate",
        description="Run a day from two files through the rules of the live hall. File formats: docs/simulator.md.",
    )
    parser.add_argument("--hall", type=Path, required=True, metavar="hall.json", help="services, counters, breaks")
    parser.add_argument("--arrivals", type=Path, required=True, metavar="arrivals.csv", help="who comes, and when")
    parser.add_argument("--out", type=Path, required=True, metavar="schedule.csv", help="who was called where and why")
    parser.add_argument("--summary", type=Path, metavar="summary.json", help="also write the day's figures")
    add_policy(parser, default=PolicyName.LATENESS)
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help="changes nothing: no policy uses chance; for scripts that pass it",
    )
    add_language(parser)
    return parser.parse_args(argv)


def add_policy(parser: argparse.ArgumentParser, default: PolicyName | None) -> None:
    names = [name.value for name in PolicyName]
    said = f"how a counter chooses: {', '.join(names)}" + (f" (default: {default})" if default else "")
    parser.add_argument("--policy", choices=names, default=default, metavar="NAME", help=said)


def add_language(parser: argparse.ArgumentParser) -> None:
    languages = [language.value for language in Language]
    parser.add_argument("--language", choices=languages, default="vi", help="of reasons and labels (default: vi)")


def _check_paths(options: argparse.Namespace) -> None:
    """A result must not take the place of what it was made from."""
    taken: dict[Path, str] = {}
    for name in ("hall", "arrivals", "out", "summary"):
        path: Path | None = getattr(options, name)
        if path is None:
            continue
        other = taken.setdefault(path.resolve(), name)
        if other != name and {name, other} != {"hall", "arrivals"}:
            vi, en = f"--{other} và --{name} là cùng một tệp", f"--{other} and --{name} are the same file"
            raise BadInput([f"{path}: {vi} · {en}"])


def _read(hall: Path, arrivals: Path) -> tuple[Staffing, list[Arrival]]:
    """Both files, so that the problems of both are told at once. Raises BadInput."""
    lines: list[str] = []
    staffing: Staffing | None = None
    people: list[Arrival] = []
    try:
        staffing = read_hall(hall, warn)
    except BadInput as error:
        lines += error.lines
    try:
        people = read_arrivals(arrivals, staffing.targets if staffing is not None else None, warn)
    except BadInput as error:
        lines += error.lines
    if staffing is None or lines:
        raise BadInput(lines)
    return staffing, people


def _in_short(summary: Summary, out: Path) -> str:
    served, left, unserved = summary.waits.served, summary.left, summary.unserved
    return (
        f"{out}: gọi {served} lượt, {left} người bỏ về, {unserved} người chưa được gọi"
        f" · {served} called, {left} left, {unserved} never called\n"
    )


def _seconds(number: float) -> str:
    """Exactly, and whole numbers as such."""
    return str(int(number)) if number.is_integer() else repr(number)
