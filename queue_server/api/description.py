"""The API's description as it truly is: refusals as problem+json, and an example of every body and answer."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from queue_server.contract import PROBLEM_TYPE

from .examples import examples

JSON = "application/json"


class DescribedApp(FastAPI):
    """FastAPI, but for two things: it would describe every model as application/json, and without an example."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document; made once, when it is first asked for."""
        if self.openapi_schema is None:
            described = super().openapi()
            shown = {name: example.model_dump(mode="json") for name, example in examples().items()}
            for operations in described["paths"].values():
                for operation in operations.values():
                    _complete(operation, shown)
            self.openapi_schema = described
        return self.openapi_schema


def _complete(operation: dict[str, Any], shown: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        content = answer.get("content", {})
        if int(status) >= 400 and JSON in content:
            content[PROBLEM_TYPE]["schema"] = content.pop(JSON)["schema"]
        _show(content, shown)
    _show(operation.get("requestBody", {}).get("content", {}), shown)


def _show(content: dict[str, Any], shown: dict[str, Any]) -> None:
    for each in content.values():
        schema = each.get("schema", {})
        names = [part.get("$ref", "").rpartition("/")[2] for part in (schema, *schema.get("anyOf", ()))]
        example = next((shown[name] for name in names if name in shown), None)
        if example is not None and not {"example", "examples"} & set(each):
            each["example"] = example
