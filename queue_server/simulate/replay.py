"""`motcua replay`: a recorded day beside the same day with another staffing or policy, in figures and as a picture."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from queue_server.catalogue.faults import CatalogueError
from queue_server.catalogue.load import SAMPLE_HALL, load_hall
from queue_server.domain.dispatch import PolicyName, Rules, rules_of
from queue_server.domain.durations import Durations
from queue_server.domain.errors import HallError
from queue_server.domain.hall import Hall
from queue_server.domain.hall_clock import HallClock
from queue_server.domain.simulation import Outcome, Roster, simulate
from queue_server.domain.text import N_, Language
from queue_server.locale import translator
from queue_server.service import learn
from queue_server.service.words import message
from queue_server.store import days
from queue_server.store.database import FILE, connect
from queue_server.store.migrations import SchemaTooNew, check_known

from .command import EXIT_BAD_INPUT, add_language, add_policy, warn
from .hall_json import Staffing, read_hall
from .picture import Series, picture
from .problems import BadInput
from .recorded import RecordedDay, read_day
from .summary import Summary, calls_of, simulated
from .table import Column, table
from .whole_file import write_whole

AS_RECORDED, AS_SIMULATED, OTHERWISE = N_("As recorded"), N_("Same, simulated"), N_("Otherwise")
FORGOTTEN = N_("“Finish” was forgotten {cut} times: taken to last as long as the service does on average.")
SHOWN_DAYS = 10
OTHER_HALL = "--hall-file: tệp TOML của motcua serve · the TOML file that motcua serve got"


def main(argv: list[str]) -> int:
    """0 with a table on standard output and the picture written, 2 with what is wrong with the day or a file."""
    options = _options(argv)
    try:
        hall = _hall(options.hall_file, options.day)
        recorded, durations = _recorded(options.data / FILE, hall, options.day)
        staffing = read_hall(options.hall, _warn) if options.hall is not None else None
        columns, series = _compared(recorded, rules_of(hall), durations, staffing, options.policy, options.language)
        path: Path = options.picture or Path(f"replay-{options.day}.svg")
        if path.suffix.lower() != ".svg":
            raise BadInput([f"{path}: hình là SVG, cần tên tệp .svg · the picture is SVG: the name must end in .svg"])
        targets = {call.service for call in recorded.calls}
        lines = [service.target_s for service in hall.services if service.code in targets]
        breaks = recorded.day.clock.breaks
        write_whole({path: picture(f"{options.day:%d/%m/%Y}", series, lines, breaks, options.language)})
    except BadInput as error:
        for line in error.lines:
            _warn(line)
        return EXIT_BAD_INPUT
    say = translator(options.language).gettext
    head = say(N_("{day}: {calls} calls, {no_shows} of them no-shows")).format(
        day=options.day, calls=len(recorded.calls), no_shows=recorded.no_shows
    )
    if recorded.cut:
        head += "\n" + say(FORGOTTEN).format(cut=recorded.cut)
    sys.stdout.write(f"{head}\n\n{table(columns, hall, options.language)}\n{path}\n")
    return 0


def _warn(line: str) -> None:
    warn(f"motcua replay: {line}")


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="motcua replay",
        description="A recorded day beside the same day with another staffing or policy (docs/simulator.md).",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the server's folder")
    parser.add_argument("--day", type=_date, required=True, metavar="D", help="such as 2026-11-23")
    parser.add_argument(
        "--hall", type=Path, metavar="variant.json", help="another staffing, as motcua simulate takes it"
    )
    add_policy(parser, default=None)
    parser.add_argument(
        "--hall-file", type=Path, default=SAMPLE_HALL, metavar="FILE", help="what motcua serve got as --hall (TOML)"
    )
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="default: replay-D.svg in this folder")
    add_language(parser)
    return parser.parse_args(argv)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("cần một ngày như 2026-11-23 · expected a day such as 2026-11-23") from error


def _hall(path: Path, day: date) -> Hall:
    try:
        return load_hall(path)(day)
    except CatalogueError as error:
        raise BadInput([str(error)]) from error


def _recorded(path: Path, hall: Hall, day: date) -> tuple[RecordedDay, Durations]:
    """The day, and what the hall knew of its services that morning. Raises BadInput where there is no such database or
    day, or the hall's file is not the one that was served."""
    if not path.is_file():
        raise BadInput([f"{path}: không có cơ sở dữ liệu · there is no database"])
    try:
        with closing(connect(path, read_only=True)) as sql:
            check_known(sql)
            sql.execute("BEGIN")
            recorded = read_day(sql, hall, day)
            durations = learn.durations(sql, hall, day)
            known = days.recorded(sql, SHOWN_DAYS)
    except SchemaTooNew as error:
        raise BadInput([f"{path}: của phiên bản mới hơn · {error}"]) from error
    except sqlite3.Error as error:
        raise BadInput([f"{path}: không đọc được · cannot be read: {error}"]) from error
    except HallError as error:
        said = " · ".join(message(error, language)[0] for language in Language)
        raise BadInput([f"{path}: {said} ({OTHER_HALL})"]) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(
            [f"{path}: không đọc được ngày này · this day cannot be read: {error} ({OTHER_HALL})"]
        ) from error
    if not recorded.arrivals:
        listed = ", ".join(map(str, known)) or "–"
        vi, en = f"ngày {day} không có dữ liệu", f"nothing is recorded on {day}"
        raise BadInput([f"{path}: {vi} · {en}; đã ghi · recorded: {listed}"])
    return recorded, durations


def _compared(
    recorded: RecordedDay,
    rules: Rules,
    durations: Durations,
    staffing: Staffing | None,
    policy: str | None,
    language: str,
) -> tuple[list[Column], list[Series]]:
    """The day as recorded, simulated as it was, and, where that is asked for, simulated otherwise."""
    say = translator(language).gettext
    first = Column(say(AS_RECORDED), recorded.summary(rules.targets))
    same, outcome = _run(recorded, recorded.rosters, recorded.day.clock, rules, durations)
    columns = [first, Column(say(AS_SIMULATED), same)]
    if staffing is not None or policy is not None:
        if policy is not None:
            rules = replace(rules, calling=replace(rules.calling, policy=PolicyName(policy)))
        rosters, clock = recorded.rosters, recorded.day.clock
        if staffing is not None:
            _check_services(recorded, staffing)
            rules, durations = replace(rules, targets=staffing.targets), staffing.durations
            rosters = staffing.rosters
            breaks = clock.breaks if staffing.breaks is None else staffing.breaks
            clock = HallClock(staffing.opens_s, breaks)
        summary, outcome = _run(recorded, rosters, clock, rules, durations)
        columns.append(Column(say(OTHERWISE), summary))
    series = [Series(first.title, recorded.calls), Series(columns[-1].title, calls_of(outcome, recorded.arrivals))]
    return columns, series


def _run(
    recorded: RecordedDay, rosters: tuple[Roster, ...], clock: HallClock, rules: Rules, durations: Durations
) -> tuple[Summary, Outcome]:
    outcome = simulate(rosters, clock, recorded.arrivals, rules, durations)
    return simulated(outcome, recorded.arrivals, rules.targets, rosters, clock.breaks), outcome


def _check_services(recorded: RecordedDay, staffing: Staffing) -> None:
    asked = {arrival.service for arrival in recorded.arrivals}
    missing = ", ".join(sorted(asked - set(staffing.targets)))
    if missing:
        raise BadInput(
            [f"--hall: thiếu các dịch vụ của ngày đó · “services” lacks what was asked for that day: {missing}"]
        )
