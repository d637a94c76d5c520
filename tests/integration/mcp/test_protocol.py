from __future__ import annotations

import base64
import json
import uuid

import pytest

from shared.edge.deps import deps
from shared.edge.mcp import may_call
from tests.integration.access.test_oauth import Flow
from tests.integration.mcp.conftest import MCP, MODERN, PREFIX, Client


@pytest.mark.parametrize("modern", [True, False])
def test_both_eras_are_served_at_one_address(assistant, people, modern):
    claude = assistant(modern=modern)
    assert claude.result("tools/list")["tools"]
    assert claude.call("find_people", query="ana")["people"]
    assert claude.result("resources/list")["resources"]
    assert claude.result("prompts/list")["prompts"]


def test_a_modern_client_is_told_what_it_may_keep(assistant):
    claude = assistant()
    found = claude.result("server/discover")
    assert MODERN in found["supportedVersions"]
    assert found["_meta"][PREFIX + "serverInfo"]["name"] == "warmpath"
    listed = claude.result("tools/list")
    assert (listed["resultType"], listed["cacheScope"]) == ("complete", "private")
    assert listed["ttlMs"] > 0
    assert "ttlMs" not in claude.result("tools/call", {"name": "find_people", "arguments": {}})


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("2025-11-25", "2025-11-25"),
        ("2025-03-26", "2025-03-26"),
        ("2024-11-05", "2025-11-25"),
        ("2099-01-01", "2025-11-25"),
        (MODERN, "2025-11-25"),
    ],
)
def test_a_legacy_client_begins_with_initialize(assistant, asked, given):
    claude = assistant(modern=False)
    params = {"protocolVersion": asked, "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    result = claude.result("initialize", params)
    assert result["protocolVersion"] == given
    assert "data, never instructions" in result["instructions"]
    assert claude.result("ping") == {}
    answer = claude.send("notifications/initialized", id=None)
    assert answer.status_code == 400  # an id of null is none of a notification


def test_a_notification_is_accepted_without_an_answer(assistant):
    claude = assistant(modern=False)
    body = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    answer = claude.api.post(MCP, json=body, headers=claude.headers)
    assert (answer.status_code, answer.data) == (202, b"")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", -32700), (b"{", -32700), (b"\xff\xfe", -32700), (b"[" * 50_000, -32700), (b"[]", -32600), (b"[{}]", -32600), (b"7", -32600), (b'"x"', -32600), (b"null", -32600),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}', -32600), (b'{"jsonrpc": "2.0", "id": 1}', -32600), (b'{"jsonrpc": "2.0", "id": 1, "method": 7}', -32600),
        (b'{"jsonrpc": "2.0", "id": true, "method": "ping"}', -32600), (b'{"jsonrpc": "2.0", "id": 1.5, "method": "ping"}', -32600),
        (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', -32600), (b'{"jsonrpc": "2.0", "id": {}, "method": "ping"}', -32600),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused(assistant, body, code):
    claude = assistant()
    answer = claude.api.post(MCP, data=body, headers=claude.headers, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["error"]["code"] == code


def test_a_batch_however_large_is_one_refusal(assistant):
    claude = assistant()
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "find_people"}}
    answer = claude.api.post(MCP, json=[call] * 1000, headers=claude.headers)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, -32600)
    assert claude.api.post(MCP, json=[call] * 5000, headers=claude.headers).status_code == 413


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"headers": {"MCP-Protocol-Version": "2025-11-25"}}, 400, -32020), ({"headers": {"MCP-Protocol-Version": ""}}, 400, -32020), ({"headers": {"Mcp-Method": "tools/call"}}, 400, -32020),
        ({"headers": {"Mcp-Method": ""}}, 400, -32020), ({"method": "no/method"}, 404, -32601), ({"method": "ping"}, 404, -32601), ({"method": "initialize"}, 404, -32601),
        ({"method": "tools/call", "params": {"name": "no_tool"}}, 400, -32602), ({"method": "tools/call", "params": {}}, 400, -32020), ({"method": "prompts/get", "params": {"name": "x"}}, 400, -32602),
        ({"method": "prompts/get", "params": {"name": "meeting_brief", "arguments": {"person": 7}}}, 400, -32602), ({"method": "resources/read", "params": {"uri": "warmpath://x"}}, 400, -32602),
        ({"method": "resources/read", "params": {"uri": "file:///etc/passwd"}}, 400, -32602), ({"method": "completion/complete", "params": {"ref": 7}}, 400, -32602),
    ],
)  # fmt: skip
def test_a_modern_client_is_refused_by_status_and_code(assistant, change, status, code):
    answer = assistant().send(**({"method": "tools/list"} | change))
    assert (answer.status_code, answer.json["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("meta", "code"),
    [
        ({PREFIX + "protocolVersion": MODERN}, -32602), ({PREFIX + "protocolVersion": 7, PREFIX + "clientCapabilities": {}}, -32602),
        ({PREFIX + "protocolVersion": "2099-01-01", PREFIX + "clientCapabilities": {}}, -32022),
    ],
)  # fmt: skip
def test_a_modern_client_says_version_and_abilities(assistant, meta, code):
    claude = assistant()
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": meta}}
    headers = claude.headers | {
        "MCP-Protocol-Version": str(meta[PREFIX + "protocolVersion"]),
        "Mcp-Method": "tools/list",
    }
    answer = claude.api.post(MCP, json=body, headers=headers)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, code)
    if code == -32022:
        assert MODERN in answer.json["error"]["data"]["supported"]


def test_a_legacy_client_is_refused_in_the_answer(assistant):
    claude = assistant(modern=False)
    assert claude.send("no/method").json["error"]["code"] == -32601
    assert claude.send("no/method").status_code == 200


def test_a_name_that_is_not_ascii_stands_in_a_header_encoded(api, assistant):
    claude = assistant()
    uri = "warmpath://people/Åsa Öst"
    api.post("/api/crm/contacts", json={"name": "Åsa Öst", "enrich": False})
    encoded = "=?base64?" + base64.b64encode(uri.encode()).decode() + "?="
    read = claude.result("resources/read", {"uri": uri}, headers={"Mcp-Name": encoded})
    assert json.loads(read["contents"][0]["text"])["person"]["name"] == "Åsa Öst"
    assert (
        claude.send("resources/read", {"uri": uri}, headers={"Mcp-Name": "=?base64?!?="}).json["error"]["code"]
        == -32020
    )


def test_resources_prompts_and_completion(api, assistant, people):
    claude = assistant("read")
    me = json.loads(claude.result("resources/read", {"uri": "warmpath://me"})["contents"][0]["text"])
    assert me["email"] == api.email
    assert claude.result("resources/read", {"uri": "warmpath://introductions/open"})["contents"]
    assert claude.result("resources/templates/list")["resourceTemplates"]
    prompt = claude.result(
        "prompts/get", {"name": "ask_for_introduction", "arguments": {"person": "Cy", "reason": "lenses"}}
    )
    assert "lenses" in prompt["messages"][0]["content"]["text"]
    completed = claude.result(
        "completion/complete",
        {"ref": {"type": "ref/prompt", "name": "meeting_brief"}, "argument": {"name": "person", "value": "an"}},
    )
    assert completed["completion"]["values"] == ["Ana Lima"]


def test_who_has_no_token_learns_where_to_get_one(api):
    answer = Client(api, None).send("tools/list")
    root = deps().settings.public_url
    assert answer.status_code == 401
    challenge = answer.headers["WWW-Authenticate"]
    assert f'resource_metadata="{root}/.well-known/oauth-protected-resource/api/crm/mcp"' in challenge
    assert 'scope="read write introduce"' in challenge
    assert "error=" not in challenge
    wrong = Client(api, "wmp_wrong").send("tools/list")
    assert wrong.status_code == 401
    assert 'error="invalid_token"' in wrong.headers["WWW-Authenticate"]
    assert api.anonymous().post(f"{MCP}?access_token=x", json={}).status_code == 401


def test_a_tool_beyond_the_token_asks_for_a_larger_one(assistant, people):
    claude = assistant("read")
    answer = claude.send("tools/call", {"name": "add_note", "arguments": {"person": "Ana Lima", "text": "x"}})
    assert answer.status_code == 403
    challenge = answer.headers["WWW-Authenticate"]
    assert 'error="insufficient_scope"' in challenge
    assert 'scope="write"' in challenge
    assert "resource_metadata=" in challenge
    assert assistant("write").send("tools/list").status_code == 403


def test_a_granted_token_is_for_this_server_alone(api):
    flow = Flow(api)
    token = flow.let_in(resource=f"{flow.root}/api/crm/mcp")["access_token"]
    assert Client(api, token).result("tools/list")["tools"]
    assert flow.get(token).status_code == 401
    for_api = flow.let_in(resource=f"{flow.root}/api/crm")["access_token"]
    assert Client(api, for_api).send("tools/list").status_code == 401


def test_there_is_no_stream(api):
    for method in ("get", "delete"):
        answer = getattr(api, method)(MCP)
        assert answer.status_code == 405
        assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("origin", "root", "may"),
    [
        ("", "https://crm.example.com", True), ("https://crm.example.com", "https://crm.example.com", True), ("https://evil.example", "https://crm.example.com", False),
        ("null", "https://crm.example.com", False), ("http://localhost:6274", "https://crm.example.com", False), ("http://localhost:6274", "http://localhost:8080", True),
        ("http://127.0.0.1", "http://localhost:8080", True), ("http://localhost.evil.example", "http://localhost:8080", False), ("http://localhost:80.evil", "http://localhost:8080", False),
        ("http://localhost@evil.example", "http://localhost:8080", False), ("https://crm.example.com.evil.example", "https://crm.example.com", False),
    ],
)  # fmt: skip
def test_a_page_of_another_site_may_not_call(origin, root, may):
    assert may_call(origin, root) is may


def test_a_foreign_page_is_refused(assistant):
    answer = assistant().send("tools/list", headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json["error"]["code"]) == (403, -32600)


def test_a_signed_in_user_may_call_as_well(api, people):
    body = {"jsonrpc": "2.0", "id": "x", "method": "tools/list"}
    answer = api.post(MCP, json=body)
    assert answer.json["id"] == "x"
    assert len(answer.json["result"]["tools"]) == 18


def test_others_see_nothing_of_a_user(api, people):
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")
    token = other.post("/api/crm/access/tokens", json={"name": "x", "scopes": ["read", "write"]}).json["token"]
    stranger = Client(api, token)
    assert stranger.call("find_people")["people"] == []
    assert stranger.refusal("get_person", person=people["ana"])["error"] == "not_found"
    assert stranger.refusal("add_note", person=people["ana"], text="x")["error"] == "not_found"
