"""What the kiosk's scanner lane passes on, throws away and refuses; lost and found again."""

from __future__ import annotations

import queue
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.errors import Code, DeviceError
from hardware.scanners.fake_device import fake_serial
from kiosk.events import Event
from kiosk.scan_lane import ScanLane, heard
from kiosk.visit.events import CardScanned, CodeScanned, Equipped, ScanRefused
from tests.hardware.scanners.cards import CARD, NEW_CARD, TODAY
from tests.waiting import until

WAIT_S = 15.0


def next_of(came: queue.Queue[Event], kind: type[Any], fits: Callable[[Any], bool] = lambda _: True) -> Any:
    while True:
        event = came.get(timeout=WAIT_S)
        if isinstance(event, kind) and fits(event):
            return event


@pytest.mark.parametrize("text", [CARD, NEW_CARD])
def test_a_card_of_either_kind_is_passed_on(text: str) -> None:
    event = heard(text, TODAY)
    assert isinstance(event, CardScanned)
    assert event.card.id == text[:12]
    assert text[:12] not in repr(event)


@pytest.mark.parametrize(
    "text",
    [
        "http://192.168.1.10:8080/d/abcDEF_9-xyz",
        "https://motcua.example/t/abcDEF_9-xyz",
        "H57.132-260804-0583",
        "000.00.12.H62-201105-0004",
        "K7M2QX",
    ],
)
def test_codes_of_this_hall_are_passed_on(text: str) -> None:
    assert heard(f" {text}\r", None) == CodeScanned(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("https://example.com/win-a-prize?x=1", "link"),
        ("https://motcua.example/d/x/../../admin", "link"),
        ("A" * 10_000, "not-a-card"),
        ("\x00\x01\udcff\x9d" * 30, "not-a-card"),
        (CARD.replace("07091985", "31021985"), "wrong-date"),
        (CARD.replace("|Nữ|", "|Nam|"), "disagrees"),
        (CARD.rpartition("|")[0], "cut-off"),
        ("", "not-a-card"),
    ],
)
def test_anything_else_is_refused_with_a_reason_and_nothing_of_it(text: str, problem: str) -> None:
    assert heard(text, TODAY) == ScanRefused(problem)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(heard(text, TODAY), CardScanned | CodeScanned | ScanRefused)


def test_what_is_scanned_while_nobody_watches_is_thrown_away_and_a_lost_scanner_is_told() -> None:
    came: queue.Queue[Event] = queue.Queue()
    with fake_serial() as device:
        lane = ScanLane(f"{device.url}?again_s=0", came.put)
        try:
            next_of(came, Equipped, lambda each: each.scanner)
            device.show("K7M2QX")
            lane.watch(True)
            event: Event | None = None
            while not isinstance(event, CardScanned):  # what comes in the very moment of the switch is thrown away
                device.show(CARD)
                with suppress(queue.Empty):
                    event = came.get(timeout=0.5)
            assert event.card.id == CARD[:12]
            lane.watch(False)
            while not came.empty():
                came.get()
            device.show(CARD)
            device.line.unplug()
            lost = next_of(came, Event)
            assert lost == Equipped(scanner=False, camera=False), "nothing came of the card"
            assert lane.health is not None
            assert lane.health.state == "offline"
            device.line.plug()
            next_of(came, Equipped, lambda each: each.scanner)
        finally:
            lane.stop()


@pytest.mark.parametrize("text", ["A" * 10_000, "kh\x07ng"])
def test_a_code_that_cannot_be_read_is_told_and_not_dropped_without_a_word(text: str) -> None:
    came: queue.Queue[Event] = queue.Queue()
    with fake_serial() as device:
        lane = ScanLane(f"{device.url}?again_s=0", came.put)
        try:
            next_of(came, Equipped, lambda each: each.scanner)
            lane.watch(True)
            event: Event | None = None
            while not isinstance(event, ScanRefused):  # what comes in the very moment of the switch is thrown away
                device.show(text)
                with suppress(queue.Empty):
                    event = came.get(timeout=1.0)
            assert event == ScanRefused("unreadable")
            device.show(CARD)
            assert next_of(came, CardScanned).card.id == CARD[:12]
        finally:
            lane.stop()


def test_a_camera_that_scans_is_let_go_when_nobody_watches_even_when_it_fails_just_then() -> None:
    came: queue.Queue[Event] = queue.Queue()
    lane = ScanLane("qr+fake://", came.put)
    try:
        lane.watch(True)
        next_of(came, Equipped)
        lane.watch(False)
        until(lambda: lane._device is None)
        lane.watch(True)
        until(lambda: lane._device is not None)

        def fail(timeout_s: float) -> None:
            lane.watch(False)
            raise DeviceError(Code.OFFLINE, "unplugged")

        lane._device.read = fail  # type: ignore[union-attr, method-assign]
        until(lambda: lane._device is None)
    finally:
        lane.stop()


def test_without_a_scanner_and_with_a_wrong_address_the_kiosk_goes_on() -> None:
    came: queue.Queue[Event] = queue.Queue()
    for url in (None, "scanner+nothing://"):
        lane = ScanLane(url, came.put)
        assert next_of(came, Equipped) == Equipped(scanner=False, camera=False)
        lane.stop()
