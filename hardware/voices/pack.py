"""A folder of recorded words: `*.toml` says which file holds which words; every file is looked at before it is used.

A file that is broken costs its own word, never the folder.
"""

from __future__ import annotations

import os
import tomllib
from array import array
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import Any

from hardware.voices.errors import VoiceUnavailableError
from hardware.voices.sound import Clip, at_rate, read_wav, trim
from hardware.voices.speech import LANGUAGES
from hardware.voices.wordlist import plain

RATES = range(8_000, 96_001)
GAP_S = 0.05
LONGEST_GAP_S = 2.0
LARGEST = 10 * 2**20
QUIET = 1_000
"""A word whose loudest sample stays below this (-30 dB) is not heard in a hall."""
FAR_BELOW = 0.25
"""Nor is one that is 12 dB below the middle one of its folder."""
KEEP_S = 0.02


class Flaw(StrEnum):
    MISSING = "missing"
    BROKEN = "broken"
    QUIET = "too-quiet"


@dataclass(frozen=True, slots=True)
class Problem:
    """`phrase`: the words, or the file's name if the whole file is meant."""

    phrase: str
    flaw: Flaw
    why: str


@dataclass(frozen=True, slots=True)
class Word:
    """One recording, all of a pack at the same rate; `before`: seconds of silence in front of it, None: the pack's."""

    clip: Clip
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """What one manifest gives. `words`: by plain phrase; `resampled`: how many files had another rate."""

    language: str
    gap: float = GAP_S
    rate: int = 0
    words: dict[str, Word] = field(default_factory=dict)
    resampled: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    """All packs of a folder, one a language, and what is wrong in it."""

    packs: dict[str, Pack]
    problems: tuple[Problem, ...]


def signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file does; empty if the folder cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return tuple(
                sorted((each.name, (at := each.stat()).st_mtime_ns, at.st_size) for each in entries if each.is_file())
            )
    except OSError:
        return ()


def load(folder: Path) -> Folder:
    """Read all manifests of `folder` and their files. Never raises: what is wrong is in `problems`."""
    packs: dict[str, Pack] = {}
    problems: list[Problem] = []
    try:
        manifests = sorted(folder.glob("*.toml"))
        if not manifests:
            problems.append(Problem(str(folder), Flaw.BROKEN, "no such folder, or no .toml file in it"))
    except OSError as error:
        return Folder({}, (Problem(str(folder), Flaw.BROKEN, str(error)),))
    for manifest in manifests:
        try:
            pack = _pack(manifest, problems)
            if pack.language in packs:
                raise _Wrong(f"a second manifest for {pack.language}")
        except (_Wrong, OSError, ValueError) as error:
            problems.append(Problem(manifest.name, Flaw.BROKEN, str(error)))
            continue
        packs[pack.language] = pack
    return Folder(packs, tuple(problems))


class _Wrong(Exception):
    """Something in a manifest or a file is not as it has to be."""


def _pack(manifest: Path, problems: list[Problem]) -> Pack:
    read = tomllib.loads(manifest.read_text("utf-8"))
    if unknown := set(read) - {"language", "gap", "words"}:
        raise _Wrong(f"unknown: {', '.join(sorted(unknown))} (known: language, gap, words)")
    language = read.get("language")
    if language not in LANGUAGES:
        raise _Wrong(f"language has to be one of {', '.join(LANGUAGES)}")
    table = read.get("words")
    if not isinstance(table, dict) or not table:
        raise _Wrong("a table [words] is needed")
    words: dict[str, Word] = {}
    for phrase, entry in table.items():
        try:
            words[plain(phrase)] = _word(manifest.parent, entry)
        except FileNotFoundError:
            problems.append(Problem(plain(phrase), Flaw.MISSING, f"there is no file {_file_of(entry)}"))
        except (_Wrong, OSError, VoiceUnavailableError) as error:
            problems.append(Problem(plain(phrase), Flaw.BROKEN, str(error)))
    return _evened(language, _gap(read.get("gap", GAP_S)), words, problems)


def _word(folder: Path, entry: Any) -> Word:
    fields = {"file": entry} if isinstance(entry, str) else entry
    if not isinstance(fields, dict) or set(fields) - {"file", "before"} or not isinstance(fields.get("file"), str):
        raise _Wrong('a file is needed, "ba.wav" or { file = "ba.wav", before = 0.2 }')
    name = fields["file"]
    if Path(name).name != name or name.startswith("."):
        raise _Wrong(f"{name!r} is not a file in the folder itself")
    path = folder / name
    if path.stat().st_size > LARGEST:
        raise _Wrong(f"{name} is over {LARGEST // 2**20} MB")
    clip = trim(read_wav(path.read_bytes()), KEEP_S)
    if clip.rate not in RATES:
        raise _Wrong(f"{name} has {clip.rate} samples a second, not {RATES.start} to {RATES.stop - 1}")
    return Word(clip, _gap(fields["before"]) if "before" in fields else None)


def _file_of(entry: Any) -> str:
    return str(entry.get("file") if isinstance(entry, dict) else entry)


def _gap(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LONGEST_GAP_S:
        raise _Wrong(f"a gap is 0 to {LONGEST_GAP_S:g} seconds, not {value!r}")
    return float(value)


def _evened(language: str, gap: float, words: dict[str, Word], problems: list[Problem]) -> Pack:
    """Leave out what would not be heard, and bring all to the rate that most have."""
    levels = {phrase: _level(word.clip.samples) for phrase, word in words.items()}
    middle = median(levels.values()) if levels else 0.0
    kept = {}
    for phrase, word in words.items():
        if max(map(abs, word.clip.samples)) < QUIET:
            problems.append(Problem(phrase, Flaw.QUIET, "hardly more than noise"))
        elif levels[phrase] < FAR_BELOW * middle:
            problems.append(Problem(phrase, Flaw.QUIET, "far quieter than the other words"))
        else:
            kept[phrase] = word
    rates = Counter(word.clip.rate for word in kept.values())
    if not rates:
        return Pack(language, gap)
    rate = max(rates, key=lambda each: (rates[each], each))
    even = {phrase: Word(at_rate(word.clip, rate), word.before) for phrase, word in kept.items()}
    return Pack(language, gap, rate, even, rates.total() - rates[rate])


def _level(samples: array[int]) -> float:
    """The root of the mean square."""
    return float((sum(sample * sample for sample in samples) / max(1, len(samples))) ** 0.5)
