"""Looks into one PDF and says what it is; run as a program, within limits that the system enforces.

Of the house it imports only what it may say, so that the process starts quickly; nobody imports it, so that the server
starts without its libraries. A few hundred kilobytes of PDF can unfold to
gigabytes, or keep a reader busy for minutes: the limits end that, and the file counts as broken.
"""

from __future__ import annotations

import io
import logging
import resource
import sys
from contextlib import suppress
from pathlib import Path

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from queue_server.foreign.verdict import Verdict

MOST_BYTES = 640 * 1024 * 1024
"""Address space: the program and its libraries, and what a page of 40 million dots needs."""
MOST_CPU_S = 4
MOST_PAGES = 100
MOST_OBJECTS = 50_000
MOST_PIXELS = 40_000_000
SHOWN = {"JPEG": "image/jpeg", "PNG": "image/png"}
ACTIVE = frozenset(
    {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment", "/RichMedia", "/XFA"}
    | {"/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Movie", "/Sound", "/Rendition"}
)
"""Keys and kinds in a PDF that run something, send something or carry another file."""
KINDS = ("/S", "/Type", "/Subtype")
BY_ITSELF = ("/OpenAction", "/AA")
"""What happens without a press: showing another place is all that may."""
HARMLESS = frozenset({"/GoTo", "/Named"})


class _Active(Exception):
    pass


def look(content: bytes) -> tuple[Verdict, int]:
    """What is to be said of it, and how many pages it has."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return Verdict.LOCKED, 0
        _walk(reader)
        pages = len(reader.pages)
    except _Active:
        return Verdict.ACTIVE, 0
    except Exception:  # noqa: BLE001 - the library raises whatever a broken file makes it stumble over
        return Verdict.BROKEN, 0
    if pages > MOST_PAGES:
        return Verdict.TOO_LONG, pages
    return (Verdict.SOUND, pages) if pages else (Verdict.BROKEN, 0)


def scan(content: bytes, page: int) -> tuple[str, bytes] | None:
    """The one picture on page `page`, from 1, as a browser can show it; None where there is none."""
    try:
        pages = PdfReader(io.BytesIO(content)).pages
        if not 1 <= page <= len(pages):
            return None
        scans = pages[page - 1].images
        return _as_shown(scans[0].data) if len(scans) == 1 else None
    except Exception:  # noqa: BLE001 - as above, on a file that only just passed
        return None


def _walk(reader: PdfReader) -> None:
    """Everything that the document reaches. Raises _Active, ValueError where there is no end of it."""
    seen: set[tuple[int, int]] = set()
    left: list[object] = [reader.trailer]
    looked = 0
    while left:
        each = left.pop()
        looked += 1
        if looked > MOST_OBJECTS * 20 or len(seen) > MOST_OBJECTS:
            raise ValueError("no end of objects")
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) not in seen:
                seen.add((each.idnum, each.generation))
                left.append(each.get_object())
        elif isinstance(each, DictionaryObject):
            if ACTIVE & set(each) or ACTIVE & {str(_value(each, key)) for key in KINDS}:
                raise _Active
            for key in BY_ITSELF:
                _only_shows(_value(each, key))
            left.extend(each.raw_get(key) for key in each)
        elif isinstance(each, ArrayObject):
            left.extend(list.__iter__(each))


def _only_shows(happens: object) -> None:
    """Raises _Active where opening a document or a page does more than to show a place in it."""
    if not isinstance(happens, DictionaryObject):
        return
    actions = [happens] if "/S" in happens else [_value(happens, key) for key in happens]
    for action in actions:
        if isinstance(action, DictionaryObject) and str(_value(action, "/S")) not in HARMLESS:
            raise _Active


def _value(each: DictionaryObject, key: str) -> object:
    """Wherever in the file it stands."""
    found = each.raw_get(key) if key in each else None
    return found.get_object() if isinstance(found, IndirectObject) else found


def _as_shown(data: bytes) -> tuple[str, bytes] | None:
    """As it is where a browser can show it, else as PNG."""
    with Image.open(io.BytesIO(data)) as image:
        if image.width * image.height > MOST_PIXELS:
            return None
        kind = SHOWN.get(image.format or "")
        if kind and image.mode in ("L", "RGB", "1", "P"):
            return kind, data
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG")
        return SHOWN["PNG"], out.getvalue()


def _confine() -> None:
    """From here on this process ends when it takes too much; the first to go where the machine's memory runs out."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _main(task: str, page: str = "0") -> None:
    # What is wrong with a stranger's file is said to the stranger; it is no news for the log.
    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    _confine()
    if task == "verdict":
        word, pages = look(content)
        sys.stdout.write(f"{word} {pages}")
    elif (found := scan(content, int(page))) is not None:
        sys.stdout.buffer.write(found[0].encode("ascii") + b"\n" + found[1])


if __name__ == "__main__":
    _main(*sys.argv[1:])
