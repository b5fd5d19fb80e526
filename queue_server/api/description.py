"""The API's description as it truly is: the refusals' own model, and an example of every body and answer."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from queue_server.contract import Problem

from .examples import examples

MODELS = "#/components/schemas/{model}"


class DescribedApp(FastAPI):
    """FastAPI, but for two things: it does not know how refusals look, and would show no example."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document; made once, when it is first asked for."""
        if self.openapi_schema is None:
            described = super().openapi()
            _, refusals = models_json_schema([(Problem, "serialization")], ref_template=MODELS)
            described["components"]["schemas"].update(refusals["$defs"])
            shown = {name: example.model_dump(mode="json") for name, example in examples().items()}
            for operations in described["paths"].values():
                for operation in operations.values():
                    _complete(operation, shown)
            self.openapi_schema = described
        return self.openapi_schema


def _complete(operation: dict[str, Any], shown: dict[str, Any]) -> None:
    for answer in operation["responses"].values():
        _show(answer.get("content", {}), shown)
    _show(operation.get("requestBody", {}).get("content", {}), shown)


def _show(content: dict[str, Any], shown: dict[str, Any]) -> None:
    for each in content.values():
        schema = each.get("schema", {})
        names = [part.get("$ref", "").rpartition("/")[2] for part in (schema, *schema.get("anyOf", ()))]
        example = next((shown[name] for name in names if name in shown), None)
        if example is not None and not {"example", "examples"} & set(each):
            each["example"] = example
