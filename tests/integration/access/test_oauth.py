from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from shared.access import clients as programs
from shared.edge.deps import deps
from shared.plumbing.outbound.public import Outside

ACCESS = "/api/crm/access"
CONTACTS = "/api/crm/contacts"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
LOCAL = "http://127.0.0.1:33418/"
HOSTED = "https://claude.ai/api/mcp/auth_callback"
OWN = "cursor://anysphere.cursor-mcp/oauth/callback"


class Flow:
    """A program that lets itself in, step by step; every step can be done wrong."""

    def __init__(self, api, *, name="Claude", uris=(LOCAL, HOSTED, OWN)):
        self.api, self.anonymous = api, api.anonymous()
        made = self.anonymous.post(f"{ACCESS}/register", json={"client_name": name, "redirect_uris": list(uris)})
        assert made.status_code == 201, made.text
        self.client_id = made.json["client_id"]
        self.root = deps().settings.public_url

    def request(self, **changes):
        self.verifier = secrets.token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).decode().rstrip("=")
        usual = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": LOCAL, "code_challenge": challenge, "code_challenge_method": "S256",
            "scope": "read write introduce", "state": "s t&x", "resource": f"{self.root}/api/crm",
        }  # fmt: skip
        return {name: value for name, value in (usual | changes).items() if value is not None}

    def approve(self, granted=("read", "write"), api=None, **changes):
        return (api or self.api).post(f"{ACCESS}/approvals", json=self.request(**changes) | {"granted": list(granted)})

    def code(self, **given):
        answer = self.approve(**given)
        assert answer.status_code == 200, answer.text
        return dict(parse_qsl(urlsplit(answer.json["redirect_to"]).query))["code"]

    def token(self, **form):
        return self.anonymous.post(
            f"{ACCESS}/token", data={name: value for name, value in form.items() if value is not None}
        )

    def redeem(self, code, /, **changes):
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": self.verifier,
            "client_id": self.client_id,
            "redirect_uri": LOCAL,
        }
        return self.token(**(form | changes))

    def refresh(self, token, **changes):
        return self.token(
            **({"grant_type": "refresh_token", "refresh_token": token, "client_id": self.client_id} | changes)
        )

    def let_in(self, **given):
        answer = self.redeem(self.code(**given))
        assert answer.status_code == 200, answer.text
        return answer.json

    def get(self, token, path=CONTACTS):
        return self.anonymous.get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def flow(api):
    return Flow(api)


def refused(answer, error):
    # never 401, by which the app would end the session of the person who looks at the request
    assert answer.status_code == 400, answer.text
    assert answer.json["error"] == error
    assert answer.json["error_description"] == answer.json["detail"]
    assert "redirect_to" not in answer.json


def test_a_program_is_let_in_and_calls(api, flow):
    api.post(CONTACTS, json={"name": "Ana"})
    answer = flow.redeem(flow.code())

    tokens = answer.json
    assert answer.headers["Cache-Control"] == "no-store"
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 86_400
    assert tokens["scope"] == "read write"
    assert "Ana" in [each["name"] for each in flow.get(tokens["access_token"]).json["items"]]
    (listed,) = api.get(f"{ACCESS}/grants").json["items"]
    assert (listed["name"], listed["host"], listed["scopes"]) == ("Claude", "127.0.0.1", ["read", "write"])


def test_what_programs_read_first(api):
    root = deps().settings.public_url
    server = api.anonymous().get("/.well-known/oauth-authorization-server").json
    resource = api.anonymous().get("/.well-known/oauth-protected-resource/api/crm/mcp").json

    assert resource["resource"] == f"{root}/api/crm/mcp"
    assert resource["authorization_servers"] == [server["issuer"]] == [root]
    assert server["code_challenge_methods_supported"] == ["S256"]
    assert server["token_endpoint_auth_methods_supported"] == ["none"]
    assert "offline_access" not in resource["scopes_supported"]
    assert server["authorization_endpoint"] == f"{root}/connect"


@pytest.mark.parametrize(
    "path",
    ["/.well-known/oauth-protected-resource", "/.well-known/nothing", "/api/crm/mcp/.well-known/openid-configuration"],
)
def test_what_is_not_well_known_is_404_and_not_the_app(api, path):
    answer = api.anonymous().get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_the_consent_page_sees_who_asks_for_what(flow):
    seen = flow.api.post(f"{ACCESS}/request", json=flow.request() | {"unheard_of": "x"}).json

    assert seen == {
        "client": {"name": "Claude", "host": None}, "returns_to": "127.0.0.1", "on_this_machine": True,
        "scopes": ["read", "write", "introduce"], "resource": "api", "device": False,
    }  # fmt: skip
    assert flow.api.post(f"{ACCESS}/request", json=flow.request(redirect_uri=OWN)).json["returns_to"] == "cursor:"


def test_state_and_issuer_come_back(flow):
    to = urlsplit(flow.approve(redirect_uri="http://127.0.0.1:59656/").json["redirect_to"])

    assert to.netloc == "127.0.0.1:59656"
    assert dict(parse_qsl(to.query)) | {"code": ""} == {"code": "", "state": "s t&x", "iss": flow.root}


@pytest.mark.parametrize(
    "uri",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "http://evil.example/cb", "https://a b", "https://u:p@x.example/", "https://@x.example/",
        "https://x.example/#f", "https://x.example/#", "file:///etc/passwd", "http://127.0.0.1.evil.example/", "http://localhost@evil.example/", "https://x.example\\@y/",
        "https://x.example/\r\nLocation: y", "//evil.example", "", "x", "vbscript:x", "https://", "http://[::1", "https://x:99999999/", "é://x", "a" * 501,
    ],
)  # fmt: skip
def test_an_address_of_return_that_no_program_may_have_is_refused(api, uri):
    answer = api.anonymous().post(f"{ACCESS}/register", json={"client_name": "x", "redirect_uris": [uri]})
    refused(answer, "invalid_redirect_uri")


@pytest.mark.parametrize("body", [[], "x", 7, {}, {"redirect_uris": []}, {"redirect_uris": [HOSTED] * 11}, {"redirect_uris": {}}, {"redirect_uris": [7]}, {"redirect_uris": [HOSTED], "token_endpoint_auth_method": "private_key_jwt"}, {"redirect_uris": [HOSTED + "x" * 450 + str(n) for n in range(9)]}])  # fmt: skip
def test_a_registration_that_cannot_be_read_is_refused(api, body):
    answer = api.anonymous().post(f"{ACCESS}/register", json=body)
    assert answer.status_code == 400
    assert answer.json["error"] in {"invalid_client_metadata", "invalid_redirect_uri"}


def test_a_registration_keeps_nothing(owner, flow):
    counted = "select (select count(*) from crm.access_grants) + (select count(*) from crm.device_requests)"
    before = owner.run(counted)
    Flow(flow.api, name="another")
    assert owner.run(counted) == before


def test_a_name_of_a_program_is_what_shows(api):
    flow = Flow(api, name="Cl\u202eau\u200bde\x00\n <b>x</b>" + "y" * 200)
    seen = api.post(f"{ACCESS}/request", json=flow.request()).json["client"]["name"]
    assert seen.startswith("Claude <b>x</b>y")
    assert len(seen) == 100
    unnamed = Flow(api, name="\u200b")
    assert api.post(f"{ACCESS}/request", json=unnamed.request()).json["client"]["name"] == "A program without a name"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None}, "invalid_request"), ({"code_challenge_method": "plain"}, "invalid_request"), ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"), ({"redirect_uri": "https://evil.example/"}, "invalid_request"), ({"redirect_uri": "http://127.0.0.1:1/x"}, "invalid_request"),
        ({"redirect_uri": HOSTED + "/x"}, "invalid_request"), ({"redirect_uri": HOSTED + "?x=1"}, "invalid_request"), ({"redirect_uri": "http://localhost:33418/"}, "invalid_request"),
        ({"redirect_uri": "http://127.0.0.1:33418@evil.example/"}, "invalid_request"), ({"redirect_uri": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"), ({"response_type": None}, "unsupported_response_type"), ({"response_mode": "fragment"}, "invalid_request"),
        ({"resource": "https://other.example/mcp"}, "invalid_target"), ({"resource": "http://127.0.0.1/api/crm/mcp"}, "invalid_target"),
        ({"client_id": "x"}, "invalid_client"), ({"client_id": None}, "invalid_client"), ({"client_id": "dcr.e30.00"}, "invalid_client"), ({"client_id": "dcr." + "é"}, "invalid_client"),
        ({"client_id": "dcr." + "A" * 1990}, "invalid_client"), ({"client_id": "ftp://x.example/y"}, "invalid_client"),
    ],
)  # fmt: skip
def test_a_request_that_is_not_good_sends_nobody_anywhere(flow, changes, error):
    refused(flow.approve(**changes), error)
    refused(flow.api.post(f"{ACCESS}/request", json=flow.request(**changes)), error)


def test_a_forged_client_is_not_known(flow):
    body = (
        base64.urlsafe_b64encode(json.dumps({"n": "Claude", "r": ["https://evil.example/"]}).encode())
        .decode()
        .rstrip("=")
    )
    signature = flow.client_id.rpartition(".")[2]
    for forged in (
        f"dcr.{body}.{signature}",
        flow.client_id[:-1] + ("0" if flow.client_id[-1] != "0" else "1"),
        f"dcr.{body}.",
    ):
        refused(flow.approve(client_id=forged, redirect_uri="https://evil.example/"), "invalid_client")


def test_a_no_goes_back_as_access_denied(flow):
    to = flow.approve(granted=()).json["redirect_to"]
    assert dict(parse_qsl(urlsplit(to).query)) == {"error": "access_denied", "state": "s t&x", "iss": flow.root}
    assert flow.api.get(f"{ACCESS}/grants").json["items"] == []


def test_a_program_gets_never_more_than_it_asked_for(flow):
    assert flow.let_in(scope="read", granted=("read", "write", "introduce", "webhooks"))["scope"] == "read"
    assert flow.let_in(scope="read offline_access webhooks admin", granted=("read", "webhooks"))["scope"] == "read"


def test_only_a_signed_in_person_answers(flow, program):
    assert flow.approve(api=flow.anonymous).status_code == 401
    token = program("read", "write", "introduce", "webhooks").token
    access = flow.let_in(granted=("read", "write", "introduce"))["access_token"]
    for each in (token, access):
        for path in (f"{ACCESS}/approvals", f"{ACCESS}/request"):
            answer = flow.anonymous.post(
                path, json=flow.request() | {"granted": ["read"]}, headers={"Authorization": f"Bearer {each}"}
            )
            assert answer.status_code == 403


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": "a" * 50}, "invalid_grant"), ({"code_verifier": None}, "invalid_grant"), ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:1/"}, "invalid_grant"), ({"client_id": "x"}, "invalid_grant"), ({"client_id": None}, "invalid_grant"),
        ({"resource": "https://other.example/"}, "invalid_target"), ({"code": "wmc_x"}, "invalid_grant"), ({"code": None}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"), ({"grant_type": None}, "unsupported_grant_type"), ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
    ],
)  # fmt: skip
def test_a_code_is_good_for_who_asked_alone(flow, changes, error):
    refused(flow.redeem(flow.code(), **changes), error)


def test_a_code_that_was_shown_to_another_program_is_spent(flow):
    """What is judged wrong has been handed in: a thief's attempt leaves nothing to try again with."""
    code = flow.code()
    refused(flow.redeem(code, code_verifier="a" * 50), "invalid_grant")
    refused(flow.redeem(code), "invalid_grant")


def test_the_second_use_of_a_code_ends_the_grant(flow):
    code = flow.code()
    tokens = flow.redeem(code).json
    refused(flow.redeem(code), "invalid_grant")

    refused(flow.refresh(tokens["refresh_token"]), "invalid_grant")
    assert flow.get(tokens["access_token"]).status_code == 401
    assert flow.api.get(f"{ACCESS}/grants").json["items"] == []


def test_a_code_ends_after_two_minutes(flow, owner):
    code = flow.code()
    owner.run("update crm.grant_tokens set expires_at = now() where kind = 'code'")
    refused(flow.redeem(code), "invalid_grant")


def test_a_field_that_stands_twice_is_refused(flow):
    body = f"grant_type=authorization_code&code={flow.code()}&code=x"
    answer = flow.anonymous.post(f"{ACCESS}/token", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert flow.anonymous.post(f"{ACCESS}/token", json={"grant_type": "refresh_token"}).status_code == 415
    assert flow.anonymous.post(f"{ACCESS}/token", data={"code": "x" * 30_000}).status_code == 413


def test_a_refresh_token_rotates_and_the_old_one_has_half_an_hour(flow, owner):
    first = flow.let_in()["refresh_token"]
    second = flow.refresh(first).json
    again = flow.refresh(first)
    assert again.status_code == 200
    assert len({first, second["refresh_token"], again.json["refresh_token"]}) == 3
    assert flow.get(second["access_token"]).status_code == 200

    owner.run(
        "update crm.grant_tokens set used_at = used_at - interval '31 minutes' where kind = 'refresh' and used_at is not null"
    )
    refused(flow.refresh(first), "invalid_grant")

    refused(flow.refresh(second["refresh_token"]), "invalid_grant")
    assert flow.api.get(f"{ACCESS}/grants").json["items"] == []


def test_a_refresh_token_is_of_one_program_and_kind(flow):
    tokens = flow.let_in()
    refused(flow.refresh(tokens["refresh_token"], client_id=Flow(flow.api, name="another").client_id), "invalid_grant")
    refused(flow.refresh(tokens["access_token"]), "invalid_grant")
    assert flow.get(tokens["refresh_token"]).status_code == 401
    assert flow.refresh(tokens["refresh_token"], client_id=None).status_code == 200


def test_a_token_is_for_the_resource_that_it_was_made_for(flow):
    for_mcp = flow.let_in(resource=f"{flow.root}/api/crm/mcp")
    answer = flow.get(for_mcp["access_token"])
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    refused(flow.refresh(for_mcp["refresh_token"], resource=f"{flow.root}/api/crm"), "invalid_target")


def test_revocation_by_any_token_ends_the_grant(flow):
    for which in ("access_token", "refresh_token"):
        tokens = flow.let_in()
        assert flow.get(tokens["access_token"]).status_code == 200
        assert flow.anonymous.post(f"{ACCESS}/revoke", data={"token": tokens[which]}).status_code == 200
        assert flow.get(tokens["access_token"]).status_code == 401
        refused(flow.refresh(tokens["refresh_token"]), "invalid_grant")
    assert flow.anonymous.post(f"{ACCESS}/revoke", data={"token": "unheard of"}).status_code == 200
    assert flow.anonymous.post(f"{ACCESS}/revoke", data={"hint": "x"}).status_code == 200


def test_the_user_ends_a_grant_and_nobody_else(api, flow):
    access = flow.let_in()["access_token"]
    (grant,) = api.get(f"{ACCESS}/grants").json["items"]
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    assert other.get(f"{ACCESS}/grants").json["items"] == []
    assert other.delete(f"{ACCESS}/grants/{grant['id']}").status_code == 404

    assert api.delete(f"{ACCESS}/grants/{grant['id']}").status_code == 204

    assert flow.get(access).status_code == 401


def test_codes_and_tokens_are_kept_as_hashes(owner, flow):
    code = flow.code()
    tokens = flow.redeem(code).json
    kept = str(
        owner.run(
            "select to_jsonb(t)::text from crm.grant_tokens t union all select to_jsonb(g)::text from crm.access_grants g"
        )
    )
    assert not any(text in kept for text in (code, tokens["access_token"], tokens["refresh_token"]))


class Publisher(BaseHTTPRequestHandler):
    """Publishes descriptions of programs: `Publisher.documents[path] = (status, body, headers)`."""

    documents: dict[str, tuple[int, bytes, dict[str, str]]] = {}  # noqa: RUF012
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, body, headers = self.documents.get(self.path, (404, b"", {}))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def published(gateway, monkeypatch):
    """Where programs publish what they are; `published(document)` gives the id of one."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02}).start()
    base = f"http://127.0.0.1:{server.server_port}"
    Publisher.asked.clear()
    monkeypatch.setitem(deps().__dict__, "clients", programs.Clients(Outside(f"{base}/")))

    def publish(status=200, headers=None, body=None, **changes):
        path = f"/{uuid.uuid4().hex}.json"
        usual = {
            "client_id": base + path,
            "client_name": "Claude Code",
            "redirect_uris": ["http://localhost/callback"],
            "token_endpoint_auth_method": "none",
        }
        Publisher.documents[path] = (
            status,
            json.dumps(usual | changes).encode() if body is None else body,
            headers or {},
        )
        return base + path

    yield publish
    server.shutdown()
    server.server_close()


def test_a_program_that_describes_itself_is_let_in(flow, published):
    flow.client_id = published()
    asked = flow.api.post(f"{ACCESS}/request", json=flow.request(redirect_uri="http://localhost:8088/callback")).json
    assert asked["client"] == {"name": "Claude Code", "host": "127.0.0.1"}

    code = flow.code(redirect_uri="http://localhost:8088/callback")
    assert flow.redeem(code, redirect_uri="http://localhost:8088/callback").status_code == 200
    assert len(Publisher.asked) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"client_id": "https://other.example/x"}, {"client_secret": "x"}, {"redirect_uris": []}, {"redirect_uris": ["javascript:x"]}, {"redirect_uris": "x"},
        {"token_endpoint_auth_method": "client_secret_post"}, {"status": 302, "headers": {"Location": "/x"}}, {"padding": "y" * 6000}, {"body": b"<html>"},
        {"body": b"[]"}, {"body": b"[" * 5000}, {"status": 500},
    ],
)  # fmt: skip
def test_a_description_that_is_not_good_is_refused(flow, published, given):
    flow.client_id = published(**given)
    refused(flow.approve(redirect_uri="http://localhost:8088/callback"), "invalid_client")


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x", "https://169.254.169.254/computeMetadata/v1/", "https://localhost/x", "https://10.0.0.1/x", "https://[::1]/x", "https://[::ffff:127.0.0.1]/x",
        "http://example.com/x", "https://example.com", "https://example.com/", "https://example.com/x?y", "https://example.com/a/../b", "https://u:p@example.com/x", "https://example.com/x#f",
    ],
)  # fmt: skip
def test_no_description_is_fetched_from_inside(flow, address):
    refused(flow.approve(client_id=address), "invalid_client")


def test_nobody_makes_the_server_fetch_who_is_not_signed_in(flow, published):
    flow.client_id = published()
    assert flow.approve(api=flow.anonymous).status_code == 401
    refused(flow.token(grant_type="refresh_token", refresh_token="x", client_id=flow.client_id), "invalid_grant")
    refused(flow.anonymous.post(f"{ACCESS}/device", data={"client_id": flow.client_id}), "invalid_client")
    assert Publisher.asked == []


@pytest.fixture
def device(api, flow):
    made = api.anonymous().post(
        f"{ACCESS}/register", json={"client_name": "warmpath", "grant_types": [DEVICE, "refresh_token"]}
    )
    flow.client_id = made.json["client_id"]
    asked = api.anonymous().post(f"{ACCESS}/device", data={"client_id": flow.client_id, "scope": "read write"})
    assert asked.status_code == 200, asked.text
    return asked.json


def poll(flow, device, **changes):
    return flow.token(
        **({"grant_type": DEVICE, "device_code": device["device_code"], "client_id": flow.client_id} | changes)
    )


def later(owner):
    owner.run("update crm.device_requests set asked_at = asked_at - interval '6 seconds'")


def test_a_machine_without_a_browser_is_let_in(api, flow, device, owner):
    refused(poll(flow, device), "authorization_pending")
    refused(poll(flow, device), "slow_down")
    later(owner)
    typed = device["user_code"].lower().replace("-", " ")
    seen = api.post(f"{ACCESS}/request", json={"user_code": typed}).json
    assert (seen["client"]["name"], seen["device"], seen["returns_to"], seen["resource"]) == (
        "warmpath",
        True,
        None,
        "api",
    )
    assert api.post(f"{ACCESS}/approvals", json={"user_code": typed, "granted": ["read"]}).json == {"redirect_to": None}

    tokens = poll(flow, device).json

    assert tokens["scope"] == "read"
    assert flow.get(tokens["access_token"]).status_code == 200
    assert flow.refresh(tokens["refresh_token"]).status_code == 200
    refused(poll(flow, device), "invalid_grant")
    refused(api.post(f"{ACCESS}/approvals", json={"user_code": typed, "granted": ["read"]}), "invalid_request")


def test_a_no_to_a_device_and_a_late_answer(api, flow, device, owner):
    assert api.post(f"{ACCESS}/approvals", json={"user_code": device["user_code"], "granted": []}).json == {
        "redirect_to": None
    }
    refused(poll(flow, device), "access_denied")
    second = api.anonymous().post(f"{ACCESS}/device", data={"client_id": flow.client_id}).json
    owner.run("update crm.device_requests set expires_at = now()")
    refused(poll(flow, second), "expired_token")
    refused(api.post(f"{ACCESS}/request", json={"user_code": second["user_code"]}), "invalid_request")


def test_the_answer_to_a_device_is_for_the_program_that_asked(api, flow, device):
    api.post(f"{ACCESS}/approvals", json={"user_code": device["user_code"], "granted": ["read"]})
    refused(poll(flow, device, client_id=Flow(api).client_id), "invalid_grant")
    refused(poll(flow, device, device_code="wmd_" + "x" * 49), "invalid_grant")
    assert poll(flow, device).status_code == 200


def test_a_token_that_is_purged_takes_its_empty_grant_along(flow, owner, schedule):
    flow.let_in()
    owner.run("update crm.grant_tokens set expires_at = now() - interval '1 day'")
    owner.run("update crm.access_grants set created_at = now() - interval '2 days'")
    schedule("purge_access")
    assert flow.api.get(f"{ACCESS}/grants").json["items"] == []


def test_two_processes_that_refresh_at_once_both_go_on(flow):
    token, answers = flow.let_in()["refresh_token"], []
    threads = [threading.Thread(target=lambda: answers.append(flow.refresh(token).status_code)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers == [200] * 4


def test_an_expired_access_token_is_refused(flow, owner):
    access = flow.let_in()["access_token"]
    owner.run("update crm.grant_tokens set expires_at = now() where kind = 'access'")
    assert flow.get(access).status_code == 401
