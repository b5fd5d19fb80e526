"""`motcua devices words`: which words a recorded voice needs for a hall, and which of them its folder lacks."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from hardware.devices.telling import Teller
from hardware.voices.pack import GAP_S, Flaw, load
from hardware.words import N_

FLAWS = {Flaw.MISSING: N_("missing"), Flaw.BROKEN: N_("broken"), Flaw.QUIET: N_("too quiet")}


def folder_of(url: str) -> Path:
    """The folder of `clips:///DIRECTORY`, or of a plain path."""
    return Path(unquote(urlsplit(url).path)) if url.startswith("clips://") else Path(url)


def tell_words(words: tuple[str, ...], tell: Teller) -> None:
    for word in words:
        tell.line(word)


def manifest(language: str, words: tuple[str, ...]) -> str:
    """A file to begin with: each word with the name of the file that is to be recorded for it."""
    lines = [f"language = {json.dumps(language)}", f"gap = {GAP_S}", "", "[words]"]
    lines += [
        f"{json.dumps(word, ensure_ascii=False)} = {json.dumps(f'{place:02}-{_plain_name(word)}.wav')}"
        for place, word in enumerate(words, 1)
    ]
    return "\n".join(lines) + "\n"


def check_words(folder: Path, language: str, words: tuple[str, ...], tell: Teller) -> bool:
    """Tell what `folder` lacks of `words`; True if it lacks nothing and no file is to be mended."""
    read = load(folder)
    pack = read.packs.get(language)
    problems = {problem.phrase: problem for problem in read.problems}
    missing = 0
    for word in words:
        if word in problems:
            continue
        if pack is None or word not in pack.words:
            missing += 1
            tell.line(f"{tell.text(FLAWS[Flaw.MISSING])}: {word}")
    for phrase, problem in problems.items():
        tell.line(f"{tell.text(FLAWS[problem.flaw])}: {phrase} ({problem.why})")
    if pack is not None and pack.resampled:
        tell.say(N_("{count} files have another rate than the others; they are converted."), count=pack.resampled)
    there = sum(pack is not None and word in pack.words for word in words)
    tell.say(N_("{there} of {all} words are there and can be heard."), there=there, all=len(words))
    if missing or problems:
        tell.say(N_("A call that needs another word is spoken by espeak-ng, whole."))
    return not missing and not problems


def _plain_name(word: str) -> str:
    """A file name of plain letters: "đến quầy số" is "den-quay-so"."""
    bare = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(sign for sign in bare if not unicodedata.combining(sign)))
