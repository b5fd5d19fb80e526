"""The list of words to record is complete: every call that can be made is covered, and no word is asked for in vain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.voices.errors import SpeechError
from hardware.voices.speech import HIGHEST_COUNTER, LANGUAGES, sentence
from hardware.voices.wordlist import LETTERS, cover, needed, plain

WORDS = {language: set(needed(language)) for language in LANGUAGES}
LANGUAGE = st.sampled_from(LANGUAGES)


@given(st.from_regex(r"[A-ZĐ]{0,4}-?[0-9]{1,6}", fullmatch=True), st.integers(1, HIGHEST_COUNTER), LANGUAGE)
def test_every_number_and_counter_is_covered_by_the_list(number: str, counter: int, language: str) -> None:
    text = sentence(number, counter, language)
    phrases, missing = cover(text, WORDS[language])
    assert missing == []
    assert " ".join(phrases) == plain(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counter_and_every_letter_is_covered(language: str) -> None:
    for counter in range(1, HIGHEST_COUNTER + 1):
        assert cover(sentence("A-025", counter, language), WORDS[language])[1] == []
    for letter in LETTERS:
        assert cover(sentence(f"{letter}005", 1, language), WORDS[language])[1] == []


@given(st.integers(1, HIGHEST_COUNTER), st.sets(st.sampled_from(LETTERS), max_size=5), st.data(), LANGUAGE)
def test_a_small_hall_needs_only_its_own_words(
    highest: int, letters: set[str], data: st.DataObject, language: str
) -> None:
    words = needed(language, letters=sorted(letters), highest=highest)
    assert set(words) <= WORDS[language]
    prefix = data.draw(st.text(sorted(letters), max_size=4)) if letters else ""
    number = prefix + data.draw(st.from_regex(r"[0-9]{1,6}", fullmatch=True))
    assert cover(sentence(number, data.draw(st.integers(1, highest)), language), set(words))[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_recorded_in_vain(language: str) -> None:
    used: set[str] = set()
    for letter in LETTERS:
        used.update(cover(sentence(f"{letter}1", 1, language), WORDS[language])[0])
    for number in ("012345", "6789", "15"):
        for counter in range(1, HIGHEST_COUNTER + 1):
            used.update(cover(sentence(number, counter, language), WORDS[language])[0])
    assert used == WORDS[language]


def test_the_words_that_are_easily_forgotten() -> None:
    assert {"lăm", "mốt", "tư", "linh", "mươi", "mười", "trăm", "mời số", "đến quầy số", "đê", "ích xì"} <= WORDS["vi"]
    assert len(WORDS["vi"]) == 46


def test_the_longest_phrase_wins() -> None:
    known = {"mời", "số", "mời số", "hai", "hai mươi", "mươi"}
    assert cover("Mời số hai mươi mốt.", known) == (["mời số", "hai mươi"], ["mốt"])


def test_letters_are_compared_composed_and_small() -> None:
    assert plain("Mời  SỐ, một-hai.") == plain("mo\u031b\u0300i s\u00f4\u0301 một hai")


@pytest.mark.parametrize(("language", "letters", "highest"), [("fr", "A", 3), ("vi", "a", 3), ("vi", "A", 1000)])
def test_what_cannot_be_called_has_no_words(language: str, letters: str, highest: int) -> None:
    with pytest.raises(SpeechError):
        needed(language, letters=letters, highest=highest)
