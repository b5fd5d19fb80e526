"""Tells what a scripted morning is doing while it does it, and at the end what became of every ticket."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.e2e.event_log import Outcome

HEADS = ("Số · No.", "Thủ tục · Service", "Ưu tiên · Priority", "Chờ · Wait", "Quầy · Counter", "Kết quả · Outcome")
RATED = "Đánh giá · Rating"
STATES = {
    "finished": "xong · finished",
    "no-show": "vắng · no-show",
    "waiting": "chờ · waiting",
    "parked": "tạm giữ · parked",
    "called": "đang gọi · called",
    "serving": "đang làm · serving",
    "cancelled": "hủy · cancelled",
}
DETOURS = {"recalled": "gọi lại · recalled", "parked": "tạm giữ · parked", "transferred": "chuyển · transferred"}


@dataclass
class Narrator:
    """One line a step, with the seconds since the beginning. `current`: the step that is under way."""

    say: Callable[[str], None]
    began: float = field(default_factory=time.monotonic)
    current: str = ""

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.began

    @contextmanager
    def step(self, vi: str, en: str) -> Iterator[None]:
        """Say what begins, before it does."""
        self.current = f"{vi} · {en}"
        self.tell(self.current)
        yield

    def tell(self, what: str) -> None:
        self.say(f"{self.elapsed_s:6.1f} s  {what}")


def table(outcomes: Sequence[Outcome], names: dict[str, str]) -> str:
    """What became of each ticket. `names`: of services, priority categories and rating levels, by their codes."""
    rows: list[tuple[str, ...]] = [(*HEADS, RATED)]
    for one in outcomes:
        detours = [DETOURS[kind] for kind in dict.fromkeys(one.story) if kind in DETOURS]
        rows.append(
            (
                one.number,
                names.get(one.service, one.service),
                names.get(one.priority or "", "–"),
                "–" if one.waited_s is None else f"{one.waited_s:.0f} s",
                "–" if one.counter is None else str(one.counter),
                "; ".join([STATES[one.state], *detours]),
                names.get(one.rating or "", "–"),
            )
        )
    wide = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    rows.insert(1, tuple("─" * room for room in wide))
    return "\n".join("  ".join(map(_padded, row, wide)).rstrip() for row in rows)


def _padded(cell: str, room: int) -> str:
    return cell + " " * (room - _width(cell))


def _width(text: str) -> int:
    """Columns on a terminal: a mark that sits on its letter takes none."""
    return sum(not unicodedata.combining(letter) for letter in text)
