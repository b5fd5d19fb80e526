"""What a form's file must keep beyond its shape, so that the kiosk never asks what it cannot check, or cannot ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from queue_server.domain.forms import Control, Prefill, RuleKind
from queue_server.domain.forms.checking import TEXT_FORMAT
from queue_server.domain.forms.formats import FORMATS

from .faults import Fault
from .form_shape import FormShape, QuestionShape, RuleShape
from .shape import ConditionShape
from .yaml_file import Key, YamlFile

_CHOSEN = (Control.CHOICE, Control.CHOICES)
_DAYS = (Control.DATE, Control.YEAR)
_LINES = (Control.TEXT, Control.LONG_TEXT)
_PREFILLED: dict[Prefill, tuple[Control, ...]] = {
    Prefill.CARD_ID: (Control.CITIZEN_ID,),
    Prefill.CARD_NAME: (Control.NAME, Control.TEXT),
    Prefill.CARD_BIRTH_DATE: (Control.DATE,),
    Prefill.CARD_BIRTH_YEAR: (Control.YEAR,),
    Prefill.CARD_SEX: (Control.CHOICE,),
    Prefill.CARD_ADDRESS: _LINES,
    Prefill.CARD_ISSUED: (Control.DATE,),
    Prefill.TODAY: (Control.DATE,),
    Prefill.HALL_AGENCY: _LINES,
}
_TYPES: dict[Control, str] = {
    Control.YES_NO: "boolean",
    Control.CHOICES: "array",
    Control.YEAR: "integer",
    Control.NUMBER: "integer",
    Control.MONEY: "integer",
}
"""Of all others: string."""
_SCHEMA_KEYS = frozenset(
    ("$schema", "$id", "$comment", "$defs", "title", "description", "type", "properties", "required")
)
_HOLDS_A_SCHEMA = frozenset(("items", "contains", "not", "if", "then", "else"))
_HOLDS_SCHEMAS = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
_KEYWORDS = (
    _HOLDS_A_SCHEMA
    | _HOLDS_SCHEMAS
    | frozenset(("$comment", "$ref", "title", "description", "examples", "default", "type", "format", "enum", "const"))
    | frozenset(("minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minContains"))
    | frozenset(("maxContains", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"))
)
"""Of JSON Schema 2020-12, those that say something of one answer: a text, a number, a choice or a list."""
_NEEDS_OTHER = (RuleKind.NOT_AFTER, RuleKind.DIFFERS)
_NEEDS_YEARS = (RuleKind.WITHIN_YEARS, RuleKind.AGE_AT_LEAST)


def form_faults(file: YamlFile, form: FormShape, *, is_schema: bool = False) -> list[Fault]:
    """Everything that is wrong, by line. `is_schema`: its schema is known to be JSON Schema; seeing it takes long."""
    no_schema = [] if is_schema else list(_of_json_schema(file, form))
    faults = [*_of_names(file, form), *(no_schema or _of_schema(file, form))]
    earlier: dict[str, QuestionShape] = {}
    for place, question in enumerate(form.questions):
        key = ("questions", place)
        faults += _of_question(file, key, form, question, earlier)
        earlier.setdefault(question.field, question)
    for place, rule in enumerate(form.rules):
        faults += _of_rule(file, ("rules", place), rule, earlier)
    faults += _of_owner(file, form, earlier)
    return sorted(faults, key=lambda fault: fault.line)


def _of_names(file: YamlFile, form: FormShape) -> Iterator[Fault]:
    if (file.path.parent.name, file.path.stem) != (form.code, form.version):
        yield file.fault(("code",), f"the file must be called {form.code}/{form.version}.yaml")
    yield from _twice(file, "questions", "field", [question.field for question in form.questions])
    yield from _twice(file, "groups", "code", [group.code for group in form.groups])
    used = {question.group for question in form.questions}
    for place, group in enumerate(form.groups):
        if group.code not in used:
            yield file.fault(("groups", place, "code"), f"no question belongs to the group {group.code}")


def _twice(file: YamlFile, table: str, key: str, codes: list[str]) -> Iterator[Fault]:
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield file.fault((table, place, key), f"{code} is there already")


def _of_json_schema(file: YamlFile, form: FormShape) -> Iterator[Fault]:
    """The first thing that makes it none: the rest may follow from it."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(form.schema_)
    for error in islice(errors, 1):
        yield file.fault(("schema", *error.absolute_path), f"is not JSON Schema 2020-12: {error.message}")


def _of_schema(file: YamlFile, form: FormShape) -> Iterator[Fault]:
    schema = form.schema_
    if schema.get("type") != "object":
        yield file.fault(("schema", "type"), "must be object")
    for key in schema:
        if key not in _SCHEMA_KEYS:
            yield file.fault(("schema", key), "has no effect here; compare answers by rules, ask conditionally by when")
    properties = schema.get("properties", {})
    fields = {question.field for question in form.questions}
    for name in properties:
        if name not in fields:
            yield file.fault(("schema", "properties", name), "no question asks this")
    for place, name in enumerate(schema.get("required", [])):
        if name not in fields:
            yield file.fault(("schema", "required", place), f"no question asks {name}")
    for path, reference in _references(schema, ()):
        name = reference.removeprefix("#/$defs/")
        if not reference.startswith("#/$defs/") or name not in schema.get("$defs", {}):
            yield file.fault(("schema", *path), f"{reference} is not one of this schema's $defs")
    for path, text in _unheeded(schema):
        yield file.fault(("schema", *path), text)
    for path, name in _formats(schema, ()):
        if name not in FORMATS:
            yield file.fault(("schema", *path), f"{name} is no known format: {', '.join(sorted(FORMATS))}")


def _unheeded(schema: dict[str, Any]) -> Iterator[tuple[Key, str]]:
    """What would never hold: keywords that JSON Schema does not know, and patterns that are none."""
    named = ((name, key, said) for name in ("properties", "$defs") for key, said in schema.get(name, {}).items())
    left: list[tuple[Key, Any]] = [((name, key), said) for name, key, said in named]
    while left:
        path, said = left.pop()
        if not isinstance(said, dict):
            continue
        for key, value in said.items():
            if key not in _KEYWORDS:
                yield (*path, key), f"{key} is no keyword of JSON Schema: it would never be checked"
            elif key == "pattern":
                try:
                    re.compile(value)
                except re.error as error:
                    yield (*path, key), f"is no regular expression: {error}"
            elif key in _HOLDS_A_SCHEMA:
                left.append(((*path, key), value))
            elif key in _HOLDS_SCHEMAS:
                left.extend(((*path, key, place), each) for place, each in enumerate(value))


def _references(schema: Any, path: Key) -> Iterator[tuple[Key, str]]:
    yield from _found(schema, "$ref", path)


def _formats(schema: Any, path: Key) -> Iterator[tuple[Key, str]]:
    yield from _found(schema, "format", path)


def _found(schema: Any, keyword: str, path: Key) -> Iterator[tuple[Key, str]]:
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == keyword and isinstance(value, str):
                yield (*path, key), value
            else:
                yield from _found(value, keyword, (*path, key))
    elif isinstance(schema, list):
        for place, value in enumerate(schema):
            yield from _found(value, keyword, (*path, place))


def _of_question(
    file: YamlFile, key: Key, form: FormShape, question: QuestionShape, earlier: dict[str, QuestionShape]
) -> Iterator[Fault]:
    control = question.control
    if question.group not in {group.code for group in form.groups}:
        yield file.fault((*key, "group"), f"there is no group {question.group}")
    if control in _CHOSEN and len(question.options) < 2:
        yield file.fault((*key, "options"), f"{control} needs at least two options")
    if control not in _CHOSEN and question.options:
        yield file.fault((*key, "options"), f"{control} has no options")
    codes = [option.code for option in question.options]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield file.fault((*key, "options", place, "code"), f"{code} is there already")
    for place, condition in enumerate(question.when):
        yield from condition_faults(file, (*key, "when", place), condition, earlier, "an earlier question")
    for place, source in enumerate(question.prefill):
        if control not in _PREFILLED[source]:
            fitting = ", ".join(_PREFILLED[source])
            yield file.fault((*key, "prefill", place), f"{source} fits only {fitting}, not {control}")
        elif source is Prefill.CARD_SEX and not {"male", "female"} <= set(codes):
            yield file.fault((*key, "prefill", place), f"{source} needs the options male and female")
    for place, field in enumerate(question.same_as):
        if field not in earlier:
            yield file.fault((*key, "same_as", place), f"{field} is not an earlier question")
        elif earlier[field].control is not control:
            yield file.fault((*key, "same_as", place), f"{field} is asked as {earlier[field].control}, not {control}")
    yield from _of_property(file, form, question, codes, key)


def _of_property(
    file: YamlFile, form: FormShape, question: QuestionShape, codes: list[str], key: Key
) -> Iterator[Fault]:
    control, properties = question.control, form.schema_.get("properties", {})
    at: Key = ("schema", "properties", question.field)
    if not isinstance(properties, dict) or question.field not in properties:
        yield file.fault((*key, "field"), f"schema.properties has no {question.field}")
        return
    said = properties[question.field]
    if not isinstance(said, dict):
        return
    if isinstance(said.get("$ref"), str):
        said = {**form.schema_.get("$defs", {}).get(said["$ref"].removeprefix("#/$defs/"), {}), **said}
    wanted = _TYPES.get(control, "string")
    if said.get("type", wanted) != wanted:
        yield file.fault(at, f"type must be {wanted}, as the question's control is {control}")
    named = said.get("format")
    if named in FORMATS and named != TEXT_FORMAT.get(control):
        yield file.fault(at, f"the format {named} does not go with the control {control}")
    items = said.get("items", {}) if control is Control.CHOICES else said
    if control in _CHOSEN and isinstance(items, dict) and "enum" in items and set(items["enum"]) != set(codes):
        yield file.fault(at, f"enum must be the question's options: {', '.join(codes)}")


def condition_faults(
    file: YamlFile, key: Key, condition: ConditionShape, fields: dict[str, QuestionShape], known_as: str
) -> Iterator[Fault]:
    """What is wrong with a condition on the answers to `fields`."""
    question = fields.get(condition.field)
    if question is None:
        yield file.fault((*key, "field"), f"{condition.field} is not {known_as}")
        return
    values = condition.is_ or condition.is_not or ()
    if question.control is Control.YES_NO:
        known = {"yes", "no"}
    elif question.control in _CHOSEN:
        known = {option.code for option in question.options}
    elif values:
        yield file.fault(key, f"{condition.field} is asked as {question.control}: only filled can be asked of it")
        return
    else:
        return
    for value in values:
        if value not in known:
            word = "is" if condition.is_ else "is_not"
            yield file.fault((*key, word), f"{value} is no answer to {condition.field}: {', '.join(sorted(known))}")


def _of_rule(file: YamlFile, key: Key, rule: RuleShape, fields: dict[str, QuestionShape]) -> Iterator[Fault]:
    for name in ("field", "other"):
        field = getattr(rule, name)
        if field is not None and field not in fields:
            yield file.fault((*key, name), f"no question asks {field}")
        elif field is not None and rule.check is not RuleKind.DIFFERS and fields[field].control not in _DAYS:
            yield file.fault(
                (*key, name), f"{rule.check} compares days, and {field} is asked as {fields[field].control}"
            )
    if rule.check in _NEEDS_OTHER and rule.other is None:
        yield file.fault(key, f"{rule.check} needs other")
    if rule.check in (RuleKind.NOT_FUTURE, RuleKind.WITHIN_YEARS) and rule.other is not None:
        yield file.fault((*key, "other"), f"{rule.check} has no other")
    if (rule.years is None) == (rule.check in _NEEDS_YEARS):
        yield file.fault(key, f"{rule.check} {'needs' if rule.years is None else 'has no'} years")
    for place, condition in enumerate(rule.when):
        yield from condition_faults(file, (*key, "when", place), condition, fields, "a question")


def _of_owner(file: YamlFile, form: FormShape, fields: dict[str, QuestionShape]) -> Iterator[Fault]:
    for name, wanted in (("owner", Control.CITIZEN_ID), ("owner_birth", Control.DATE)):
        field = getattr(form, name)
        if field is None:
            continue
        if field not in fields or fields[field].control is not wanted:
            yield file.fault((name,), f"must be a question whose control is {wanted}")
        elif field not in form.schema_.get("required", []) or fields[field].when:
            yield file.fault((name,), f"{field} must always be asked and required")
