"""One ticket through real parts: touch, paper, the clerk's call, the board's voice, the rating, the event log."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from hardware.printers.fake_tcp import FakeTcpPrinter
from queue_server.contract import API, HallView, TrackView
from queue_server.demo import DEMO_PASSWORD
from tests.e2e.browser import Board, Desk, Phone, signed_in
from tests.e2e.event_log import event_log, outcomes
from tests.e2e.kiosk_window import KioskWindow
from tests.e2e.printed import printed_ticket, qr_address
from tests.hall_server import RunningHall

BIRTH = "1.001193"
EXTRACT = "2.000635"
JOB_S = 120.0


def track(hall: RunningHall, address: str) -> TrackView:
    """What the server tells the holder of a ticket, by the address on it."""
    with hall.client() as client:
        answer = client.get(f"{API}/track/{address.rpartition('/')[2]}")
    assert answer.status_code == 200, answer.text
    return TrackView.model_validate_json(answer.content)


def test_a_ticket_goes_from_touch_to_paper_to_call_to_voice_to_rating_to_the_log(
    hall: RunningHall, printer: FakeTcpPrinter, kiosk: KioskWindow, browser: Browser
) -> None:
    board = Board(browser, hall.url)

    # A citizen touches: the number stands on the screen, the ticket comes out as bytes at the printer's port.
    kiosk.start("vi")
    kiosk.choose("ho-tich", BIRTH)
    number = kiosk.confirm()
    assert number == "A-001"
    job, *more = printer.device.wait_for_jobs(1, JOB_S)
    assert more == []
    paper = printed_ticket(job)
    assert paper.address == qr_address(kiosk.screen.picture()), "paper and screen lead to the same place"
    assert paper.address.startswith(f"{hall.url}/t/")
    assert (track(hall, paper.address).number, track(hall, paper.address).state) == (number, "waiting")
    kiosk.leave()

    # The citizen's phone follows; the clerk presses Next.
    phone = Phone(browser, paper.address)
    phone.shows("waiting")
    assert phone.lines_of_number == 1
    desk = Desk(browser, hall.url, "canbo1", DEMO_PASSWORD, 1)
    desk.key("n", "KeyN")
    desk.has(number, "called")
    phone.shows("called")

    # The board shows the call and speaks it to its end.
    board.shows(number, 1)
    (spoken,) = board.has_spoken(1)
    assert (spoken["kind"], spoken["number"], spoken["counter"]) == ("call", number, 1)
    assert spoken["outcome"] == "spoken"
    assert spoken["texts"] == ["Mời số A không không một đến quầy số một."]
    lengths = [sound["duration"] for sound in board.heard]
    assert [sound["at"] for sound in board.heard] == pytest.approx(lengths, abs=0.1), "each sound played to its end"
    assert lengths[-1] > 4.0, "the sentence, said twice, lasts some seconds"

    # Served, finished, rated once on the phone.
    desk.key("s", "KeyS")
    desk.has(number, "serving")
    phone.shows("serving")
    desk.key("f", "KeyF")
    desk.is_free()
    phone.shows("finished")
    phone.rate("very-satisfied")
    rated = track(hall, paper.address)
    assert (rated.rating, rated.rateable) == ("very-satisfied", False)

    # The log tells it in order, and by whom.
    assert [(event.kind, event.actor) for event in event_log(hall.data) if event.number == number] == [
        ("issued", "device:kiosk-1"),
        ("called", "user:canbo1"),
        ("started", "user:canbo1"),
        ("finished", "user:canbo1"),
        ("rated", "citizen"),
    ]

    # The next citizen, in English and called by a click.
    kiosk.start("en", large=True)
    kiosk.choose("ho-tich", EXTRACT, "pregnant")
    second = kiosk.confirm()
    assert printed_ticket(printer.device.wait_for_jobs(2, JOB_S)[1]).address != paper.address
    desk.click("next")
    desk.has(second, "called")
    board.shows(second, 1)
    assert [call["number"] for call in board.has_spoken(2)] == [number, second]
    desk.click("start")
    desk.has(second, "serving")
    desk.click("finish")
    desk.is_free()
    assert [outcome.state for outcome in outcomes(hall.data)] == ["finished", "finished"]
    moments = [event.at for event in event_log(hall.data)]
    assert moments == sorted(moments)
    sound = hall.check()
    assert sound.returncode == 0, sound.stdout


def test_without_paper_the_number_stays_on_the_screen_and_the_fault_is_reported(
    hall: RunningHall, printer: FakeTcpPrinter, kiosk: KioskWindow, browser: Browser
) -> None:
    printer.device.faults.paper_out = True

    kiosk.start("vi")
    kiosk.choose("ho-tich", BIRTH)
    number = kiosk.confirm()
    shown = kiosk.until("the failed print", lambda shown: shown["printing"] == "failed")
    assert shown["number"] == number
    assert "print-again" in shown["buttons"]
    assert printer.device.jobs == []

    # What paper would have said can be read off the screen, and the ticket stands.
    address = qr_address(kiosk.screen.picture())
    assert (track(hall, address).number, track(hall, address).state) == (number, "waiting")
    assert [outcome.number for outcome in outcomes(hall.data)] == [number]

    # The manager sees the fault among the devices.
    page = signed_in(browser, hall.url, "lanhdao", DEMO_PASSWORD, "/hall")
    page.locator(".devices .failed", has_text="kiosk-1").wait_for()
    with hall.client(hall.token("manager", "witness")) as client:
        view = HallView.model_validate_json(client.get(f"{API}/hall").content)
    assert [(device.name, device.part, device.state) for device in view.devices] == [
        ("kiosk-1", "printer", "paper-out"),
        ("kiosk-1", "kiosk", "ready"),
    ]

    # New paper: the same ticket is printed after all, and its clerk can call it.
    printer.device.faults.paper_out = False
    kiosk.touch("print-again")
    kiosk.until("the printed ticket", lambda shown: shown["printing"] == "done")
    (job,) = printer.device.wait_for_jobs(1, JOB_S)
    assert printed_ticket(job).address == address
    page.locator(".devices .failed", has_text="kiosk-1").wait_for(state="detached")
    desk = Desk(browser, hall.url, "canbo1", DEMO_PASSWORD, 1)
    desk.click("next")
    desk.has(number, "called")
