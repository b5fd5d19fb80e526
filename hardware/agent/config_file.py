"""Reads the agent's file, and says in both languages what is wrong with it: file, key, and what would be right."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hardware.agent.config import (
    OWN_WORDS,
    CameraEntry,
    Config,
    DisplayEntry,
    KeypadEntry,
    PrinterEntry,
    ScannerEntry,
    SpeakerEntry,
)
from hardware.words import N_, translations

LANGUAGES = ("vi", "en")
TABLES: Mapping[str, type[BaseModel]] = {
    "display": DisplayEntry,
    "keypad": KeypadEntry,
    "speaker": SpeakerEntry,
    "camera": CameraEntry,
    "printer": PrinterEntry,
    "scanner": ScannerEntry,
}

WORDS: Mapping[str, str] = {
    "missing": N_("is missing"),
    "extra_forbidden": N_("is not known here; known are {known}"),
    "string_type": N_("must be a text in quotation marks"),
    "string_pattern_mismatch": N_("may have letters A-Z, digits, dots, dashes and spaces"),
    "string_too_long": N_("may have at most {max_length} signs"),
    "string_too_short": N_("must not be empty"),
    "too_short": N_("must not be empty"),
    "too_long": N_("may have at most {max_length} entries"),
    "int_type": N_("must be a whole number"),
    "int_parsing": N_("must be a whole number"),
    "int_from_float": N_("must be a whole number"),
    "float_type": N_("must be a number"),
    "float_parsing": N_("must be a number"),
    "bool_type": N_("must be true or false"),
    "greater_than": N_("must be more than {gt}"),
    "greater_than_equal": N_("must be at least {ge}"),
    "less_than_equal": N_("must be at most {le}"),
    "literal_error": N_("must be {expected}"),
    "dict_type": N_("must be a table such as {{ 1 = 3, 2 = 4 }}"),
    "tuple_type": N_("must be a list such as [1, 2]"),
    "model_type": N_("must be a table of its own: [[display]]"),
}
"""By pydantic's error types; what is not here says what pydantic says."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`key`: where in the file, as display 2 › url; empty for the file as a whole. `words`: English; `values` fill
    them."""

    key: str
    words: str
    values: Mapping[str, Any]

    def text(self, language: str) -> str:
        said = translations(language).gettext(self.words).format(**self.values)
        return f"{self.key}: {said}" if self.key else said


class ConfigError(Exception):
    """The agent's file cannot be used. Its text is for the technician, Vietnamese first."""

    def __init__(self, path: Path, faults: tuple[Fault, ...]) -> None:
        lines = [f"{path}: {fault.text(language)}" for language in LANGUAGES for fault in faults]
        super().__init__("\n".join(lines))
        self.faults = faults


def load_config(path: Path) -> Config:
    """Raises ConfigError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(path, (Fault("", N_("cannot be read: {why}"), {"why": error.strerror}),)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(path, (Fault("", N_("is not UTF-8 text (byte {at})"), {"at": error.start}),)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, (Fault("", N_("is not valid TOML: {why}"), {"why": str(error)}),)) from error
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        raise ConfigError(path, _faults(error)) from error


def place(kind: str, number: int, key: str) -> str:
    """A key of the file in words: the second [[display]]'s url is "display 2 › url"."""
    return f"{kind} {number + 1} › {key}"


def _faults(error: ValidationError) -> tuple[Fault, ...]:
    """Of a key that could be one thing or another, only what is said of the thing that stands there."""
    faults = [_fault(issue) for issue in error.errors(include_url=False)]
    return tuple(one for one in faults if not any(other.key.startswith(f"{one.key} › ") for other in faults))


def _fault(issue: ErrorDetails) -> Fault:
    kind, values = issue["type"], dict(issue.get("ctx", {}))
    if kind == "extra_forbidden":
        values["known"] = ", ".join(_known(issue["loc"]))
    # A custom error carries its own words, as template; pydantic's text holds no braces to be filled.
    words = WORDS.get(kind) or OWN_WORDS.get(kind) or issue["msg"].replace("{", "{{").replace("}", "}}")
    return Fault(_key(issue["loc"]), words, values)


def _known(loc: tuple[int | str, ...]) -> list[str]:
    model = TABLES.get(str(loc[0]), Config) if len(loc) > 1 else Config
    return list(model.model_fields)


def _key(loc: tuple[int | str, ...]) -> str:
    """`("display", 1, "counters", "x", "[key]")` as display 2 › counters › x."""
    steps: list[str] = []
    for step in loc:
        if isinstance(step, int) and len(steps) == 1 and steps[0] in TABLES:
            steps[0] = f"{steps[0]} {step + 1}"
        elif isinstance(step, int):
            steps.append(str(step + 1))
        elif not step.startswith(("[", "dict[", "constrained-int")):
            steps.append(step)
    return " › ".join(steps)
