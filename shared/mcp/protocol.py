"""The Model Context Protocol over HTTP: both eras at one address, and no state.

A modern client (2026-07-28) names its version and abilities in every request, in `_meta` and in headers that must agree. A legacy client
(2025-03-26 to 2025-11-25) begins with `initialize`; it gets no session id and nothing is remembered, which its revisions allow. One POST,
one JSON answer.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    # The value of a header by its name in any case; empty where it is not there.
    Header = Callable[[str], str]

MODERN = "2026-07-28"
LEGACY = ("2025-11-25", "2025-06-18", "2025-03-26")
PREFIX = "io.modelcontextprotocol/"
# How long a client may keep a list, in its own cache only.
KEPT_MS = 300_000

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
HEADER_MISMATCH, UNSUPPORTED_VERSION = -32020, -32022
# The parameter that the header Mcp-Name repeats.
_NAMED = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}
_KEPT = frozenset(
    {"tools/list", "prompts/list", "resources/list", "resources/templates/list", "resources/read", "server/discover"}
)
_ENCODED = "=?base64?"
OK, ACCEPTED, BAD_REQUEST, NOT_FOUND = 200, 202, 400, 404


class RpcError(Exception):
    """A JSON-RPC error.

    Attributes:
        code: of JSON-RPC.
        message: what is wrong.
        data: more about it.
    """

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code, self.message, self.data = code, message, data


class Message(NamedTuple):
    """A request.

    Attributes:
        method: of the protocol.
        params: its parameters.
        is_modern: its client names its version with every request.
        abilities: what a modern client can do.
    """

    method: str
    params: dict[str, Any]
    is_modern: bool
    abilities: dict[str, Any]


class Server(NamedTuple):
    """What answers.

    Attributes:
        info: name and version.
        instructions: read by a model before all else.
        capabilities: what is offered.
        methods: by name; each takes the message and returns the result.
    """

    info: dict[str, Any]
    instructions: str
    capabilities: dict[str, Any]
    methods: Mapping[str, Callable[[Message], dict[str, Any]]]


def answer(server: Server, body: bytes, header: Header) -> tuple[int, dict[str, Any] | None]:
    """Answer one message: the status of HTTP, and the JSON-RPC answer; None for a notification."""
    request_id: Any = None
    is_modern = False
    try:
        document = _read(body)
        request_id = document.get("id")
        is_modern = _is_modern(document, header)
        message = _checked(document, header) if is_modern else _legacy(document)
        if request_id is None:
            return ACCEPTED, None
        return OK, {"jsonrpc": "2.0", "id": request_id, "result": _result(server, message)}
    except RpcError as error:
        problem = {"code": error.code, "message": error.message} | ({} if error.data is None else {"data": error.data})
        known = request_id if isinstance(request_id, (str, int)) and not isinstance(request_id, bool) else None
        return _status(error.code, is_modern=is_modern), {"jsonrpc": "2.0", "id": known, "error": problem}


def _status(code: int, *, is_modern: bool) -> int:
    """Return the status of an error: modern clients are told by it, legacy ones take every other than 200 for a broken line."""
    if code in {PARSE_ERROR, INVALID_REQUEST}:
        return BAD_REQUEST
    if not is_modern:
        return OK
    return NOT_FOUND if code == METHOD_NOT_FOUND else BAD_REQUEST


def _read(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise RpcError(PARSE_ERROR, "the body is not JSON") from None
    if not isinstance(document, dict):
        raise RpcError(INVALID_REQUEST, "send one request at a time, as a JSON object")
    if document.get("jsonrpc") != "2.0" or not isinstance(document.get("method"), str):
        raise RpcError(INVALID_REQUEST, 'a request has "jsonrpc": "2.0" and a method')
    if "id" in document and (isinstance(document["id"], bool) or not isinstance(document["id"], (str, int))):
        raise RpcError(INVALID_REQUEST, "the id of a request is a text or a whole number")
    if not isinstance(document.get("params", {}), dict):
        raise RpcError(INVALID_PARAMS, "params must be an object")
    return document


def _meta(document: dict[str, Any]) -> dict[str, Any]:
    meta = document.get("params", {}).get("_meta")
    return meta if isinstance(meta, dict) else {}


def _is_modern(document: dict[str, Any], header: Header) -> bool:
    if PREFIX + "protocolVersion" in _meta(document):
        return True
    if document["method"] == "initialize":
        return False
    named = header("MCP-Protocol-Version")
    return document["method"] == "server/discover" or (named != "" and named not in LEGACY)


def _legacy(document: dict[str, Any]) -> Message:
    return Message(document["method"], document.get("params", {}), is_modern=False, abilities={})


def _checked(document: dict[str, Any], header: Header) -> Message:
    """Read a request of a modern client, whose headers repeat the body for whatever stands between."""
    method, params, meta = document["method"], document.get("params", {}), _meta(document)
    version, abilities = meta.get(PREFIX + "protocolVersion"), meta.get(PREFIX + "clientCapabilities")
    if not isinstance(version, str) or not isinstance(abilities, dict):
        raise RpcError(INVALID_PARAMS, f"params._meta needs {PREFIX}protocolVersion and {PREFIX}clientCapabilities")
    _compare("MCP-Protocol-Version", header, version)
    if version != MODERN:
        raise RpcError(
            UNSUPPORTED_VERSION, "Unsupported protocol version", {"supported": [MODERN, *LEGACY], "requested": version}
        )
    _compare("Mcp-Method", header, method)
    if method in _NAMED:
        _compare("Mcp-Name", header, params.get(_NAMED[method]))
    return Message(method, params, is_modern=True, abilities=abilities)


def _compare(name: str, header: Header, wanted: Any) -> None:
    given: str | None = header(name)
    if given is not None and given.startswith(_ENCODED) and given.endswith("?="):
        try:
            given = base64.b64decode(given[len(_ENCODED) : -2], validate=True).decode()
        except ValueError:
            given = None
    if given != wanted:
        raise RpcError(HEADER_MISMATCH, f"the header {name} differs from the body")


def _result(server: Server, message: Message) -> dict[str, Any]:
    if not message.is_modern and message.method == "ping":
        return {}
    if not message.is_modern and message.method == "initialize":
        return _initialized(server, message)
    if message.method == "server/discover":
        found: dict[str, Any] = {
            "supportedVersions": [MODERN, *LEGACY],
            "capabilities": server.capabilities,
            "instructions": server.instructions,
        }
    else:
        method = server.methods.get(message.method)
        if method is None:
            raise RpcError(METHOD_NOT_FOUND, f'there is no method "{message.method[:100]}"')
        found = method(message)
    if not message.is_modern:
        return found
    stamped = {"resultType": "complete", **found}
    stamped["_meta"] = {**found.get("_meta", {}), PREFIX + "serverInfo": server.info}
    return ({"ttlMs": KEPT_MS, "cacheScope": "private"} if message.method in _KEPT else {}) | stamped


def _initialized(server: Server, message: Message) -> dict[str, Any]:
    wanted = message.params.get("protocolVersion")
    if not isinstance(wanted, str):
        raise RpcError(INVALID_PARAMS, "initialize needs a protocolVersion")
    return {
        "protocolVersion": wanted if wanted in LEGACY else LEGACY[0],
        "capabilities": server.capabilities,
        "serverInfo": server.info,
        "instructions": server.instructions,
    }
