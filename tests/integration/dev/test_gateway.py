from __future__ import annotations

import base64
import fcntl
import json
import os
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest
from werkzeug.test import Client

from dev.frontend import is_being_built
from dev.issuer import AUDIENCE, DISCOVERY_PATH, ISSUER, Issuer
from dev.tools import tools
from selfhost.gateway import create_gateway
from selfhost.scheduler import Scheduler
from shared.manifest import Function, functions

if TYPE_CHECKING:
    from pathlib import Path

    from dev.mailbox import Mailbox
    from tests.conftest import Api


def test_an_unknown_path_is_a_404_problem_with_a_request_id(api: Api) -> None:
    answer = api.get("/api/crm/nothing")
    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (404, "application/problem+json", "not_found")
    assert len(answer.headers["X-Request-Id"]) == 32


def test_a_method_that_is_not_served_is_405_and_says_which_are(api: Api) -> None:
    answer = api.put("/api/crm/users/me")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET, HEAD, OPTIONS, PATCH")
    assert answer.json["code"] == "method_not_allowed"


def test_options_tells_the_methods_and_asks_for_no_token(api: Api) -> None:
    answer = api.anonymous().options("/api/crm/users/me")
    assert (answer.status_code, answer.headers["Allow"]) == (204, "DELETE, GET, HEAD, OPTIONS, PATCH")


def test_head_answers_the_headers_of_get_without_a_body(api: Api) -> None:
    answer = api.head("/api/crm/users/me")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"", "application/json")


def test_a_token_of_the_local_issuer_passes_the_ordinary_verification(api: Api, user_email: str) -> None:
    assert api.get("/api/crm/users/me").json["email"] == user_email


@pytest.mark.parametrize("claim", [{"iss": "http://elsewhere"}, {"aud": "others"}, {"exp": 1}, {"sub": None}])
def test_the_ordinary_verification_refuses_what_is_off(api: Api, issuer: Issuer, claim: dict[str, Any]) -> None:
    headers = {"Authorization": f"Bearer {issuer.token(**claim)}"}
    assert api.get("/api/crm/users/me", headers=headers).status_code == 401


def test_discovery_leads_to_keys_that_are_fetched_over_http(base_url: str, issuer: Issuer) -> None:
    with urlopen(base_url + DISCOVERY_PATH) as answer:
        document = json.load(answer)
    assert document["issuer"] == ISSUER
    with urlopen(document["jwks_uri"]) as answer:
        assert json.load(answer) == issuer.jwks()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"{}", 200),
        (b'{"email": "ana@example.com", "name": "Ana"}', 200),
        (b"[]", 400),
        (b"{", 400),
        (b'{"email": "ana"}', 422),
        (b'{"email": 7}', 422),
        (b'{"email": "a@b.example", "name": 7}', 422),
    ],
)
def test_a_token_is_given_to_any_address_and_to_nothing_else(api: Api, body: bytes, status: int) -> None:
    answer = api.anonymous().post("/dev/token", data=body)
    assert answer.status_code == status
    assert ("access_token" in answer.json) == (status == 200)


def test_the_tools_answer_to_this_machine_s_names_only(api: Api) -> None:
    assert api.anonymous().post("/dev/token", headers={"Host": "localhost:8080"}).status_code == 200
    assert api.anonymous().post("/dev/token", headers={"Host": "rebound.example"}).status_code == 403


def test_what_has_no_route_is_out_of_reach(api: Api) -> None:
    hidden = [name for name, entry in functions().items() if not entry.http]
    assert hidden
    for name in hidden:
        for path in (f"/{name}", f"/api/crm/{name}", f"/api/crm/{name.replace('_', '/')}"):
            assert api.post(path).status_code in {404, 405}


def pushed(topic: str, token: str) -> tuple[str, dict[str, Any]]:
    """A message as a Pub/Sub push subscription sends it."""
    message = {"data": base64.b64encode(b"{}").decode(), "messageId": "1", "attributes": {}}
    return f"/projects/local/topics/{topic}?token={token}", {"message": message, "subscription": "projects/local/x"}


def test_a_push_needs_the_secret_of_this_run_and_a_consumer(tmp_path: Path) -> None:
    gateway = Client(create_gateway(functions(), tools=tools(Issuer(tmp_path / "key")), push_token="right"))
    for token, status in (("wrong", 403), ("", 403), ("right", 404)):
        path, body = pushed("nobody-reads-this", token)
        assert gateway.post(path, json=body).status_code == status


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A product of two functions: a consumer that refuses bad news, and one with a schedule."""
    main = tmp_path / "main.py"
    main.write_text(
        "import functions_framework\n"
        "seen = []\n"
        "@functions_framework.cloud_event\n"
        "def consume(event):\n"
        "    seen.append(event['source'])\n"
        "    assert event.data['message']['attributes'].get('mood') != 'bad'\n"
        "@functions_framework.http\n"
        "def tidy(request):\n"
        "    return request.method\n",
        encoding="utf-8",
    )
    return main


def small_manifest() -> dict[str, Function]:
    return {
        "consume": Function(name="consume", area="a", topic="news", settings={}),
        "tidy": Function(name="tidy", area="a", schedule="* * * * *", settings={}),
    }


def test_a_push_reaches_the_consumer_of_its_topic_as_an_event(tmp_path: Path, source: Path) -> None:
    from selfhost.gateway import Functions

    gateway = Client(
        create_gateway(
            small_manifest(), tools=tools(Issuer(tmp_path / "key")), push_token="right", functions=Functions(source)
        )
    )
    path, body = pushed("news", "right")
    assert gateway.post(path, json=body).status_code == 200
    body["message"]["attributes"]["mood"] = "bad"
    assert gateway.post(path, json=body).status_code == 500


def test_the_schedule_calls_its_function_as_the_cloud_does(source: Path) -> None:
    from selfhost.gateway import Functions

    assert Scheduler(small_manifest(), Functions(source).app).call("tidy") == 200


@pytest.fixture
def site(tmp_path: Path) -> Client:
    built = tmp_path / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<p>app</p>", encoding="utf-8")
    (built / "assets" / "app-3f2a.js").write_text("go()", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return Client(
        create_gateway(
            {},
            tools=tools(Issuer(tmp_path / "key")),
            push_token="x",
            site=built,
            is_being_built=lambda: is_being_built(tmp_path),
        )
    )


def test_the_app_s_page_answers_every_address_that_is_the_app_s(site: Client) -> None:
    for path in ("/", "/contacts/7", "/graph?to=8"):
        answer = site.get(path, buffered=True)
        assert (answer.data, answer.mimetype) == (b"<p>app</p>", "text/html")
        assert "no-cache" in answer.headers["Cache-Control"]


def test_assets_are_kept_for_ever_and_a_missing_one_is_404(site: Client) -> None:
    answer = site.get("/assets/app-3f2a.js", buffered=True)
    assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert site.get("/assets/app-old.js", buffered=True).status_code == 404


@pytest.mark.parametrize("path", ["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd"])
def test_nothing_outside_the_built_folder_is_served(site: Client, path: str) -> None:
    assert b"secret" not in site.get(path, buffered=True).data


@pytest.mark.parametrize("path", ["/", "/contacts"])
def test_a_site_answers_reads_only(site: Client, path: str) -> None:
    assert site.post(path).status_code == 404


def test_without_a_built_front_end_a_page_leads_to_the_api(tmp_path: Path) -> None:
    client = Client(create_gateway({}, tools=tools(Issuer(tmp_path / "key")), push_token="x", site=tmp_path / "none"))
    assert b"/api/crm/docs" in client.get("/").data


def test_the_audience_is_the_one_that_the_stack_tells_the_functions(tmp_path: Path) -> None:
    from dev.stack import gateway_environment

    environment = gateway_environment(8080, "postgresql://x", "redis://y", tmp_path)
    assert (environment["OIDC_ISSUER"], environment["OIDC_AUDIENCE"]) == (ISSUER, AUDIENCE)


def test_while_the_app_is_built_its_page_says_so_and_looks_again(site: Client, tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # as the build does
        waiting = site.get("/contacts", buffered=True)
        assert b"being built" in waiting.data
        assert waiting.headers["Refresh"]
        assert site.get("/assets/app-3f2a.js", buffered=True).status_code == 200
    finally:
        os.close(folder)
    there = site.get("/contacts", buffered=True)
    assert b"being built" not in there.data
    assert "Refresh" not in there.headers


def test_how_to_sign_in_is_known_before_the_app_is_built(tmp_path: Path) -> None:
    client = Client(create_gateway({}, tools=tools(Issuer(tmp_path / "key")), push_token="x", site=tmp_path / "none"))
    assert client.get("/config.json", buffered=True).json == {"oidc": None}


@pytest.mark.parametrize("built", [True, False])
def test_the_app_is_told_of_the_mailbox_where_there_is_one_and_by_this_machines_names_only(
    tmp_path: Path, mailbox: Mailbox, built: bool
) -> None:
    oidc = {"issuer": "https://id.example", "client_id": "app"} if built else None
    if built:
        (tmp_path / "config.json").write_text(json.dumps({"oidc": oidc}))

    def told(mailbox: Mailbox | None, host: str) -> object:
        gateway = create_gateway(
            {}, tools=tools(Issuer(tmp_path / "key"), mailbox) if mailbox else None, push_token=None, site=tmp_path
        )
        return Client(gateway).get("/config.json", headers={"Host": host}, buffered=True).json

    assert told(mailbox, "localhost:8080") == {"oidc": oidc, "mailbox": "/dev/mailbox"}
    assert told(mailbox, "warmpath.example") == {"oidc": oidc}
    assert told(None, "localhost:8080") == {"oidc": oidc}
