"""`hall.json`: which services a simulated hall has, and who calls for which of them, when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from queue_server.domain.durations import Durations
from queue_server.domain.hall import Counter
from queue_server.domain.hall_clock import HallClock
from queue_server.domain.ids import CounterId, ServiceCode
from queue_server.domain.simulation import Roster
from queue_server.domain.text import LocalText

from .json_file import Node, read_json
from .problems import MOST_S, Problems, Words, shown, span_words

Spans = tuple[tuple[float, float], ...]
LEAST_MEAN_S, MOST_MEAN_S = 1, 1_000_000
"""Of targets and means; the policies divide by them."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """Targets and mean service times in seconds by service; `breaks`: None where the file says nothing of them."""

    targets: Mapping[ServiceCode, float]
    means: Mapping[ServiceCode, float]
    rosters: tuple[Roster, ...]
    breaks: Spans | None = None

    @property
    def opens_s(self) -> float:
        """The first opening of any counter; midnight where none opens."""
        return min((begins for roster in self.rosters for begins, _ in roster.open), default=0.0)

    @property
    def clock(self) -> HallClock:
        return HallClock(self.opens_s, self.breaks or ())

    @property
    def durations(self) -> Durations:
        return Durations({(service, None, None): mean for service, mean in self.means.items()})


def read_hall(path: Path, warn: Callable[[str], object]) -> Staffing:
    """Raises BadInput with all that is wrong; `warn` gets a line for each key that is not known here."""
    problems = Problems(path)
    root = read_json(path, problems)
    reader = _Reader(problems)
    members = reader.members(root, {"services", "counters"}, {"break"})
    services = reader.named(members.get("services"))
    figures = {ServiceCode(code): reader.members(node, {"target_s", "mean_s"}) for code, node in services.items()}
    targets = {code: reader.positive(node.get("target_s")) for code, node in figures.items()}
    means = {code: reader.positive(node.get("mean_s")) for code, node in figures.items()}
    seen: set[int] = set()
    rosters = tuple(reader.roster(node, set(targets), seen) for node in reader.filled(members.get("counters")))
    breaks = reader.spans(members["break"]) if "break" in members else None
    problems.settle(warn)
    return Staffing(targets, means, rosters, breaks)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes values out of nodes. What is wrong goes to `problems`, and a harmless value stands in for it, so that the
    rest is still read; what is missing has been told where it was looked for."""

    problems: Problems

    def wrong(self, node: Node, vi: str, en: str) -> None:
        what = Words(f"cần {vi}, không phải {node.shown()}", f"expected {en}, not {node.shown()}")
        self.problems.add(node.place, node.path, what)

    def members(self, node: Node | None, needed: set[str], optional: Set[str] = frozenset()) -> Mapping[str, Node]:
        """An object with all the keys `needed`, perhaps some `optional` ones; others are ignored."""
        found = self._object(node)
        if node is None or found is None:
            return {}
        for key in sorted(needed - found.keys()):
            self.problems.add(node.place, node.path, Words(f"thiếu khóa “{key}”", f"the key “{key}” is missing"))
        known = ", ".join(sorted(needed | optional))
        for key in sorted(found.keys() - needed - optional):
            what = Words(f"bỏ qua khóa {shown(key)}; chỉ dùng {known}", f"ignored the key {shown(key)}; used: {known}")
            self.problems.ignore(found[key].place, node.path, key, what)
        return found

    def named(self, node: Node | None) -> Mapping[str, Node]:
        """An object with at least one member, the names its keys."""
        found = self._object(node)
        if node is None or found is None:
            return {}
        if not found:
            self.wrong(node, "ít nhất một dịch vụ", "at least one service")
        for key in found:
            if not key.strip():
                self.wrong(found[key], "mã dịch vụ không trống", "a service code that is not empty")
            elif not _writable(key):
                words = (
                    f"mã dịch vụ {shown(key)} có ký tự hỏng",
                    f"the service code {shown(key)} holds half a character",
                )
                self.problems.add(found[key].place, node.path, Words(*words))
        return found

    def filled(self, node: Node | None) -> tuple[Node, ...]:
        """A list with something in it."""
        items = self.items(node)
        if node is not None and isinstance(node.value, tuple) and not items:
            self.wrong(node, "ít nhất một mục", "at least one entry")
        return items

    def items(self, node: Node | None) -> tuple[Node, ...]:
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.wrong(node, "một danh sách [ … ]", "a list [ … ]")
            return ()
        return node.value

    def positive(self, node: Node | None) -> float:
        return self._number(node, LEAST_MEAN_S, MOST_MEAN_S, span_words(LEAST_MEAN_S, MOST_MEAN_S))

    def moment(self, node: Node) -> float:
        words = span_words(0, MOST_S)
        return self._number(node, 0, MOST_S, Words(f"{words.vi}, tính từ nửa đêm", f"{words.en}, after midnight"))

    def roster(self, node: Node, services: set[ServiceCode], seen: set[int]) -> Roster:
        members = self.members(node, {"id", "skills", "open"}, {"backup"})
        ident = self._id(members.get("id"), seen)
        skills = self._skills(self.filled(members.get("skills")), services)
        backup = self._skills(self.items(members.get("backup")), services)
        counter = Counter(CounterId(ident), LocalText(f"Quầy {ident}", f"Counter {ident}"), skills, backup - skills)
        return Roster(counter, self.spans(members.get("open")))

    def spans(self, node: Node | None) -> Spans:
        """`[[from_s, to_s], …]` in order of time; those that touch become one."""
        read = [self._span(item) for item in self.items(node)]
        spans = sorted((span for span in read if span is not None), key=lambda span: span[0])
        joined: list[tuple[float, float]] = []
        for begins, ends, item in spans:
            if joined and begins < joined[-1][1]:
                before = f"[{joined[-1][0]:g}, {joined[-1][1]:g}]"
                what = Words(f"trùng với khoảng {before}", f"overlaps the span {before}")
                self.problems.add(item.place, item.path, what)
            elif joined and begins == joined[-1][1]:
                joined[-1] = joined[-1][0], ends
            else:
                joined.append((begins, ends))
        return tuple(joined)

    def _span(self, node: Node) -> tuple[float, float, Node] | None:
        if not isinstance(node.value, tuple) or len(node.value) != 2:
            self.wrong(node, "một khoảng [từ, đến]", "a span [from_s, to_s]")
            return None
        faults = len(self.problems.found)
        begins, ends = (self.moment(item) for item in node.value)
        if len(self.problems.found) > faults:
            return None
        if ends <= begins:
            what = Words("khoảng kết thúc không sau lúc bắt đầu", "the span does not end after it begins")
            self.problems.add(node.value[1].place, node.value[1].path, what)
            return None
        return begins, ends, node

    def _id(self, node: Node | None, seen: set[int]) -> int:
        if node is None:
            return 0
        ident = node.value
        if isinstance(ident, bool) or not isinstance(ident, int) or ident < 0:
            self.wrong(node, "số quầy: một số nguyên từ 0", "the counter's number: a whole number from 0")
            return 0
        if ident in seen:
            self.problems.add(
                node.place, node.path, Words(f"quầy {ident} có hai lần", f"counter {ident} is there twice")
            )
        seen.add(ident)
        return ident

    def _skills(self, nodes: tuple[Node, ...], services: set[ServiceCode]) -> frozenset[ServiceCode]:
        known = ", ".join(sorted(services)[:12])
        skills: set[ServiceCode] = set()
        for node in nodes:
            if not isinstance(node.value, str) or node.value not in services:
                self.wrong(node, f"một dịch vụ trong “services” ({known})", f"one of “services” ({known})")
            elif node.value in skills:
                self.problems.add(node.place, node.path, Words("dịch vụ có hai lần", "the service is there twice"))
            else:
                skills.add(ServiceCode(node.value))
        return frozenset(skills)

    def _object(self, node: Node | None) -> Mapping[str, Node] | None:
        if node is None:
            return None
        if not isinstance(node.value, Mapping):
            self.wrong(node, "một đối tượng { … }", "an object { … }")
            return None
        return node.value

    def _number(self, node: Node | None, least: int, most: int, words: Words) -> float:
        if node is None:
            return 1.0
        number = node.value
        if isinstance(number, bool) or not isinstance(number, int | float):
            self.wrong(node, *words)
            return 1.0
        if not least <= number <= most:  # also false of NaN
            self.wrong(node, *words)
            return 1.0
        return float(number)


def _writable(code: str) -> bool:
    """Whether it can stand in a file: JSON's \\u knows halves of characters (lone surrogates), UTF-8 does not."""
    return not any("\ud800" <= letter <= "\udfff" for letter in code)
