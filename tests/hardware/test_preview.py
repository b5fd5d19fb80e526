"""The printer of pictures: whole files, names in order, the newest kept."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from hardware.printers import Code, PrinterError, State
from hardware.printers.preview import PreviewPrinter
from tests.hardware.slips import BARE, PLAIN

NOON = datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_name_is_the_moment_in_utc_with_microseconds(tmp_path: Path) -> None:
    in_vietnam = NOON.astimezone(timezone(timedelta(hours=7)))
    PreviewPrinter(tmp_path / "a" / "b", 576, clock=lambda: in_vietnam).print_slip(PLAIN)
    assert names(tmp_path / "a" / "b") == ["slip-20261122T120000.000005Z.png"]


def test_slips_of_one_moment_get_names_of_their_own_in_order(tmp_path: Path) -> None:
    printer = PreviewPrinter(tmp_path, 576, clock=lambda: NOON)
    for slip in (PLAIN, BARE, PLAIN):
        printer.print_slip(slip)
    heights = [Image.open(tmp_path / name).height for name in names(tmp_path)]
    assert len(heights) == 3
    assert heights[0] == heights[2] > heights[1]


def test_many_writers_lose_nothing_and_leave_no_half_file(tmp_path: Path) -> None:
    def write() -> None:
        printer = PreviewPrinter(tmp_path, 384, clock=lambda: NOON)
        for _ in range(5):
            printer.print_slip(BARE)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(tmp_path)) == 20
    for name in names(tmp_path):
        with Image.open(tmp_path / name) as picture:
            picture.load()
            assert picture.width == 384


def test_newest_pictures_are_kept_and_other_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    moments = iter(NOON + timedelta(seconds=n) for n in range(6))
    printer = PreviewPrinter(tmp_path, 384, kept=3, clock=lambda: next(moments))
    for _ in range(6):
        printer.print_slip(BARE)
    assert names(tmp_path) == ["notes.txt"] + [f"slip-20261122T12000{n}.000005Z.png" for n in (3, 4, 5)]


def test_pictures_can_be_read_by_the_server_that_shows_them(tmp_path: Path) -> None:
    PreviewPrinter(tmp_path, 384).print_slip(BARE)
    (path,) = tmp_path.iterdir()
    assert path.stat().st_mode & 0o777 == 0o644


def test_place_that_cannot_be_written_is_an_error_and_a_state(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    printer = PreviewPrinter(blocked / "slips", 576)
    assert printer.status().state is State.OFFLINE
    with pytest.raises(PrinterError) as caught:
        printer.print_slip(PLAIN)
    assert caught.value.code is Code.CANNOT_WRITE
    os.unlink(blocked)
    printer.print_slip(PLAIN)
    assert printer.status().state is State.READY
