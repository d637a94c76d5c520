"""GET /.well-known/oauth-authorization-server"""

from __future__ import annotations

from shared.access import metadata
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "application/json"}, public=True)
def get_server_metadata(call: Call) -> Reply:
    """GET /.well-known/oauth-authorization-server

    How programs are let in (RFC 8414).
    """
    return Reply(200, metadata.of_server(call.root), headers=metadata.KEPT)
