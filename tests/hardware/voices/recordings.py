"""A recorded voice for tests: for every word a tone of its own, in a folder like one that a hall would bring."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from hardware.voices.sound import tone, write_wav
from hardware.voices.wordlist import needed


def hertz(place: int) -> float:
    """The pitch of the word at `place` in the list; far enough apart to be told from one another."""
    return 300.0 + 20 * place


def record(folder: Path, phrases: Iterable[str] | None = None, *, language: str = "vi", rate: int = 22_050) -> Path:
    """Write `phrases` (all that are needed, where none are given) with a manifest; the folder."""
    chosen = tuple(needed(language)) if phrases is None else tuple(phrases)
    lines = [f'language = "{language}"', "gap = 0.05", "", "[words]"]
    for place, phrase in enumerate(chosen):
        name = f"{language}-{place:03}.wav"
        (folder / name).write_bytes(write_wav(tone(0.1, hertz(place), rate=rate)))
        lines.append(f"{json.dumps(phrase, ensure_ascii=False)} = {json.dumps(name)}")
    (folder / f"{language}.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
