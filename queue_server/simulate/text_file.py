"""The text of a file that people made by hand or with a spreadsheet: UTF-8, with or without a byte order mark."""

from __future__ import annotations

from pathlib import Path

from .problems import BadInput, Place, Problems, Words

LARGEST = 256 * 1024 * 1024
"""Bytes: far more than a year of a hall's arrivals; what is larger is some other file."""


def read_text(path: Path) -> str:
    """The text with its line ends as they stand. Raises BadInput where it cannot be read or is not UTF-8."""
    problems = Problems(path)
    try:
        if path.stat().st_size > LARGEST:
            problems.add(None, "", Words("tệp quá lớn", f"the file is too large: at most {LARGEST} bytes"))
            raise BadInput(problems.lines())
        data = path.read_bytes()
    except OSError as error:
        problems.add(None, "", Words("không đọc được", f"cannot be read: {error.strerror}"))
        raise BadInput(problems.lines()) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig")
        what = Words(
            "không phải văn bản UTF-8; hãy lưu lại tệp với bảng mã UTF-8", "is not UTF-8 text; save it as UTF-8"
        )
        problems.add(place_of(before, len(before)), "", what)
        raise BadInput(problems.lines()) from error


def place_of(text: str, offset: int) -> Place:
    """Line and column of the character at `offset`; a line ends with \\n, \\r\\n or \\r."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
