from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.access.conftest import TOKENS
from tests.integration.introductions.conftest import clock, deliveries, schedule

__all__ = ["clock", "deliveries", "schedule"]

MCP = "/api/crm/mcp"
MODERN = "2026-07-28"
PREFIX = "io.modelcontextprotocol/"
NAMED = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}


class Client:
    """An assistant with a token, of either era."""

    def __init__(self, api: Any, token: str | None, *, modern: bool = True) -> None:
        self.api, self.modern = api.anonymous(), modern
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, method: str, params: dict[str, Any] | None = None, *, headers: dict[str, str] | None = None, abilities: Any = None, **more: Any) -> Any:  # fmt: skip
        params = dict(params or {})
        sent = dict(self.headers)
        if self.modern:
            params["_meta"] = {PREFIX + "protocolVersion": MODERN, PREFIX + "clientCapabilities": abilities or {}}
            sent |= {"MCP-Protocol-Version": MODERN, "Mcp-Method": method}
            if method in NAMED:
                sent["Mcp-Name"] = str(params.get(NAMED[method]))
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params} | more
        return self.api.post(MCP, json=body, headers=sent | (headers or {}))

    def result(self, method: str, params: dict[str, Any] | None = None, **given: Any) -> Any:
        answer = self.send(method, params, **given)
        assert answer.status_code == 200, answer.text
        return answer.json["result"]

    def call(self, tool: str, **arguments: Any) -> Any:
        """The structured answer of a tool that works."""
        result = self.result("tools/call", {"name": tool, "arguments": arguments})
        assert not result["isError"], result
        assert json.loads(result["content"][0]["text"]) == result["structuredContent"]
        return result["structuredContent"]

    def refusal(self, tool: str, **arguments: Any) -> Any:
        """What a tool answers that does not work."""
        result = self.result("tools/call", {"name": tool, "arguments": arguments})
        assert result["isError"], result
        return json.loads(result["content"][0]["text"])


@pytest.fixture
def assistant(api):
    """Makes a token and a client with it: `assistant("read", "write")`."""

    def made(*scopes: str, modern: bool = True) -> Client:
        token = api.post(TOKENS, json={"name": "Claude", "scopes": list(scopes or ("read", "write", "introduce"))}).json
        return Client(api, token["token"], modern=modern)

    return made


@pytest.fixture
def people(api):
    """Ana (known well), Bo (known by Ana) and Cy (known by Bo) with their ids."""

    def contact(name: str, **more: Any) -> str:
        email = f"{name.split(maxsplit=1)[0].lower()}-{api.email.split('@')[0][-8:]}@example.com"
        return api.post("/api/crm/contacts", json={"name": name, "email": email, "enrich": False, **more}).json["id"]

    def tie(one: str, other: str, strength: float) -> None:
        body = {"from_contact_id": one, "to_contact_id": other, "strength": strength}
        assert api.put("/api/crm/graph/relationships", json=body).status_code in {200, 201}

    me = api.get("/api/crm/users/me").json["self_contact_id"]
    ana = contact("Ana Lima", company="Acme", title="Head of Finance", location="Lisbon, Portugal", tags=["investor"])
    bo = contact("Bo Berg", company="Globex", location="Oslo")
    cy = contact("Cy Chen", company="Initech", title="Partner", location="Porto, Portugal")
    tie(me, ana, 0.9)
    tie(ana, bo, 0.8)
    tie(bo, cy, 0.7)

    return {"me": me, "ana": ana, "bo": bo, "cy": cy}
