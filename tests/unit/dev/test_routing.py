from __future__ import annotations

from typing import Any

import pytest

from selfhost.routing import Router
from shared.manifest import Function, functions


def function(name: str, http: str | None, **more: Any) -> Function:
    return Function(name=name, area="contacts", http=http, settings={}, **more)


@pytest.fixture
def router() -> Router:
    return Router(
        [
            function("get_contact", "GET /contacts/{id}"),
            function("delete_contact", "DELETE /contacts/{id}"),
            function("search_contacts", "GET /contacts/search"),
            function("import_contacts", "POST /contacts/import"),
            function("enrich_one", "POST /contacts/{id}/enrich"),
            function("consume", None, topic="contact-enrichment"),
            function("tidy", None, schedule="* * * * *"),
            function("migrate", None, private=True),
        ]
    )


def served(router: Router, method: str, path: str) -> str | None:
    route = router.match(path)
    found = route.function_for(method) if route else None
    return found.name if found else None


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/contacts/search", "search_contacts"),
        ("GET", "/contacts/7", "get_contact"),
        ("DELETE", "/contacts/7", "delete_contact"),
        ("HEAD", "/contacts/7", "get_contact"),
        ("POST", "/contacts/7/enrich", "enrich_one"),
        ("POST", "/contacts/search", None),
        ("GET", "/contacts/", None),
        ("GET", "/contacts", None),
        ("GET", "/contacts/7/enrich/8", None),
        ("POST", "/", None),
    ],
)
def test_a_method_and_path_choose_the_most_specific_function(
    router: Router, method: str, path: str, name: str | None
) -> None:
    assert served(router, method, path) == name


def test_a_route_tells_which_methods_it_serves(router: Router) -> None:
    route = router.match("/contacts/7")
    assert route is not None
    assert route.allow == "DELETE, GET, HEAD, OPTIONS"


def test_the_routes_are_exactly_the_http_functions_of_the_manifest() -> None:
    routed = {served.name for route in Router(functions().values()).routes for served in route.functions.values()}
    assert routed == {name for name, entry in functions().items() if entry.http}


def test_every_function_of_the_manifest_is_reached_by_its_own_path() -> None:
    router = Router(functions().values())
    for name, entry in functions().items():
        if entry.http:
            path = "/".join("x" if part.startswith("{") else part for part in entry.path.split("/"))
            assert served(router, entry.method, path) == name
