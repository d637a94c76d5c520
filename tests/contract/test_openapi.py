from __future__ import annotations

import json

from dev.openapi import PATH, rendered
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
