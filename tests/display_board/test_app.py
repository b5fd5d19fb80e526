"""The board over HTTP, without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

import display_board
from display_board.app import create_app
from hardware.voices.fake import FakeVoice, VoiceFault
from hardware.voices.sound import read_wav
from queue_server.contract import PROBLEM_TYPE, Problem


@pytest.fixture(scope="module")
def lasting_voice() -> FakeVoice:
    return FakeVoice()


@pytest.fixture
def voice(lasting_voice: FakeVoice) -> FakeVoice:
    lasting_voice.fault = None
    lasting_voice.spoken.clear()
    return lasting_voice


@pytest.fixture(scope="module")
def client(lasting_voice: FakeVoice, make_lasting_hall: Callable[..., Any]) -> Iterator[httpx.Client]:
    hall = make_lasting_hall(lasting_voice, bell=None, preroll_s=0.1, pause_s=0.2)
    with httpx.Client(base_url=f"http://127.0.0.1:{hall.port}", follow_redirects=True, timeout=20) as client:
        yield client


def settings(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="settings">(.*?)</script>', html, re.S)
    assert found
    loaded = json.loads(found[1])
    assert isinstance(loaded, dict)
    return loaded


def test_the_page_is_vietnamese_unless_asked_otherwise(client: httpx.Client) -> None:
    page = client.get("/board")
    assert page.status_code == 200
    assert '<html lang="vi" translate="no">' in page.text
    assert "Các quầy" in page.text
    assert settings(page.text)["languages"] == ["vi"]


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("en", ["en"]),
        ("vi,en", ["vi", "en"]),
        ("en,vi,en", ["en", "vi"]),
        ("fr", ["vi"]),
        ("", ["vi"]),
        ("VI, EN", ["vi", "en"]),
    ],
)
def test_the_page_takes_its_languages_from_the_query(client: httpx.Client, query: str, languages: list[str]) -> None:
    page = client.get("/board/", params={"lang": query})
    assert settings(page.text)["languages"] == languages


def test_the_page_allows_itself_only_its_own_things(client: httpx.Client) -> None:
    headers = client.get("/board/?lang=<script>alert(1)</script>").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_a_call_is_a_wav_said_twice(client: httpx.Client, voice: FakeVoice) -> None:
    twice = client.get("/board/say?number=A-025&counter=3&lang=vi")
    once = client.get("/board/say?number=A-025&counter=3&lang=vi&repeat=1")
    assert twice.headers["content-type"] == "audio/wav"
    assert unquote(twice.headers["x-spoken-text"]) == "Mời số A không hai lăm đến quầy số ba."
    assert read_wav(twice.content).seconds == pytest.approx(2 * read_wav(once.content).seconds + 0.2, abs=0.01)
    assert voice.spoken == [("Mời số A không hai lăm đến quầy số ba.", "vi")]


def test_a_call_is_vietnamese_by_default_and_english_when_asked(client: httpx.Client) -> None:
    assert client.get("/board/say?number=A-1&counter=3").headers["content-language"] == "vi"
    english = client.get("/board/say?number=A-1&counter=3&lang=en")
    assert unquote(english.headers["x-spoken-text"]) == "Number A, one, please go to counter three."


@pytest.mark.parametrize(
    "query",
    [
        "",
        "number=A-1",
        "counter=1",
        "number=A-1&counter=0",
        "number=A-1&counter=1000",
        "number=A-1&counter=x",
        "number=A-1&counter=-1",
        "number=A-1&counter=%C2%B2",
        "number=A-1&counter=1&lang=fr",
        "number=A-1&counter=1&repeat=4",
        "number=A-1&counter=1&repeat=0",
        "number=--help&counter=1",
        "number=A-1%0A&counter=1",
        "number=" + "9" * 5000 + "&counter=1",
        "number=A-1&counter=0001",
    ],
)
def test_what_is_no_call_is_a_problem(client: httpx.Client, voice: FakeVoice, query: str) -> None:
    answer = client.get(f"/board/say?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == PROBLEM_TYPE
    problem = Problem.model_validate(answer.json())
    assert problem.code == "invalid-call"
    assert len(answer.content) < 2000
    assert voice.spoken == []


def test_only_what_the_hall_called_is_spoken(make_hall: Callable[..., Any]) -> None:
    async def announced(number: str, counter: int) -> bool:
        return (number, counter) == ("A-025", 3)

    voice = FakeVoice()
    hall = make_hall(voice, announced=announced)
    with httpx.Client(base_url=hall.url, timeout=20) as client:
        for number in range(40):  # more than the voice's line holds
            assert client.get(f"say?number=A-{number:03}&counter=4").status_code == 404
        assert client.get("say?number=A-025&counter=3").status_code == 200
        vietnamese = Problem.model_validate(client.get("say?number=A-026&counter=3").json())
        headers = {"Accept-Language": "en"}
        english = Problem.model_validate(client.get("say?number=A-026&counter=3", headers=headers).json())
        nonsense = client.get("say?number=A-026&counter=0")
    assert voice.spoken == [("Mời số A không hai lăm đến quầy số ba.", "vi")]
    assert (vietnamese.code, vietnamese.status, vietnamese.title) == ("not-called", 404, "Chưa được gọi")
    assert english.title == "Not called"
    assert nonsense.status_code == 422


def test_a_voice_that_stays_broken_is_logged_once(
    voice: FakeVoice, caplog: pytest.LogCaptureFixture, make_hall: Callable[..., Any]
) -> None:
    voice.fault = VoiceFault.MISSING
    hall = make_hall(voice)
    with httpx.Client(base_url=hall.url, timeout=20) as client, caplog.at_level("WARNING", "display_board.app"):
        for number in range(10):
            assert client.get(f"say?number=C-{number:03}&counter=1").status_code == 503
    assert len([record for record in caplog.records if record.name == "display_board.app"]) == 1


@pytest.mark.parametrize("fault", [VoiceFault.MISSING, VoiceFault.SILENT, VoiceFault.GARBAGE])
def test_a_voice_that_fails_is_a_503_in_both_languages(
    client: httpx.Client, voice: FakeVoice, fault: VoiceFault
) -> None:
    counter = 10 + list(VoiceFault).index(fault)  # each its own call: what was spoken once is kept
    voice.fault = fault
    vietnamese = client.get(f"/board/say?number=A-077&counter={counter}")
    english = client.get(f"/board/say?number=A-077&counter={counter}", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert vietnamese.status_code == english.status_code == 503
    assert Problem.model_validate(vietnamese.json()).title == "Không có giọng đọc"
    assert Problem.model_validate(english.json()).title == "Voice unavailable"
    assert vietnamese.headers["retry-after"]
    voice.fault = None
    assert client.get(f"/board/say?number=A-077&counter={counter}").status_code == 200


def test_the_chime_and_the_files_are_served(client: httpx.Client) -> None:
    assert read_wav(client.get("/board/chime.wav").content).seconds > 1
    assert client.get("/board/silence.wav").status_code == 200
    for name in sorted(path.name for path in (Path(display_board.__file__).parent / "static").iterdir()):
        answer = client.get(f"/board/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-cache"
    assert client.get("/board/static/../app.py").status_code == 404


def test_the_version_is_the_one_in_the_page(client: httpx.Client) -> None:
    assert client.get("/board/version").text == settings(client.get("/board/").text)["version"]


def test_nothing_but_reading_is_possible(client: httpx.Client) -> None:
    for path in ("/board/", "/board/say?number=A-1&counter=1", "/board/chime.wav"):
        assert client.post(path).status_code == 405


def test_a_senseless_repetition_is_refused_at_the_start(voice: FakeVoice) -> None:
    with pytest.raises(ValueError, match="repeat"):
        create_app(voice, repeat=9)
