"""A YAML file as plain values that still knows on which line each of them stands.

Of plain words it takes what YAML's core schema (1.2) says: `yes`, `no` and `15:00` are text. libyaml, in C, does the
reading: pure Python takes seconds for the built-in catalogue, at each start of a server.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from .faults import Fault, FaultyCatalogue

Key = tuple[str | int, ...]
_Model = TypeVar("_Model", bound=BaseModel)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DEEPEST = 50
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a key of this table",
    "string_type": "must be text; put numbers, true and false in quotes",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "model_type": "must be a table of keys and values",
    "dict_type": "must be a table of keys and values",
    "too_short": "needs at least {min_length} entry",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "value_error": "{error}",
}
"""Plainer words for what pydantic finds; what is not here is said in its own."""


@dataclass(frozen=True)
class YamlFile:
    path: Path
    values: Any
    _lines: dict[Key, int] = field(repr=False)

    def line(self, key: Sequence[str | int]) -> int:
        """Where `key` stands, or as much of it as there is; from 1."""
        whole = tuple(key)
        return next((self._lines[whole[:n]] for n in range(len(whole), 0, -1) if whole[:n] in self._lines), 1)

    def fault(self, key: Sequence[str | int], text: str) -> Fault:
        return Fault(self.path, self.line(key), ".".join(str(part) for part in key), text)

    def shaped(self, model: type[_Model]) -> _Model:
        """The values as `model` wants them. Raises FaultyCatalogue with everything that does not fit."""
        try:
            return model.model_validate(self.values)
        except ValidationError as error:
            issues = error.errors(include_url=False)
            faults = [self._of(issue) for issue in issues if not _is_an_echo(issue, issues)]
            raise FaultyCatalogue(tuple(sorted(faults, key=lambda fault: fault.line))) from error

    def _of(self, issue: Any) -> Fault:
        known = _WORDS.get(issue["type"])
        words = known.format_map(issue.get("ctx", {})) if known else f"{issue['msg'][:1].lower()}{issue['msg'][1:]}"
        return self.fault(issue["loc"], words)


def _is_an_echo(issue: Any, issues: Sequence[Any]) -> bool:
    """Whether a list is too short only because an entry of it is wrong and was not counted."""
    at = issue["loc"]
    return issue["type"] == "too_short" and any(
        len(each["loc"]) > len(at) and each["loc"][: len(at)] == at for each in issues
    )


class _Unfit(Exception):
    """A node that means nothing here; `line` from 1."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


def read_yaml(path: Path) -> YamlFile:
    """Read one document. Raises FaultyCatalogue where there is none."""
    lines: dict[Key, int] = {}
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return YamlFile(path, None if tree is None else _value(tree, (), lines), lines)
    except OSError as error:
        fault = Fault(path, 1, "", f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        fault = Fault(path, 1, "", f"is not UTF-8 text (byte {error.start})")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ": ".join(str(part).strip() for part in (error.context, error.problem) if part)
        fault = Fault(path, mark.line + 1 if mark else 1, "", f"is not valid YAML: {said}")
    except yaml.YAMLError as error:
        fault = Fault(path, 1, "", f"is not valid YAML: {' '.join(str(error).split())}")
    except _Unfit as error:
        fault = Fault(path, error.line, "", f"is not valid YAML: {error}")
    raise FaultyCatalogue((fault,))


def _value(node: Any, key: Key, lines: dict[Key, int]) -> Any:
    """What `node` says; on the way the line of each key is noted."""
    if len(key) > _DEEPEST:
        raise _Unfit(node.start_mark.line + 1, "this is nested too deep")
    if isinstance(node, yaml.MappingNode):
        table: dict[str, Any] = {}
        for name_node, value_node in node.value:
            line = name_node.start_mark.line + 1
            if not isinstance(name_node, yaml.ScalarNode):
                raise _Unfit(line, "a key must be a word")
            name = str(name_node.value)
            if name in table:
                raise _Unfit(line, f"the key {name} is there twice")
            lines[(*key, name)] = line
            table[name] = _value(value_node, (*key, name), lines)
        return table
    if isinstance(node, yaml.SequenceNode):
        for place, each in enumerate(node.value):
            lines[(*key, place)] = each.start_mark.line + 1
        return [_value(each, (*key, place), lines) for place, each in enumerate(node.value)]
    return node.value if node.style else _plain(node.value)


def _plain(text: str) -> Any:
    """What a word without quotes is."""
    if text in _PLAIN:
        return _PLAIN[text]
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text
