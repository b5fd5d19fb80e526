"""The kiosk's client against a real server that can be silent, broken or closed."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator

import pytest

from kiosk.client import Client
from kiosk.fake_hall import FakeHall, problem
from queue_server.contract import DeviceReport, Kind, Language, PartReport, TicketRequest
from queue_server.contract.client import TOTAL_S, RefusedError, UncertainError

REQUEST = TicketRequest(service="2.000815", priority="elderly", language=Language.EN)


@pytest.fixture
def hall() -> Iterator[FakeHall]:
    with FakeHall() as running:
        yield running


@pytest.fixture
def client(hall: FakeHall) -> Iterator[Client]:
    with Client(hall.url, hall.token) as made:
        # A silent server is let go by the test, so no test waits for the real limits.
        yield made


def test_services_arrive_as_the_wire_model(hall: FakeHall, client: Client) -> None:
    assert client.services() == hall.reply


def test_the_same_key_gives_the_same_ticket(hall: FakeHall, client: Client) -> None:
    first = client.issue("key-1", REQUEST)
    assert client.issue("key-1", REQUEST) == first
    assert client.issue("key-2", REQUEST).number != first.number
    assert [key for key, _ in hall.requests] == ["key-1", "key-1", "key-2"]
    assert hall.requests[0][1] == REQUEST


def test_a_report_reaches_the_server(hall: FakeHall, client: Client) -> None:
    report = DeviceReport(parts=(PartReport(part="printer", kind=Kind.PRINTER, state="paper-out", detail="no paper"),))
    client.report(report)
    assert hall.reports == [report]


def test_a_refusal_carries_the_servers_words(hall: FakeHall, client: Client) -> None:
    hall.refusal = problem(409, "hall-closed", "Đã ngừng cấp số.", "Mời quay lại lúc 13 giờ 30.")
    with pytest.raises(RefusedError) as caught:
        client.issue("key-1", REQUEST)
    assert caught.value.problem == hall.refusal


def test_a_wrong_token_is_a_refusal(hall: FakeHall) -> None:
    with Client(hall.url, "wrong") as client, pytest.raises(RefusedError) as caught:
        client.issue("key-1", REQUEST)
    assert caught.value.problem.code == "unauthorized"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_a_status_that_may_pass_leaves_the_ticket_uncertain(hall: FakeHall, client: Client, status: int) -> None:
    hall.refusal = problem(status, "later", "Bận.", "Thử lại.")
    with pytest.raises(UncertainError):
        client.issue("key-1", REQUEST)


def test_a_broken_server_leaves_the_ticket_uncertain(hall: FakeHall, client: Client) -> None:
    hall.broken = True
    with pytest.raises(UncertainError, match="500"):
        client.issue("key-1", REQUEST)


def test_words_that_are_not_ours_leave_the_ticket_uncertain(hall: FakeHall, client: Client) -> None:
    hall.garbled = True
    with pytest.raises(UncertainError):
        client.issue("key-1", REQUEST)
    with pytest.raises(UncertainError):
        client.services()


def test_an_answer_lost_on_the_way_leaves_the_ticket_uncertain_and_the_key_finds_it(
    hall: FakeHall, client: Client
) -> None:
    hall.silent_after = True
    hall.release()
    with pytest.raises(UncertainError):
        client.issue("key-1", REQUEST)
    hall.silent_after = False
    assert client.issue("key-1", REQUEST) == hall.tickets["key-1"]
    assert len(hall.tickets) == 1


def test_a_server_that_is_down_is_uncertain() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Client(url, "t") as client, pytest.raises(UncertainError):
        client.services()


def test_a_server_that_drips_is_given_up_after_a_limit(hall: FakeHall) -> None:
    clock = itertools.count(0.0, TOTAL_S + 1.0)
    with Client(hall.url, hall.token, lambda: next(clock)) as client, pytest.raises(UncertainError, match="too slow"):
        client.services()


def test_a_foreign_error_page_is_a_refusal_without_words(hall: FakeHall, client: Client) -> None:
    hall.refusal = None
    with pytest.raises(RefusedError) as caught:
        client.call("GET", "/nothing", {})
    assert caught.value.problem.status == 404
