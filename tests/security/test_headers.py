"""What every answer tells a browser: what it is, that nothing in it runs, that no page frames it, and that nobody keeps it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from selfhost.gateway import create_gateway
from selfhost.headers import IDENTITY_PLATFORM, SECURITY_HEADERS, TRANSPORT_SECURITY, content_security_policy
from tests.security.conftest import CONTACTS, ME, PROJECT
from tests.security.operations import Operation, example, operations

if TYPE_CHECKING:
    from pathlib import Path

    from tests.security.conftest import Container, SignedIn

by_operation = pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
NOTHING = "00000000-0000-0000-0000-000000000000"
# A description that is the same for everybody may be kept, and is asked for anew.
SAME_FOR_ALL = {"get_openapi", "get_docs"}
# What a program in a browser reads before anybody signs in: public facts about this server, by RFC 8414 and 9728.
READ_FROM_ANYWHERE = {"get_resource_metadata", "get_server_metadata"}


@by_operation
def test_every_answer_says_what_a_browser_must_not_do(attacker: SignedIn, operation: Operation) -> None:
    body = {"json": example(operation.body, NOTHING)} if operation.body else {}
    path = operation.address({}, NOTHING)
    for answer in (
        attacker.anonymous().open(path, method=operation.method, **body),
        attacker.open(path, method=operation.method, **body),
        attacker.open(path, method="OPTIONS"),
        attacker.open(path, method="TRACE"),
    ):
        headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] in {"strict-origin-when-cross-origin", "no-referrer"}
        shared = {name: value for name, value in headers if name.startswith("Access-Control-")}
        assert not shared or (operation.name in READ_FROM_ANYWHERE and shared == {"Access-Control-Allow-Origin": "*"})
        assert "Set-Cookie" not in headers
        assert "X-Powered-By" not in headers
        if answer.request.method in {"OPTIONS", "TRACE"}:
            assert answer.status_code in {204, 405}
            continue
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy
        if operation.name not in SAME_FOR_ALL | READ_FROM_ANYWHERE:
            assert headers["Cache-Control"] in {"no-store", "private, no-cache"}


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:5173", "https://crm.example.evil.example"]
)
def test_no_page_elsewhere_may_read_the_api(attacker: SignedIn, origin: str) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    for answer in (attacker.get(ME, headers={"Origin": origin}), attacker.open(ME, method="OPTIONS", headers=asked)):
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")]


def test_what_is_personal_is_kept_by_nobody_but_the_browser_that_asked(attacker: SignedIn) -> None:
    created = attacker.post(CONTACTS, json={"name": "Ana", "enrich": False})
    one = attacker.get(f"{CONTACTS}/{created.json['id']}")
    assert one.headers["Cache-Control"] == "private, no-cache"
    for answer in (attacker.get(ME), attacker.get(CONTACTS), attacker.get(f"{CONTACTS}/export")):
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.fixture
def site(tmp_path: Path):
    """The gateway in front of an app like the built one; `site(config)` is told how people sign in."""
    built = tmp_path / "dist"
    built.mkdir()
    (built / "index.html").write_text(
        re.sub(r"/src/main.tsx", "/assets/x.js", (PROJECT / "frontend" / "index.html").read_text())
    )

    def served(config: str = '{"oidc": null}', *, over_tls: bool = False) -> Client:
        (built / "config.json").write_text(config)
        return Client(create_gateway({}, push_token=None, site=built, over_tls=over_tls))

    return served


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


@pytest.mark.parametrize("path", ["/", "/index.html", "/contacts/7", "/join/abc"])
def test_the_app_runs_its_own_scripts_alone(site, path: str) -> None:
    policy = directives(site().get(path).headers["Content-Security-Policy"])
    assert policy["default-src"] == policy["form-action"] == policy["base-uri"] == ["'self'"]
    assert policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"][0] == "'self'"
    assert [value for value in policy["script-src"][1:] if not value.startswith("'sha256-")] == []
    assert policy["img-src"] == ["'self'", "data:", "blob:"]


@pytest.mark.parametrize(
    ("config", "called"),
    [
        ('{"oidc": {"issuer": "https://id.example/realms/a", "client_id": "x"}}', ["https://id.example"]),
        ('{"oidc": {"issuer": "https://id.example", "client_id": "x", "origins": ["https://login.example/x"]}}', ["https://id.example", "https://login.example"]),
        ('{"oidc": null, "identity_platform": {"api_key": "x"}}', list(IDENTITY_PLATFORM)),
        ('{"oidc": null, "identity_platform": {"api_key": "x", "emulator": "http://localhost:9099/y"}}', ["http://localhost:9099"]),
    ],
)  # fmt: skip
def test_the_app_talks_to_itself_and_to_who_signs_people_in(site, config: str, called: list[str]) -> None:
    policy = directives(site(config).get("/").headers["Content-Security-Policy"])
    assert policy["connect-src"] == ["'self'", *called]


def test_transport_security_is_asked_for_where_people_come_over_tls(site, container: Container) -> None:
    assert "Strict-Transport-Security" not in site().get("/").headers
    assert "Strict-Transport-Security" in site(over_tls=True).get("/").headers
    for path in ("/", "/api/crm/health", "/nothing", "/api/crm/nothing"):
        headers = container.ask("GET", path)[1]
        assert headers["Strict-Transport-Security"] == TRANSPORT_SECURITY["Strict-Transport-Security"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_load_balancer_adds_what_the_gateway_adds() -> None:
    told = (PROJECT / "terraform" / "app.tf").read_text()
    listed = re.search(r"security_headers = \[(.*?)\n  \]", told, re.DOTALL)
    assert listed
    assert (
        dict(line.split(": ", 1) for line in re.findall(r'"(.*)"', listed[1])) == SECURITY_HEADERS | TRANSPORT_SECURITY
    )
    policy = re.search(r"content_security_policy = join\(.*?\[(.*?)\n  \]\)", told, re.DOTALL)
    assert policy
    ours = directives(content_security_policy("", ()))
    theirs = directives(";".join(re.findall(r'^ *"(.*)",$', policy[1], re.MULTILINE)))
    assert set(ours) == set(theirs)
    for name in set(ours) - {"connect-src", "script-src"}:
        assert ours[name] == theirs[name], name
