"""`motcua replay`: a recorded day, read back and run again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest

from queue_server.catalogue.load import load_hall
from queue_server.domain.dispatch import PolicyName, rules_of
from queue_server.domain.hall import Hall
from queue_server.domain.ids import PriorityCode, ServiceCode, TicketId
from queue_server.domain.observation import LONGEST_S
from queue_server.domain.simulation import Arrival, Outcome, Roster, simulate
from queue_server.domain.ticket import Ticket
from queue_server.service import learn
from queue_server.service.day_end import DAY_ENDED, SYSTEM
from queue_server.simulate.recorded import RecordedDay, read_day
from queue_server.simulate.replay import main
from queue_server.store.database import FILE, connect
from tests.queue_server.simulate.recording import Recording, record
from tests.queue_server.small_hall import CLERK, DAY

HALL_FILE = """
agency = { vi = "X", en = "X" }
name = { vi = "Y", en = "Y" }
level = "commune"
[hours]
monday = ["07:30-11:30", "13:30-17:00"]
[calling]
policy = "POLICY"
[[group]]
code = "paper"
prefix = "B"
name = { vi = "Giấy", en = "Paper" }
services = ["2.000815", "2.000884"]
[[counter]]
id = 1
name = { vi = "Quầy 1", en = "Counter 1" }
groups = ["paper"]
[[counter]]
id = 2
name = { vi = "Quầy 2", en = "Counter 2" }
services = ["2.000884"]
[[priority]]
code = "elderly"
name = { vi = "Cao tuổi", en = "Elderly" }
[[rating]]
code = "good"
name = { vi = "Tốt", en = "Good" }
value = 2
[[rating]]
code = "bad"
name = { vi = "Kém", en = "Bad" }
value = 1
"""
COPIES, SIGNATURES = ServiceCode("2.000815"), ServiceCode("2.000884")
OPEN = ((27000.0, 41400.0), (48600.0, 61200.0))


def a_hall(tmp_path: Path, policy: PolicyName = PolicyName.LATENESS) -> tuple[Path, Hall]:
    path = tmp_path / "hall.toml"
    path.write_text(HALL_FILE.replace("POLICY", policy), encoding="utf-8")
    return path, load_hall(path)(DAY)


def busy_day() -> list[Arrival]:
    """Ninety people, every fifth with priority, every seventh impatient; nothing is left to chance."""
    return [
        Arrival(
            TicketId(n),
            f"B-{n:03d}",
            26500.0 + 180 * n + (7500 if n > 80 else 0),
            COPIES if n % 3 else SIGNATURES,
            PriorityCode("elderly") if n % 5 == 0 else None,
            240.0 + 37 * (n % 11),
            400.0 if n % 7 == 0 else None,
        )
        for n in range(1, 91)
    ]


def a_day(tmp_path: Path, hall: Hall) -> tuple[list[Arrival], Outcome]:
    """The busy day, recorded in `tmp_path` / data."""
    arrivals = busy_day()
    rosters = [Roster(counter, OPEN) for counter in hall.counters]
    clock = hall.day(DAY).clock
    outcome = simulate(rosters, clock, arrivals, rules_of(hall), hall.durations)
    record(tmp_path / "data", hall, lambda book: book.day(arrivals, outcome, rosters))
    return arrivals, outcome


def read(tmp_path: Path, hall: Hall) -> RecordedDay:
    with closing(connect(tmp_path / "data" / FILE, read_only=True)) as sql:
        return read_day(sql, hall, DAY)


@pytest.mark.parametrize("policy", list(PolicyName))
def test_a_recorded_day_makes_the_same_calls_again(tmp_path: Path, policy: PolicyName) -> None:
    _, hall = a_hall(tmp_path, policy)
    _, outcome = a_day(tmp_path, hall)
    recorded = read(tmp_path, hall)
    with closing(connect(tmp_path / "data" / FILE, read_only=True)) as sql:
        durations = learn.durations(sql, hall, DAY)
    clock = recorded.day.clock
    again = simulate(recorded.rosters, clock, recorded.arrivals, rules_of(hall), durations)

    def calls(day: Outcome, numbers: dict[TicketId, str]) -> list[tuple[object, ...]]:
        return [(numbers[each.id], each.counter, each.called_s, each.finished_s) for each in day.served]

    assert calls(again, {each.id: each.number for each in recorded.arrivals}) == calls(
        outcome, {each.id: each.number for each in busy_day()}
    )
    assert len(again.served) > 60
    assert recorded.left == sum(each.left for each in outcome.lost) > 0
    assert sorted(call.waited_s for call in recorded.calls) == sorted(each.waited_s for each in outcome.served)


def run(tmp_path: Path, *more: str) -> int:
    given = ["--data", str(tmp_path / "data"), "--day", DAY.isoformat(), "--hall-file", str(tmp_path / "hall.toml")]
    return main([*given, "--picture", str(tmp_path / "day.svg"), *more])


def variant(**changes: object) -> dict[str, object]:
    figures = {"target_s": 900, "mean_s": 300}
    counter = {"skills": [COPIES, SIGNATURES], "open": [list(span) for span in OPEN]}
    counters = [{"id": ident, **counter} for ident in (1, 2, 3)]
    return {"services": {COPIES: figures, SIGNATURES: figures}, "counters": counters} | changes


def test_another_staffing_stands_beside_the_recorded_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, hall = a_hall(tmp_path)
    a_day(tmp_path, hall)
    (tmp_path / "variant.json").write_text(json.dumps(variant()), encoding="utf-8")
    assert run(tmp_path, "--hall", str(tmp_path / "variant.json"), "--language", "en") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split("  ")[-3:] == ["As recorded", "Same, simulated", "Otherwise"]
    recorded, same, otherwise = map(float, next(line for line in lines if line.startswith("Mean wait")).split()[-3:])
    assert recorded == same
    assert otherwise < recorded / 2, "three counters that do everything, instead of one and a half"
    assert any(line.strip().startswith("Counter 3") for line in lines)


def test_the_picture_shows_both_days_the_target_and_the_break_and_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, hall = a_hall(tmp_path)
    arrivals, outcome = a_day(tmp_path, hall)
    assert run(tmp_path, "--policy", "first-come") == 0
    assert "Thực tế đã ghi" in capsys.readouterr().out
    root = ElementTree.fromstring((tmp_path / "day.svg").read_text(encoding="utf-8"))
    tag = "{http://www.w3.org/2000/svg}"
    words = [element.text for element in root.iter(f"{tag}text")]
    assert {"Thời gian chờ trong ngày 23/11/2026", "Thực tế đã ghi", "Phương án khác", "Mức chờ 15 phút", "Nghỉ"} <= {
        *words
    }
    marks = [element.tag for group in root.iter(f"{tag}g") for element in group]
    assert marks.count(f"{tag}circle") == len(outcome.served)
    assert marks.count(f"{tag}polygon") > 60
    assert not any(arrival.number in (word or "") for arrival in arrivals for word in words)


def test_what_happens_to_a_ticket_becomes_stays_at_counters(tmp_path: Path) -> None:
    _, hall = a_hall(tmp_path)

    def write(book: Recording) -> None:
        def came(at: float) -> Arrival:
            return Arrival(TicketId(0), "", at, SIGNATURES, None, 0)

        day = hall.day(DAY)
        book.counter(1, 27000, "counter-opened")
        book.counter(2, 27000, "counter-opened")
        missed = book.called(book.issued(came(27000)), 1, 27100)
        book.save(missed.no_show(book.at(27160), CLERK))
        parked = book.called(book.issued(came(27200)), 1, 27300)
        parked = book.save(parked.park(book.at(27400), CLERK))
        aside = parked.stood_aside_s(day, book.at(28000))
        back = book.save(parked.resume(book.at(28000), CLERK, aside_s=aside))
        again = book.called(back, 1, 28100)
        again = book.save(again.start(book.at(28100), CLERK))
        onward = book.save(again.finish(book.at(28200), CLERK, next_service=COPIES))
        sent = book.called(onward, 1, 28300)
        sent = book.save(sent.transfer(book.at(28350), CLERK, SIGNATURES))
        last = book.called(sent, 2, 28500)
        book.counter(1, 28600, "counter-paused")
        book.counter(1, 28900, "counter-opened")
        book.counter(1, 29000, "counter-closed")
        book.save(book.issued(came(28400)).cancel(book.at(28450), CLERK, "gone"))
        book.save(book.issued(came(28410)).cancel(book.at(100_000), SYSTEM, DAY_ENDED))
        book.issued(came(28420))
        assert last.counter == 2

    record(tmp_path / "data", hall, write)
    recorded = read(tmp_path, hall)
    mean = hall.service(SIGNATURES).mean_s
    assert [(call.called_s, call.service, call.waited_s, call.busy_s) for call in recorded.calls] == [
        (27100, SIGNATURES, 100, 60),
        (27300, SIGNATURES, 100, 100),
        (28100, SIGNATURES, 100, 100),
        (28300, COPIES, 100, 50),
        (28500, SIGNATURES, 150, mean),  # nobody finished it
    ]
    assert recorded.cut == 1
    assert (recorded.no_shows, recorded.left, recorded.unserved) == (1, 1, 2)
    assert [arrival.patience_s for arrival in recorded.arrivals if arrival.at == 28400] == [50]
    assert [roster.open for roster in recorded.rosters] == [
        ((27000, 28600), (28900, 29000)),
        ((27000, 28500 + mean),),  # nobody closed it: open until the last that happened there
    ]


def test_a_counter_left_open_overnight_is_open_the_next_day_only_if_somebody_works_there(tmp_path: Path) -> None:
    _, hall = a_hall(tmp_path)

    def write(book: Recording) -> None:
        book.counter(1, -3600, "counter-opened")
        book.counter(2, -3600, "counter-opened")
        book.counter(2, -1800, "counter-paused")
        book.called(book.issued(Arrival(TicketId(0), "", 27000, COPIES, None, 0)), 1, 27100)

    record(tmp_path / "data", hall, write)
    assert [roster.open for roster in read(tmp_path, hall).rosters] == [((0, 27100 + hall.service(COPIES).mean_s),), ()]


def test_a_counter_that_was_opened_and_then_forgotten_was_not_open(tmp_path: Path) -> None:
    _, hall = a_hall(tmp_path)

    def write(book: Recording) -> None:
        book.counter(1, 27000, "counter-opened")
        book.counter(2, 27000, "counter-opened")
        book.counter(2, 80000, "counter-closed", SYSTEM)
        book.issued(Arrival(TicketId(0), "", 26000, COPIES, None, 0))

    record(tmp_path / "data", hall, write)
    assert [roster.open for roster in read(tmp_path, hall).rosters] == [(), ()]


def forget(book: Recording, counter: int, called: float) -> Ticket:
    """Somebody is called and served, and nobody presses “finish”."""
    ticket = book.called(book.issued(Arrival(TicketId(0), "", called - 60, SIGNATURES, None, 0)), counter, called)
    return book.save(ticket.start(book.at(called), CLERK))


def test_a_forgotten_finish_is_no_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, hall = a_hall(tmp_path)

    def write(book: Recording) -> None:
        book.counter(1, 27000, "counter-opened")
        book.counter(2, 27000, "counter-opened")
        for called, finished in ((27100, 27400), (41300, 48700), (49000, 49001), (61100, 61900)):
            book.save(forget(book, 2, called).finish(book.at(finished), CLERK))  # the second: after the break
        book.save(forget(book, 1, 60000).finish(book.at(50 * 3600), SYSTEM, DAY_ENDED))
        missed = book.called(book.issued(Arrival(TicketId(0), "", 62000, SIGNATURES, None, 0)), 2, 62100)
        book.save(missed.no_show(book.at(62200), SYSTEM, DAY_ENDED))
        book.counter(2, 80000, "counter-closed", SYSTEM)
        book.counter(1, 50 * 3600, "counter-closed", SYSTEM)

    record(tmp_path / "data", hall, write)
    recorded = read(tmp_path, hall)
    mean = hall.service(SIGNATURES).mean_s
    assert [(call.called_s, call.busy_s) for call in recorded.calls] == [
        (27100, 300),
        (41300, mean),
        (49000, 1),
        (60000, mean),
        (61100, 800),  # begun before closing and finished by hand
        (62100, 100),  # the server put an end to it before the mean was over
    ]
    assert [arrival.service_s for arrival in recorded.arrivals] == [300, mean, 1, mean, 800, 100]
    assert recorded.cut == 3
    assert [roster.open for roster in recorded.rosters] == [((27000, 60000 + mean),), ((27000, 62200),)]
    assert run(tmp_path, "--language", "en") == 0
    said = capsys.readouterr().out
    assert "“Finish” was forgotten 3 times" in said
    busy = [line for line in said.splitlines() if "busy" in line or line.startswith("  Counter")]
    shares = [float(share) for line in busy for share in re.findall(r"\d+\.\d", line)]
    assert len(shares) == 6
    assert max(shares) < 100


@pytest.mark.parametrize(
    ("called", "takes", "forgotten"),
    [
        (48_700, LONGEST_S, False),
        (48_700, LONGEST_S + 1, True),
        (80_000, 6_399, False),
        (80_000, 6_400, True),  # at midnight
        (41_000, 7_599, False),  # just before the hall opens again
        (41_000, 7_600, True),
        (48_700, None, True),
        (48_700, 1e7, True),
    ],
)
def test_nobody_is_served_past_the_next_opening_midnight_or_six_hours(
    tmp_path: Path, called: float, takes: float | None, forgotten: bool
) -> None:
    _, hall = a_hall(tmp_path)

    def write(book: Recording) -> None:
        ticket = forget(book, 2, called)
        if takes is not None:
            book.save(ticket.finish(book.at(called + takes), CLERK))

    record(tmp_path / "data", hall, write)
    recorded = read(tmp_path, hall)
    assert recorded.cut == forgotten
    assert [call.busy_s for call in recorded.calls] == [hall.service(SIGNATURES).mean_s if forgotten else takes]


def break_database(tmp_path: Path) -> None:
    (tmp_path / "data" / FILE).write_bytes(b"no database at all\n" * 100)


def come_from_the_future(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "data" / FILE)) as sql:
        sql.execute("UPDATE _sqlite_migrations SET name = '9999_later' WHERE name = '0001_hall'")


def lose_database(tmp_path: Path) -> None:
    (tmp_path / "data" / FILE).unlink()


def take_another_hall(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"2.000815", ', ""), encoding="utf-8")


def write_a_bad_hall(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_text("level = 7\n")


@pytest.mark.parametrize(
    ("harm", "more", "words"),
    [
        (None, ["--day", "2026-11-24"], ["nothing is recorded on 2026-11-24", "2026-11-23"]),
        (None, ["--data", "nowhere"], ["nowhere", "there is no database"]),
        (None, ["--picture", "day.png"], ["day.png", ".svg"]),
        (None, ["--picture", "nowhere/day.svg"], ["nowhere/day.svg", "cannot be written"]),
        (None, ["--hall", "nowhere.json"], ["nowhere.json", "cannot be read"]),
        (None, ["--hall", "hall.toml"], ["hall.toml", "line 2 column 1", "not valid JSON"]),
        (None, ["--hall", "less.json"], ["“services” lacks", "2.000884"]),
        (break_database, [], ["cannot be read"]),
        (lose_database, [], ["there is no database"]),
        (come_from_the_future, [], ["9999_later"]),
        (take_another_hall, [], ["không tiếp nhận thủ tục “2.000815”", "does not offer", "--hall-file"]),
        (write_a_bad_hall, [], ["hall.toml", "agency"]),
    ],
)
def test_what_cannot_be_replayed_is_said_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    harm: Callable[[Path], None] | None,
    more: list[str],
    words: list[str],
) -> None:
    _, hall = a_hall(tmp_path)
    for_each = [Arrival(TicketId(0), "", 27000, service, None, 0) for service in (COPIES, SIGNATURES)]
    record(tmp_path / "data", hall, lambda book: [book.issued(arrival) for arrival in for_each])
    figures = {"target_s": 900, "mean_s": 300}
    less = variant(services={COPIES: figures}, counters=[{"id": 1, "skills": [COPIES], "open": [[1, 2]]}])
    (tmp_path / "less.json").write_text(json.dumps(less), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    if harm is not None:
        harm(tmp_path)
    assert run(tmp_path, *more) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert all(word in said.err for word in words), said.err
    assert not (tmp_path / "day.svg").exists()


def test_a_day_that_is_no_day_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for day in ("yesterday", "2026-02-30", ""):
        with pytest.raises(SystemExit) as refusal:
            run(tmp_path, "--day", day)
        assert refusal.value.code == 2
        assert "such as 2026-11-23" in capsys.readouterr().err
