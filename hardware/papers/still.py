"""A file in a document camera's place: a photograph or a PDF of scanned pages, read with bounded memory.

For halls whose scanner leaves files in a folder, for trials and for demonstrations. Who made the file is not known, so
nothing in it is trusted: sizes are looked at before anything is unpacked.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from hardware.cameras import Frame
from hardware.errors import Code, DeviceError
from hardware.health import Health, State
from hardware.papers.advice import Advice

KINDS = (".jpg", ".jpeg", ".png", ".pdf")
MOST_BYTES = 64 * 2**20
MOST_DOTS = 200_000_000
"""Of a plain JPEG, which can be unpacked at a part of its size."""
MOST_WHOLE = 30_000_000
"""Of pictures that cannot: PNG, progressive JPEG."""
LONGEST = 4000
"""Dots of the longer side that are kept: A4 at 340 an inch."""
MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Pages:
    """`pages`: pictures, height x width x 3, BGR; none unless `advice` is GOOD."""

    advice: Advice
    pages: tuple[NDArray[np.uint8], ...] = field(default=(), repr=False)


def read_pages(data: bytes) -> Pages:
    """The pictures in a JPEG, PNG or PDF. Never raises: UNREADABLE for what is broken or something else, TOO_LARGE for
    what is more than a paper."""
    if len(data) > MOST_BYTES:
        return Pages(Advice.TOO_LARGE)
    try:
        if b"%PDF-" in data[:1024]:
            return Pages(Advice.GOOD, tuple(_picture(each) for each in _pictures_in(data)))
        return Pages(Advice.GOOD, (_picture(data),))
    except TooLargeError:
        return Pages(Advice.TOO_LARGE)
    except Exception:  # noqa: BLE001 - whatever a decoder makes of a stranger's file; its words may quote the file
        return Pages(Advice.UNREADABLE)


class TooLargeError(Exception):
    """More than a paper."""


def _picture(data: bytes) -> NDArray[np.uint8]:
    """Upright by the camera's own note (EXIF), at most LONGEST dots long."""
    from PIL import Image, ImageOps

    try:
        opened = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except Image.DecompressionBombError as error:
        raise TooLargeError from error
    with opened as image:
        width, height = image.size
        in_parts = image.format == "JPEG" and not image.info.get("progressive")
        if width * height > (MOST_DOTS if in_parts else MOST_WHOLE):
            raise TooLargeError
        image.draft("RGB", (min(width, LONGEST), min(height, LONGEST)))
        if image.mode.startswith("I"):  # 16 bits of grey, which a plain conversion would cut off at 255
            small = Image.fromarray((np.asarray(image) // 256).astype(np.uint8)).convert("RGB")
        else:
            small = image.convert("RGB")
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    orientation = image.getexif().get(0x0112, 1)
    if orientation != 1:
        small.getexif()[0x0112] = orientation
        small = ImageOps.exif_transpose(small)
    return np.ascontiguousarray(np.asarray(small)[:, :, ::-1])


def _pictures_in(data: bytes) -> Iterator[bytes]:
    """The JPEG of each page of a scanned PDF, as it lies there: nothing else of the file is unpacked. Raises ValueError
    for a page that is no scan."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise ValueError("locked")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise TooLargeError
    if not count:
        raise ValueError("no page")
    for page in reader.pages:
        yield _scan_of(page)


def _scan_of(page: Any) -> bytes:
    objects = page["/Resources"]["/XObject"].get_object()
    found = [each.get_object() for each in objects.values()]
    scans = [each for each in found if each.get("/Subtype") == "/Image" and _filter_of(each) == "/DCTDecode"]
    if len(scans) != 1:
        raise ValueError("no scanned page")
    return bytes(scans[0]._data)


def _filter_of(scan: Any) -> str:
    named = scan.get("/Filter")
    if isinstance(named, list):
        return str(named[0]) if len(named) == 1 else ""
    return str(named)


def is_still(url: str) -> bool:
    """Does the address name a picture or a PDF, no video?"""
    parts = urlsplit(url)
    return parts.scheme.lower() == "file" and parts.path.lower().endswith(KINDS)


def open_still(url: str) -> StillCamera:
    return StillCamera(Path(unquote(urlsplit(url).path)))


class StillCamera:
    """The file as a Camera: the same picture again and again, of a PDF its first page; read anew when it changes. A
    file that cannot be a paper has no picture, and `refused` says why."""

    def __init__(self, path: Path) -> None:
        self.name = f"file {path}"
        self.refused: Advice | None = None
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._image: NDArray[np.uint8] | None = None
        self._count = 0
        self._due = 0.0
        self._failure: DeviceError | None = None

    def read(self, timeout_s: float) -> Frame | None:
        pause = self._due - time.monotonic()
        if pause > 0:
            time.sleep(min(pause, timeout_s))
        self._due = time.monotonic() + 0.2
        try:
            self._look()
        except OSError as error:
            denied = isinstance(error, PermissionError)
            code = Code.NOT_PERMITTED if denied else Code.OFFLINE
            self._failure = DeviceError(code, f"{self.name}: {error.strerror}")
            raise self._failure from error
        self._failure = None
        if self._image is None:
            return None
        self._count += 1
        return Frame(self._image.copy(), time.monotonic(), self._count)

    def health(self) -> Health:
        if self._failure is not None:
            return Health(State(self._failure.code), self._failure.detail)
        if self.refused is not None:
            return Health(State.GARBLED, f"{self.name}: {self.refused}")
        return Health(State.READY if self._count else State.UNKNOWN)

    def close(self) -> None:
        if self._image is not None:
            self._image[:] = 0
        self._image, self._stamp, self.refused = None, None, None

    def _look(self) -> None:
        found = self._path.stat()
        stamp = found.st_mtime_ns, found.st_size
        if stamp == self._stamp:
            return
        with self._path.open("rb") as file:
            read = read_pages(file.read(MOST_BYTES + 1))
        self._stamp = stamp
        self._image = read.pages[0] if read.pages else None
        self.refused = None if read.pages else read.advice
