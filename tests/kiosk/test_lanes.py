"""The threads that carry out effects, against a real server and the shipped fake printer."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import effects as do
from kiosk import events as on
from kiosk.fake_hall import FakeHall, problem
from kiosk.fake_services import services_reply
from kiosk.lanes import Hands
from kiosk.settings import Settings
from queue_server.contract import Language, TicketRequest

REQUEST = TicketRequest(service="2.000815")
WAIT_S = 30.0


class Bench:
    """Hands whose answers wait in a queue."""

    def __init__(self, hall: FakeHall, printer: str) -> None:
        self.answers: queue.Queue[on.Event] = queue.Queue()
        self.hall = hall
        self.hands = Hands(Settings(hall.url, hall.token, printer), self.answers.put)

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


def test_a_slip_is_printed(bench: Bench) -> None:
    assert bench.printed() == on.Printed(1)
    assert bench.ask(do.CheckPrinter()) == on.PrinterChecked(None)


@pytest.mark.parametrize(
    ("bench", "code"),
    [("fake://?fault=paper-out", "paper-out"), ("fake://?fault=cover-open", "cover-open"), ("nonsense://", "bad-url")],
    indirect=["bench"],
)
def test_a_printer_that_cannot_print_says_why(bench: Bench, code: str) -> None:
    failed, checked = bench.printed(), bench.ask(do.CheckPrinter())
    assert isinstance(failed, on.PrintFailed)
    assert isinstance(checked, on.PrinterChecked)
    assert (failed.code, checked.code) == (code, code)


def test_a_preview_printer_leaves_a_picture(hall: FakeHall, tmp_path: Path) -> None:
    bench = Bench(hall, f"preview://{tmp_path}")
    assert bench.printed() == on.Printed(1)
    bench.hands.stop()
    assert list(tmp_path.glob("**/*.png"))


def test_a_silent_server_does_not_keep_the_printer_waiting(bench: Bench) -> None:
    bench.hall.silent = True
    bench.hands.run(do.FetchServices())
    assert bench.printed() == on.Printed(1)
    bench.hall.release()


def test_reports_reach_the_server(bench: Bench) -> None:
    bench.hands.run(do.Report("paper-out", "x" * 500))
    bench.ask(do.FetchServices())
    assert [(one.device, one.state, len(one.detail)) for one in bench.hall.reports] == [("kiosk", "paper-out", 200)]
