"""GET /.well-known/oauth-protected-resource/api/crm/mcp"""

from __future__ import annotations

from shared.access import metadata
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "application/json"}, public=True)
def get_resource_metadata(call: Call) -> Reply:
    """GET /.well-known/oauth-protected-resource/api/crm/mcp

    Where programs get tokens for the MCP server, and for what (RFC 9728).
    """
    return Reply(200, metadata.of_resource(call.root), headers=metadata.KEPT)
