"""The OpenAPI description: 3.1, complete, in English, and true to what the server does."""

from __future__ import annotations

import pytest

from search_api.asking import REPEATABLE, SINGLE


@pytest.fixture(scope="module")
def description(site):
    answer = site.get("/v1/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def operations_of(description):
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            yield f"{method.upper()} {path}", operation


def test_every_operation_is_described(description):
    assert description["openapi"].startswith("3.1")
    tags = {tag["name"] for tag in description["tags"]}
    ids = []
    for name, operation in operations_of(description):
        assert operation["summary"], name
        assert operation["description"], name
        assert set(operation["tags"]) <= tags, name
        ids.append(operation["operationId"])
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query" and " /v1/" in name:  # those of IIIF and OAI-PMH are described by their standards
                assert parameter["description"], (name, parameter["name"])
    assert len(ids) == len(set(ids))


def test_search_describes_every_parameter_it_takes(description):
    names = {parameter["name"] for parameter in description["paths"]["/v1/search"]["get"]["parameters"]}
    assert names == {*SINGLE, *REPEATABLE}


def test_callers_show_who_they_are_everywhere_but_where_nobody_has_to(description):
    assert set(description["components"]["securitySchemes"]) == {"key", "session"}
    for name, operation in operations_of(description):
        assert (operation["security"] == []) == name.startswith("GET /health/"), name
        asks = {"401", "403", "429"} <= set(operation["responses"])
        assert asks == bool(operation["security"]), name


def test_refusals_are_described_as_problems(description):
    for name, operation in operations_of(description):
        refusals = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}
        assert {"400", "422", "500", "503"} <= set(refusals), name
        for status, answer in refusals.items():
            assert list(answer["content"]) == ["application/problem+json"], (name, status)
            schema = answer["content"]["application/problem+json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}, (name, status)
    assert "HTTPValidationError" not in description["components"]["schemas"]


def _check(schema: dict, value: object, description: dict, where: str) -> None:
    """A small reading of JSON Schema: enough for the shapes of this API, and strict about names."""
    if "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        if value is None:
            assert {"type": "null"} in schema["anyOf"], where
            return
        schema = next(one for one in schema["anyOf"] if one != {"type": "null"})
        _check(schema, value, description, where)
        return
    if schema.get("type") == "object" and "properties" in schema:
        assert isinstance(value, dict), where
        assert set(value) <= set(schema["properties"]), f"{where}: {set(value) - set(schema['properties'])}"
        assert set(schema.get("required", [])) <= set(value), f"{where}: {set(schema['required']) - set(value)}"
        for name, one in value.items():
            _check(schema["properties"][name], one, description, f"{where}.{name}")
    elif schema.get("type") == "array" and "items" in schema:
        assert isinstance(value, list), where
        for one in value:
            _check(schema["items"], one, description, f"{where}[]")
    elif schema.get("type") in ("string", "integer", "number", "boolean"):
        kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
        assert isinstance(value, kinds[schema["type"]]), f"{where}: {value!r}"


def test_answers_are_what_the_description_says(site, archive, description):
    document = archive.documents["decision"]
    asked = {
        "/v1/search": "/v1/search?q=dat&facets=agency,type,year,signer,dossier",
        "/v1/documents/{document_id}": f"/v1/documents/{document.id}",
        "/v1/documents/{document_id}/pages": f"/v1/documents/{archive.documents['proposal'].id}/pages",
        "/v1/pages/{page_id}": f"/v1/pages/{document.page_ids[0]}",
        "/v1/dossiers/{dossier_id}": f"/v1/dossiers/{archive.dossiers['land']}",
        "/v1/dossiers/{dossier_id}/review": f"/v1/dossiers/{archive.dossiers['land']}/review",
        "/health/live": "/health/live",
        "/health/ready": "/health/ready",
    }
    for path, address in asked.items():
        responses = description["paths"][path]["get"]["responses"]
        answer = site.get(address)
        assert answer.status_code == 200
        _check(responses["200"]["content"]["application/json"]["schema"], answer.json(), description, path)
    problem = site.get("/v1/search?limit=0")
    _check({"$ref": "#/components/schemas/Problem"}, problem.json(), description, "problem")
