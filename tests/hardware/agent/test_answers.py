"""What a keypad answers fits its display, is told apart by its first four signs, and is there for everything."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from hardware.agent.answers import (
    NUMBER,
    OUTCOMES,
    REFUSALS,
    RESTS,
    TROUBLES,
    Answer,
    Trouble,
    at_rest,
    of_refusal,
    of_reply,
    of_trouble,
)
from queue_server.api.counters import COUNTER, router
from queue_server.api.problems import STATUS
from queue_server.contract import CounterState, KeyOutcome, KeyReply
from tests.hardware.agent.boards import board

LANGUAGES = ("vi", "en")
SIGNS = set(string.ascii_uppercase + " ")


def words(language: str) -> list[str]:
    tables = (OUTCOMES, REFUSALS, TROUBLES, RESTS)
    return [entry[language] for table in tables for entry in table.values() if entry[language] != NUMBER]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_fits_the_smallest_displays(language: str) -> None:
    for text in words(language):
        assert 1 <= len(text) <= 8
        assert set(text) <= SIGNS, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_signs_tell_all_texts_apart(language: str) -> None:
    texts = set(words(language))
    assert len({text[:4] for text in texts}) == len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", KeyOutcome)
def test_every_outcome_has_an_answer(outcome: KeyOutcome, language: str) -> None:
    reply = KeyReply(outcome=outcome, number="A-025", waiting=3, state=CounterState.OPEN)
    answer = of_reply(reply, language)
    assert answer.text
    assert (answer.text == "A-025") == (outcome in {KeyOutcome.CALLED, KeyOutcome.RECALLED})
    assert answer.beep == (outcome is KeyOutcome.NOBODY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_an_answer(trouble: Trouble, language: str) -> None:
    assert of_trouble(trouble, language).text == TROUBLES[trouble][language]


def test_what_is_not_done_beeps_and_patience_does_not() -> None:
    assert not of_trouble(Trouble.WAIT, "vi").beep
    assert of_trouble(Trouble.NO_CONNECTION, "vi").beep
    assert of_refusal("counter-idle", "vi").beep


def test_a_refusal_of_a_newer_server_is_an_error_on_the_display() -> None:
    assert of_refusal("no-such-code", "en") == Answer("ERROR", beep=True)


def test_every_refusal_of_the_press_has_words_of_its_own() -> None:
    known = {error.code for error in STATUS}
    assert set(REFUSALS) <= known
    (pressed,) = [route for route in router.routes if getattr(route, "path", "").endswith("/press")]
    told = {
        code
        for entry in getattr(pressed, "responses", {}).values()
        for media in entry.get("content", {}).values()
        for code in media.get("examples", {})
    }
    assert COUNTER
    seldom = {"internal", "store-unavailable", "body-too-large", "csrf-failed", "session-expired"}
    assert {code for code in told if not code.startswith("idempotency-")} - seldom <= set(REFUSALS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", CounterState)
def test_at_rest_a_keypad_shows_what_its_counter_has(state: CounterState, language: str) -> None:
    assert at_rest(board({3: (state, "B-007")}), 3, language) == Answer("B-007")
    assert at_rest(board({3: (state, None)}), 3, language) == Answer(RESTS[state][language])
    assert at_rest(None, 3, language).text == TROUBLES[Trouble.NO_CONNECTION][language]
    assert at_rest(board({}), 3, language).text == TROUBLES[Trouble.NOBODY_SET][language]


def test_every_answer_stands_in_the_docs() -> None:
    page = (Path(__file__).parents[3] / "docs" / "devices.md").read_text(encoding="utf-8")
    for table in (OUTCOMES, REFUSALS, TROUBLES, RESTS):
        for texts in table.values():
            assert NUMBER in texts["vi"] or f"`{texts['vi']}` · `{texts['en']}`" in page
