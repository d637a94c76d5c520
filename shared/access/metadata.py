"""What programs read before they ask to be let in: RFC 9728 of the resource, RFC 8414 of the authorization server."""

from __future__ import annotations

from typing import Any

from shared.access.clients import DEVICE_GRANT
from shared.access.scopes import GRANTED

RESOURCE_PATH = "/.well-known/oauth-protected-resource/api/crm/mcp"
# Public, and the same for an hour; a browser-based program may read it from its own page.
KEPT = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}


def of_resource(root: str) -> dict[str, Any]:
    """Describe the MCP server as a protected resource."""
    return {
        "resource": f"{root}/api/crm/mcp",
        "resource_name": "Warmpath",
        "authorization_servers": [root],
        "bearer_methods_supported": ["header"],
        "scopes_supported": list(GRANTED),
        "resource_documentation": f"{root}/api/crm/docs",
    }


def of_server(root: str) -> dict[str, Any]:
    """Describe the authorization server."""
    here = f"{root}/api/crm/access"
    return {
        "issuer": root,
        "authorization_endpoint": f"{root}/connect",
        "token_endpoint": f"{here}/token",
        "registration_endpoint": f"{here}/register",
        "revocation_endpoint": f"{here}/revoke",
        "device_authorization_endpoint": f"{here}/device",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", DEVICE_GRANT],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "scopes_supported": list(GRANTED),
        "client_id_metadata_document_supported": True,
        "authorization_response_iss_parameter_supported": True,
        "service_documentation": f"{root}/api/crm/docs",
    }
