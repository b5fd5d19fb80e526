"""The board in a real Chromium: what it speaks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, expect

from hardware.voices.espeak import EspeakVoice
from hardware.voices.fake import FakeVoice

LONG_WAIT_MS = 40_000

Hall = Any  # conftest's SmallHall
OpenBoard = Callable[..., Page]


def spoken(page: Page, count: int) -> list[dict[str, Any]]:
    """Wait until `count` calls have been spoken and give their log."""
    page.wait_for_function("count => window.__board.spoken.length >= count", arg=count, timeout=LONG_WAIT_MS)
    log = page.evaluate("window.__board.spoken")
    assert isinstance(log, list)
    return log


def test_three_calls_at_once_are_spoken_whole_in_order_and_once(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    page.evaluate(
        "window.seen = []; const hero = document.getElementById('hero');"
        "document.addEventListener('board:speaking', () => window.seen.push(hero.dataset.number))"
    )
    ids = [hall.call(number, counter) for number, counter in (("A-025", 3), ("B-005", 1), ("C-101", 2))]
    log = spoken(page, 3)
    page.wait_for_timeout(500)
    assert [entry["id"] for entry in page.evaluate("window.__board.spoken")] == ids
    assert [entry["outcome"] for entry in log] == ["spoken"] * 3
    assert [entry["texts"] for entry in log] == [
        ["Mời số A không hai lăm đến quầy số ba."],
        ["Mời số B không không năm đến quầy số một.".replace("B", "bê")],
        ["Mời số xê một không một đến quầy số hai."],
    ]
    for earlier, later in pairwise(log):
        assert earlier["end"] <= later["start"]
    assert page.evaluate("window.seen") == ["A-025", "B-005", "C-101"]


def test_each_call_takes_at_least_its_chime_and_both_repetitions(
    make_hall: Callable[..., Hall], open_board: OpenBoard
) -> None:
    hall = make_hall(FakeVoice(), bell=None, preroll_s=0.0)
    page = open_board(hall)
    hall.call("A-025", 3)
    entry = spoken(page, 1)[0]
    seconds = page.evaluate(
        """async () => { const context = new OfflineAudioContext(1, 1, 22050); let sum = 0;
        for (const path of ['chime.wav', 'say?number=A-025&counter=3&repeat=2'])
          sum += (await context.decodeAudioData(await (await fetch(path)).arrayBuffer())).duration;
        return sum; }"""
    )
    assert entry["end"] - entry["start"] >= seconds * 1000


def test_a_recall_is_spoken_again(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    hall.call("A-025", 3)
    spoken(page, 1)
    hall.call("A-025", 3, kind="recall")
    expect(page.locator("#hero .kind:visible")).to_have_text("Mời lại số")
    log = spoken(page, 2)
    assert [entry["kind"] for entry in log] == ["call", "recall"]


def test_two_languages_are_spoken_one_after_the_other(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall, "?lang=vi,en")
    hall.call("A-025", 3)
    entry = spoken(page, 1)[0]
    assert entry["languages"] == ["vi", "en"]
    assert entry["texts"][1] == "Number A, zero two five, please go to counter three."


def test_the_real_voice_is_heard_to_its_end(make_hall: Callable[..., Hall], open_board: OpenBoard) -> None:
    hall = make_hall(EspeakVoice(), repeat=1, bell=None, preroll_s=0.0)
    page = open_board(hall)
    hall.call("A-025", 3)
    entry = spoken(page, 1)[0]
    assert entry["outcome"] == "spoken"
    assert entry["end"] - entry["start"] > 3500  # 1.7 s of chime and about 3 s of speech: sound takes its time


def test_when_many_wait_the_repetition_goes_but_no_call(hall: Hall, open_board: OpenBoard) -> None:
    page = open_board(hall)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/say?" in request.url else None)
    ids = [hall.call(f"A-{n:03}", 1 + n % 6, nudge=n == 9) for n in range(1, 10)]  # all in one answer
    log = spoken(page, 9)
    assert [entry["id"] for entry in log] == ids
    assert {entry["outcome"] for entry in log} == {"spoken"}
    repeats = [url.rpartition("repeat=")[2] for url in asked]
    assert "1" in repeats
    assert repeats[-1] == "2"


def test_what_was_called_before_the_page_opened_is_not_spoken(hall: Hall, open_board: OpenBoard) -> None:
    hall.call("A-023", 1, age_s=300)
    hall.call("A-024", 4, age_s=5)
    page = open_board(hall)
    hall.call("A-025", 3)
    log = spoken(page, 1)
    assert [entry["number"] for entry in log] == ["A-025"]
