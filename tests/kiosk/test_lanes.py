"""The threads that carry out effects, against a real server and the shipped fake printer."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from hardware.health import Kind
from kiosk import effects as do
from kiosk import events as on
from kiosk.fake_hall import FakeHall, problem
from kiosk.fake_services import services_reply
from kiosk.lanes import Hands
from kiosk.settings import Settings
from kiosk.state import Part
from queue_server.contract import Language, TicketRequest

REQUEST = TicketRequest(service="2.000815")
WAIT_S = 30.0


class Bench:
    """Hands whose answers wait in a queue."""

    def __init__(self, hall: FakeHall, *printers: str, spool: Path | None = None) -> None:
        self.answers: queue.Queue[on.Event] = queue.Queue()
        self.hall = hall
        self.hands = Hands(Settings(hall.url, hall.token, printers, spool=spool), self.answers.put)

    def ask(self, effect: do.Effect) -> on.Event:
        self.hands.run(effect)
        return self.answers.get(timeout=WAIT_S)

    def printed(self) -> on.Event:
        reply = services_reply(now=datetime(2026, 11, 23, 1, tzinfo=UTC))
        return self.ask(do.Print(self.hall.issue("key-0", REQUEST), reply, Language.VI))


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    with FakeHall() as running:
        yield running


@pytest.fixture
def bench(hall: FakeHall, request: pytest.FixtureRequest) -> Iterator[Bench]:
    made = Bench(hall, getattr(request, "param", "fake://"))
    yield made
    made.hands.stop()


def test_the_offer_is_fetched(bench: Bench) -> None:
    assert bench.ask(do.FetchServices()) == on.ServicesArrived(bench.hall.reply)


def test_a_ticket_is_issued_under_its_key(bench: Bench) -> None:
    answer = bench.ask(do.IssueTicket("key-1", REQUEST))
    assert answer == on.TicketIssued("key-1", bench.hall.tickets["key-1"])


def test_a_refusal_and_an_uncertain_answer_are_told_apart(bench: Bench) -> None:
    bench.hall.refusal = problem(409, "hall-closed", "Đã đóng.", "Mời quay lại.")
    assert bench.ask(do.IssueTicket("key-1", REQUEST)) == on.IssueRefused("key-1", bench.hall.refusal)
    bench.hall.broken = True
    answer = bench.ask(do.IssueTicket("key-1", REQUEST))
    assert isinstance(answer, on.IssueUncertain)
    assert answer.key == "key-1"
    assert isinstance(bench.ask(do.FetchServices()), on.ServicesFailed)


def kiosk(*printers: str, itself: str = "ready") -> list[tuple[str, Kind, str]]:
    """The states of the parts of a report."""
    names = ("printer", "printer-2")
    states = [(name, Kind.PRINTER, state) for name, state in zip(names, printers, strict=False)]
    return [("kiosk", Kind.KIOSK, itself), *states]


def states(event: on.Event) -> list[tuple[str, Kind, str]]:
    assert isinstance(event, on.Printed | on.PrintFailed | on.PrinterChecked)
    return [(part.name, part.kind, part.state) for part in event.parts]


def test_a_slip_is_printed(bench: Bench) -> None:
    assert isinstance(bench.printed(), on.Printed)
    assert states(bench.ask(do.CheckPrinter())) == kiosk("ready")


@pytest.mark.parametrize(
    ("bench", "code"),
    [("fake://?fault=paper-out", "paper-out"), ("fake://?fault=cover-open", "cover-open"), ("nonsense://", "bad-url")],
    indirect=["bench"],
)
def test_a_printer_that_cannot_print_says_why(bench: Bench, code: str) -> None:
    failed = bench.printed()
    assert isinstance(failed, on.PrintFailed)
    assert states(failed) == states(bench.ask(do.CheckPrinter())) == kiosk(code)


def test_a_second_printer_takes_over(hall: FakeHall, tmp_path: Path) -> None:
    bench = Bench(hall, "fake://?fault=paper-out", f"preview://{tmp_path}")
    printed = bench.printed()
    assert isinstance(printed, on.Printed)
    assert states(printed) == kiosk("paper-out", "unknown")
    assert states(bench.ask(do.CheckPrinter())) == kiosk("paper-out", "ready")
    bench.hands.stop()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_kiosk_that_starts_again_prints_what_was_left_and_marks_what_it_printed(
    hall: FakeHall, tmp_path: Path
) -> None:
    paper, spool = tmp_path / "paper", tmp_path / "spool"
    first = Bench(hall, "fake://?fault=offline", spool=spool)
    assert isinstance(first.printed(), on.PrintFailed)
    first.hands.stop()
    again = Bench(hall, f"preview://{paper}", spool=spool)
    again.ask(do.CheckPrinter())
    assert isinstance(again.printed(), on.Printed)
    again.hands.stop()
    heights = [Image.open(path).height for path in sorted(paper.iterdir())]
    assert len(heights) == 2
    assert heights[1] > heights[0], "the second has the mark above it"
    assert [path.suffix for path in spool.iterdir()] == [".printed"]


def test_a_folder_that_cannot_be_written_is_the_kiosks_own_state(hall: FakeHall, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    bench = Bench(hall, "fake://", spool=tmp_path / "file" / "spool")
    printed = bench.printed()
    bench.hands.stop()
    assert isinstance(printed, on.Printed)
    assert states(printed) == kiosk("unknown", itself="cannot-write")


def test_a_preview_printer_leaves_a_picture(hall: FakeHall, tmp_path: Path) -> None:
    bench = Bench(hall, f"preview://{tmp_path}")
    assert isinstance(bench.printed(), on.Printed)
    bench.hands.stop()
    assert list(tmp_path.glob("**/*.png"))


def test_a_silent_server_does_not_keep_the_printer_waiting(bench: Bench) -> None:
    bench.hall.silent = True
    bench.hands.run(do.FetchServices())
    assert isinstance(bench.printed(), on.Printed)
    bench.hall.release()


def test_reports_reach_the_server(bench: Bench) -> None:
    parts = (Part("kiosk", Kind.KIOSK, "ready"), Part("printer", Kind.PRINTER, "paper-out", "x" * 500))
    bench.hands.run(do.Report(parts))
    bench.ask(do.FetchServices())
    ((itself, printer),) = [report.parts for report in bench.hall.reports]
    assert (itself.part, itself.kind, itself.state) == ("kiosk", Kind.KIOSK, "ready")
    assert (printer.part, printer.state, len(printer.detail)) == ("printer", "paper-out", 200)
