"""A YAML file as plain values that still knows on which line each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from .faults import Fault, FaultyCatalogue

Key = tuple[str | int, ...]
_Model = TypeVar("_Model", bound=BaseModel)
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
    _tree: Any

    def line(self, key: Sequence[str | int]) -> int:
        """Where `key` stands, or as much of it as there is; from 1."""
        node, line = self._tree, 1
        for part in key:
            if isinstance(node, CommentedMap) and part in node:
                line = node.lc.key(part)[0] + 1
            elif isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
                line = node.lc.item(part)[0] + 1
            else:
                break
            node = node[part]
        return line

    def fault(self, key: Sequence[str | int], text: str) -> Fault:
        return Fault(self.path, self.line(key), ".".join(str(part) for part in key), text)

    def shaped(self, model: type[_Model]) -> _Model:
        """The values as `model` wants them. Raises FaultyCatalogue with everything that does not fit."""
        try:
            return model.model_validate(self.values)
        except ValidationError as error:
            faults = [self._of(issue) for issue in error.errors(include_url=False)]
            raise FaultyCatalogue(tuple(sorted(faults, key=lambda fault: fault.line))) from error

    def _of(self, issue: Any) -> Fault:
        known = _WORDS.get(issue["type"])
        words = known.format_map(issue.get("ctx", {})) if known else f"{issue['msg'][:1].lower()}{issue['msg'][1:]}"
        return self.fault(issue["loc"], words)


def read_yaml(path: Path) -> YamlFile:
    """Read one document. Raises FaultyCatalogue where there is none."""
    try:
        tree = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FaultyCatalogue((Fault(path, 1, "", f"cannot be read: {error.strerror}"),)) from error
    except UnicodeDecodeError as error:
        raise FaultyCatalogue((Fault(path, 1, "", f"is not UTF-8 text (byte {error.start})"),)) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = ": ".join(str(part).strip() for part in (error.context, error.problem) if part)
        fault = Fault(path, mark.line + 1 if mark else 1, "", f"is not valid YAML: {said}")
        raise FaultyCatalogue((fault,)) from error
    except (YAMLError, ValueError, TypeError) as error:  # TypeError: a table as a key
        raise FaultyCatalogue((Fault(path, 1, "", f"is not valid YAML: {error}"),)) from error
    return YamlFile(path, _plain(tree), tree)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool):
        return value
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return date(value.year, value.month, value.day)
    return value
