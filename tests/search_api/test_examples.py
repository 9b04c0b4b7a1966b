"""Every operation of the description has an example of what is sent and what is answered, and each obeys its schema."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from dossier.settings import Settings
from search_api.app import create_app
from search_api.description import examples

Json = dict[str, Any]
DESCRIPTION: Json = create_app(Settings()).openapi()
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, operations in DESCRIPTION["paths"].items()
    for method, operation in operations.items()
}


def check(value: object, schema: Json, where: str) -> None:
    whole = {**schema, "components": DESCRIPTION["components"], "$schema": "https://json-schema.org/draft/2020-12/schema"}
    try:
        jsonschema.Draft202012Validator(whole).validate(value)
    except jsonschema.ValidationError as error:
        raise AssertionError(f"{where}: {error.json_path}: {error.message[:300]}") from error


def test_no_example_is_of_something_that_is_not_there():
    assert set(examples()) <= set(OPERATIONS)
    for name, example in examples().items():
        known = {(parameter["in"], parameter["name"]) for parameter in OPERATIONS[name].get("parameters", [])}
        given = {(where, parameter) for where in ("path", "query", "header") for parameter in example.get(where, {})}
        assert given <= known, name


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_has_examples_that_obey_its_schemas(name):
    operation = OPERATIONS[name]
    for parameter in operation.get("parameters", []):
        if parameter.get("required"):
            assert "example" in parameter, f"{name}: {parameter['name']}"
        if "example" in parameter:
            check(_as_sent(parameter), parameter["schema"], f"{name}: {parameter['name']}")
    if "requestBody" in operation:
        (content,) = operation["requestBody"]["content"].values()
        check(content["example"], content["schema"], f"{name}: body")
    answers = {status: answer for status, answer in operation["responses"].items() if status.startswith("2")}
    for status, answer in answers.items():
        content = answer.get("content", {}).get("application/json")
        if content is not None:
            check(content["example"], content.get("schema", {}), f"{name}: {status}")


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_problem_has_an_example_that_obeys_its_schema(name):
    for status, answer in OPERATIONS[name]["responses"].items():
        if int(status) >= 400:
            content = answer["content"]["application/problem+json"]
            assert content["examples"], (name, status)
            for kind, example in content["examples"].items():
                check(example["value"], content["schema"], f"{name}: {status} {kind}")
                assert example["value"]["status"] == int(status)


def _as_sent(parameter: Json) -> object:
    """A number of an address is text until it is read."""
    value, schema = parameter["example"], parameter["schema"]
    kinds = {one.get("type") for one in (schema, *schema.get("anyOf", []))}
    if "integer" in kinds and isinstance(value, str):
        return int(value)
    if schema.get("items", {}).get("type") == "integer":
        return [int(one) for one in value]
    return value
