"""The description of the API is whole: examples that are true, and every refusal in its form."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server import contract
from queue_server.api.problems import STATUS
from queue_server.contract import PROBLEM_TYPE, Problem
from tests.queue_server.house import House

CODES = {error.code: status for error, status in STATUS.items()}


@pytest.fixture
def described(house: House) -> dict[str, Any]:
    return house.get("/openapi.json").json()


def operations(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def examples(content: dict[str, Any]) -> list[Any]:
    given = [content["example"]] if "example" in content else []
    return given + [each["value"] for each in content.get("examples", {}).values()]


def test_every_operation_says_what_it_does(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        assert operation["summary"], name
        assert operation["description"], name


def test_every_operation_describes_its_refusals_as_problems_with_examples(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        refusals = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}
        assert {"500", "422"} <= set(refusals), name
        for status, answer in refusals.items():
            assert set(answer["content"]) == {PROBLEM_TYPE}, (name, status)
            content = answer["content"][PROBLEM_TYPE]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}, (name, status)
            assert examples(content), (name, status)
            for example in examples(content):
                told = Problem.model_validate(example)
                assert (told.status, CODES[told.code]) == (int(status), int(status)), name


def test_every_answer_and_every_body_has_an_example_that_is_true(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        parts = {status: answer for status, answer in operation["responses"].items() if int(status) < 300}
        if "requestBody" in operation:
            parts["body"] = operation["requestBody"]
        for part, answer in parts.items():
            for kind, content in answer.get("content", {}).items():
                assert examples(content), (name, part, kind)
                schema = content.get("schema", {})
                for reference in [schema, *schema.get("anyOf", [])]:
                    model = getattr(contract, reference.get("$ref", "").rpartition("/")[2], None)
                    if model is not None:
                        for example in examples(content):
                            model.model_validate(example)


def test_every_code_a_client_can_meet_is_described(described: dict[str, Any]) -> None:
    told = {
        example["code"]
        for _, operation in operations(described)
        for status, answer in operation["responses"].items()
        if int(status) >= 400
        for example in examples(answer["content"][PROBLEM_TYPE])
    }
    only_on_pages_or_nowhere = {"login-failed", "login-locked", "not-found", "method-not-allowed"}
    assert told == set(CODES) - only_on_pages_or_nowhere
