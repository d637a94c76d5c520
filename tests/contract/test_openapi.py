from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from dev.openapi import PATH, rendered
from dev.openapi_parts import EXAMPLES
from shared.manifest import functions


def test_the_kept_document_is_what_the_code_says():
    assert PATH.read_text() == rendered(), "run `make types`"


def test_every_route_is_described():
    paths = json.loads(PATH.read_text())["paths"]
    described = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}

    assert described == {function.http for function in functions().values() if function.http}


def test_the_page_shows_every_route_and_asks_nobody_else(api):
    answer = api.anonymous().get("/api/crm/docs")

    assert answer.content_type.startswith("text/html")
    for function in functions().values():
        if function.http:
            assert f"<span class=method>{function.method}</span> {function.path}<" in answer.text
    assert "http://" not in answer.text
    assert "<script" not in answer.text


def test_the_served_document_is_the_kept_one(api):
    assert api.anonymous().get("/api/crm/openapi.json").json == json.loads(PATH.read_text())


def test_every_example_fits_its_model_and_is_shown():
    document = json.loads(PATH.read_text())
    shown = [
        (content["schema"]["$ref"].rpartition("/")[2], content["example"])
        for methods in document["paths"].values()
        for operation in methods.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        if "example" in content
    ]
    assert {name for name, _ in shown} == EXAMPLES.keys()
    for name, example in shown:
        check = Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document["components"]})
        assert list(check.iter_errors(example)) == [], name


def test_refusals_stand_by_their_names_with_what_is_left_of_the_limits():
    document = json.loads(PATH.read_text())
    for methods in document["paths"].values():
        for operation in methods.values():
            if operation.get("security") != []:
                assert {"401", "403", "429"} <= operation["responses"].keys(), operation["operationId"]
    limited = document["components"]["responses"]["RateLimited"]["headers"]
    assert {"RateLimit", "RateLimit-Policy", "Retry-After"} <= limited.keys()
    assert all(tag["description"] for tag in document["tags"])
