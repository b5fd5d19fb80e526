"""JSON in which every value knows its line and column, so that a wrong value is found as quickly as a wrong comma.

The standard reader decides what is JSON but forgets where it stood. As JSON is, but for a few names, an expression of
Python, Python's own parser gives the places; the two trees have the same shape and are walked together.
"""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .problems import BadInput, Place, Problems, Words, shown
from .text_file import read_text

NOT_JSON = Words("không phải JSON hợp lệ", "is not valid JSON")
TOO_DEEP = Words("lồng nhau quá sâu, hoặc số quá dài", "is nested too deeply, or has too long a number")


@dataclass(frozen=True, slots=True)
class Node:
    """A value at its place. `value`: a Mapping of Nodes, a tuple of Nodes, or a text, number, truth value or None."""

    value: object
    path: str
    place: Place

    def shown(self) -> str:
        """The value as the file writes it, shortened; of an object or list only what it is."""
        if isinstance(self.value, Mapping):
            return "{…}"
        if isinstance(self.value, tuple):
            return "[…]"
        if isinstance(self.value, str):
            return shown(self.value)
        number = json.dumps(self.value)
        return number if len(number) <= 40 else f"{number[:40]}…"


class _Pairs(list[tuple[str, Any]]):
    """An object's members in the order of the file, also those that are there twice."""


def read_json(path: Path, problems: Problems) -> Node:
    """Read the file; a key that is given twice goes to `problems`. Raises BadInput where it is no JSON at all."""
    text = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    try:
        value = json.loads(text, object_pairs_hook=_Pairs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of "\/", which JSON knows and Python does not
            # The first line of its own keeps the columns as they are.
            tree = ast.parse(f"(\n{text}\n)", mode="eval").body
        return _located(value, tree, "", text.split("\n"), problems)
    except json.JSONDecodeError as error:
        what = Words(NOT_JSON.vi, f"{NOT_JSON.en}: {error.msg}")
        problems.add(Place(error.lineno, error.colno), "", what)
    except (RecursionError, MemoryError, SyntaxError, ValueError):
        problems.add(None, "", TOO_DEEP)
    raise BadInput(problems.lines())


def _located(value: object, tree: ast.expr, path: str, lines: list[str], problems: Problems) -> Node:
    place = _place(tree, lines)
    if isinstance(value, _Pairs):
        assert isinstance(tree, ast.Dict)
        members: dict[str, Node] = {}
        for (key, inner), key_tree, inner_tree in zip(value, _keys(tree), tree.values, strict=True):
            inner_path = f"{path}.{key}" if path else key
            if key in members:
                what = Words(f"khóa {shown(key)} có hai lần", f"the key {shown(key)} is there twice")
                problems.add(_place(key_tree, lines), path, what)
            members[key] = _located(inner, inner_tree, inner_path, lines, problems)
        return Node(members, path, place)
    if isinstance(value, list):
        assert isinstance(tree, ast.List)
        items = enumerate(zip(value, tree.elts, strict=True))
        return Node(
            tuple(_located(inner, inner_tree, f"{path}[{n}]", lines, problems) for n, (inner, inner_tree) in items),
            path,
            place,
        )
    return Node(value, path, place)


def _keys(tree: ast.Dict) -> Iterator[ast.expr]:
    for key in tree.keys:
        assert key is not None, "JSON has no ** in it"
        yield key


def _place(tree: ast.expr, lines: list[str]) -> Place:
    """Python counts bytes, and the line before the text."""
    line = tree.lineno - 1
    before = lines[line - 1].encode("utf-8", "surrogatepass")[: tree.col_offset]
    return Place(line, len(before.decode("utf-8", "surrogatepass")) + 1)
