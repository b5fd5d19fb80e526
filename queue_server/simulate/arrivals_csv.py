"""`arrivals.csv`: who comes to a simulated hall, when, for what, and how long serving each takes."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from queue_server.domain.ids import PriorityCode, ServiceCode, TicketId
from queue_server.domain.simulation import Arrival

from .problems import MOST_S, Place, Problems, Words, shown, span_words
from .text_file import place_of, read_text

COLUMNS = ("id", "at_s", "service", "priority", "service_s", "patience_s")
PRIORITY = PriorityCode("priority")
"""The one category that the file knows."""
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class _Row(NamedTuple):
    """Who comes; sorted by `at`, as Python's sort keeps the file's order between equals."""

    at: float
    ident: str
    service: ServiceCode
    priority: PriorityCode | None
    service_s: float
    patience_s: float | None


class _Record(NamedTuple):
    """A line's fields as read, and as they stand in the file from `line` on."""

    fields: list[str]
    raw: str
    line: int

    def place(self, index: int) -> Place:
        """Where field `index` begins: after the first comma that has so many whole fields before it."""
        for comma in re.finditer(",", self.raw) if index else ():
            try:
                before = next(csv.reader(io.StringIO(self.raw[: comma.start()], newline=""), strict=True), [""])
            except csv.Error:
                continue  # inside quotes
            if len(before) == index:
                line, column = place_of(self.raw, comma.end())
                return Place(self.line + line - 1, column)
        return Place(self.line, 1)


def read_arrivals(path: Path, services: Collection[ServiceCode] | None, warn: Callable[[str], object]) -> list[Arrival]:
    """Those who come, by time and then in the file's order, the file's own id as their number.

    `services`: those of the hall; None where they could not be read. Raises BadInput with all that is wrong; `warn`
    gets a line for each column that is not known here.
    """
    problems = Problems(path)
    reader = _Reader(problems, services)
    records = _records(read_text(path), problems)
    header = next(records, None)
    rows: list[_Row] = []
    if header is None:
        if not problems.found:
            names = ",".join(COLUMNS)
            what = Words(f"tệp trống; cần dòng đầu {names}", f"the file is empty; expected the first line {names}")
            problems.add(Place(1, 1), "", what)
    elif reader.header(header):
        for record in records:
            row = reader.row(record)
            if row is not None:
                rows.append(row)
            if problems.too_many:
                break
    problems.settle(warn)
    rows.sort(key=lambda row: row.at)
    return [
        Arrival(TicketId(place), row.ident, row.at, row.service, row.priority, row.service_s, row.patience_s)
        for place, row in enumerate(rows, 1)
    ]


def _records(text: str, problems: Problems) -> Iterator[_Record]:
    """The records that are not blank; one that cannot be read ends them and goes to `problems`."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(iter(lines), strict=True)
    while True:
        begun = reader.line_num
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = Words("không phải CSV hợp lệ (thiếu dấu nháy?)", f"is not valid CSV (a missing quote?): {error}")
            problems.add(Place(begun + 1, 1), "", words)
            return
        if fields:
            yield _Record(fields, "".join(lines[begun : reader.line_num]), begun + 1)


@dataclass(slots=True)
class _Reader:
    problems: Problems
    services: Collection[ServiceCode] | None
    columns: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def header(self, record: _Record) -> bool:
        """Whether the first line names each column once; their order is free, and others are ignored."""
        faults = len(self.problems.found)
        expected = ",".join(COLUMNS)
        for index, name in enumerate(record.fields):
            if name not in COLUMNS:
                what = Words(
                    f"bỏ qua cột {shown(name)}; chỉ dùng {expected}",
                    f"ignored the column {shown(name)}; used: {expected}",
                )
                self.problems.ignore(record.place(index), "", name, what)
            elif name in record.fields[:index]:
                what = Words(f"cột “{name}” có hai lần", f"the column “{name}” is there twice")
                self.problems.add(record.place(index), "", what)
        if missing := ", ".join(name for name in COLUMNS if name not in record.fields):
            what = Words(
                f"thiếu các cột: {missing}; cần dấu phẩy giữa các cột",
                f"columns are missing: {missing}; expected with commas between them",
            )
            self.problems.add(Place(record.line, 1), "", what)
        self.columns = record.fields
        return len(self.problems.found) == faults

    def row(self, record: _Record) -> _Row | None:
        if len(record.fields) != len(self.columns):
            given, wanted = len(record.fields), len(self.columns)
            what = Words(f"có {given} cột, cần {wanted} cột", f"has {given} columns, expected {wanted}")
            self.problems.add(Place(record.line, 1), "", what)
            return None
        faults = len(self.problems.found)
        texts = dict(zip(self.columns, record.fields, strict=True))
        ident = self._id(record, texts["id"])
        at = self._seconds(record, "at_s", texts["at_s"])
        service = self._service(record, texts["service"])
        priority = self._priority(record, texts["priority"])
        service_s = self._seconds(record, "service_s", texts["service_s"])
        patience = texts["patience_s"]
        patience_s = (
            self._seconds(record, "patience_s", patience, "; hoặc để trống", "; or nothing") if patience else None
        )
        return _Row(at, ident, service, priority, service_s, patience_s) if len(self.problems.found) == faults else None

    def _id(self, record: _Record, text: str) -> str:
        if not text.strip():
            self._wrong(record, "id", text, "một mã không trống", "an id that is not empty")
        elif text in self.seen:
            line = self.seen[text]
            what = Words(f"mã {shown(text)} đã có ở dòng {line}", f"the id {shown(text)} is in line {line} already")
            self.problems.add(record.place(self.columns.index("id")), "id", what)
        self.seen.setdefault(text, record.line)
        return text

    def _service(self, record: _Record, text: str) -> ServiceCode:
        if self.services is not None and text not in self.services:
            known = ", ".join(sorted(self.services)[:12])
            self._wrong(
                record, "service", text, f"một dịch vụ của hall.json ({known})", f"a service of the hall ({known})"
            )
        return ServiceCode(text)

    def _priority(self, record: _Record, text: str) -> PriorityCode | None:
        if text not in ("0", "1"):
            self._wrong(record, "priority", text, "0 hoặc 1", "0 or 1")
        return PRIORITY if text == "1" else None

    def _seconds(self, record: _Record, column: str, text: str, more_vi: str = "", more_en: str = "") -> float:
        seconds = float(text) if NUMBER.fullmatch(text) else math.nan
        if not 0 <= seconds <= MOST_S:  # also of NaN
            words = span_words(0, MOST_S)
            vi, en = f"{words.vi}, như 540 hay 27.5{more_vi}", f"{words.en}, such as 540 or 27.5{more_en}"
            self._wrong(record, column, text, vi, en)
        return seconds

    def _wrong(self, record: _Record, column: str, text: str, vi: str, en: str) -> None:
        what = Words(f"cần {vi}, không phải {shown(text)}", f"expected {en}, not {shown(text)}")
        self.problems.add(record.place(self.columns.index(column)), column, what)
