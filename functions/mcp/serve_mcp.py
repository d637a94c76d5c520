"""POST /api/crm/mcp"""

from __future__ import annotations

from shared.edge.mcp import context_of, may_call
from shared.edge.web import Call, Reply, endpoint
from shared.manifest import functions
from shared.mcp import protocol, server

MAX_BYTES = 200_000
STRANGE_PAGE = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "this page may not call here"}}


@endpoint(answers={200: "application/json", 202: None}, keyed=False)
def serve_mcp(call: Call) -> Reply:
    """POST /api/crm/mcp

    The Model Context Protocol, by which assistants call tools: revision 2026-07-28, and those that begin with `initialize`.
    """
    if not may_call(call.header("Origin"), call.root):
        return Reply(403, STRANGE_PAGE)
    call.limit_body(MAX_BYTES)
    made = server.make(context_of(call), functions())
    status, answer = protocol.answer(made, call.request.get_data(cache=False), call.header)
    return Reply(status, answer)
