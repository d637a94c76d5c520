"""The common parts of operations in the OpenAPI document: refusals by their names, headers of answers, tags, examples of bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.manifest import Function

Document = dict[str, Any]

DESCRIPTION = """Contacts, the ties between them, and the paths that lead to people. docs/api.md is the guide for integrators.

Send `Authorization: Bearer` with a personal token, a token that a program was granted, or an ID token of the installation's issuer. Errors are
problem documents (RFC 9457) with a stable `code`."""
CONTACT = {"name": "Warmpath on GitHub", "url": "https://github.com/warmpath/warmpath"}

TAGS = {
    "meta": "The state of the installation, and this document.",
    "users": "The signed-in user: settings, everything as a file, the audit log.",
    "access": "Tokens of programs, and programs that were let in.",
    "contacts": "The people of the address book: lists, search, changes, imports, merging, interactions.",
    "circles": "Groups of contacts, named or found by a filter.",
    "notes": "Notes on contacts.",
    "due": "Contacts to get in touch with now.",
    "upcoming": "Dates that come.",
    "digest": "The links of letters about the day.",
    "sources": "Mailboxes, calendars, chats and accounts of which the facts are counted.",
    "devices": "Phones and programs that read and write contacts over CardDAV.",
    "imports": "Files of any size, read by a job.",
    "jobs": "Work that takes longer than a request.",
    "operations": "Past changes, and their undoing.",
    "changes": "The feed of changes, for copies that keep themselves current.",
    "graph": "Ties, paths and introductions.",
    "email": "Reports of mail providers.",
    "privacy": "Facts about people without an account, for themselves.",
    "teams": "Colleagues whose contacts paths may lead through.",
    "viral": "Invitations and the leaderboard.",
    "mcp": "The Model Context Protocol, for assistants.",
    "fields": "Fields of contacts that a user has added.",
    "views": "Saved lists of contacts.",
    "capture": "A sentence, read into changes.",
    "feeds": "Secret addresses of calendars.",
    "webhooks": "Messages to other programs about changes (docs/webhooks.md).",
    "enrichment": "Credits for filling blank fields.",
}

_TEXT = {"type": "string"}
HEADERS: Document = {
    "ETag": {"description": "The version of the document, for `If-Match` and `If-None-Match`.", "schema": _TEXT},
    "Location": {"description": "The path of what was made.", "schema": _TEXT},
    "Operation-Id": {"description": "The id of the change, which `/operations/{id}` shows and undoes.", "schema": _TEXT},
    "Idempotent-Replayed": {
        "description": "`true`: the request was done before, and this is its answer.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "RateLimit": {"description": '`"user";r=299;t=1`: the rest of each limit, and in how many seconds it grows.', "schema": _TEXT},
    "RateLimit-Policy": {"description": '`"user";q=300;w=15`: the size of each limit, and its window in seconds.', "schema": _TEXT},
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
    "X-Request-Id": {"description": "The id of the request in the installation's traces.", "schema": _TEXT},
}  # fmt: skip

_REFUSALS = {
    "BadRequest": (400, "The request cannot be read"),
    "Unauthenticated": (401, "The token is missing, expired or not valid"),
    "Forbidden": (403, "The program's token lacks a scope, or only a signed-in person may call this: `insufficient_scope`"),
    "NotFound": (404, "You have nothing with this id"),
    "Conflict": (409, "This contradicts what is there, or the request with this `Idempotency-Key` is under way"),
    "PreconditionFailed": (412, "It was changed since you read it"),
    "TooLarge": (413, "The body is too large"),
    "UnsupportedFormat": (415, "The media type of the body is not supported"),
    "ValidationFailed": (422, "Fields or parameters are not valid: `errors` names each"),
    "RateLimited": (429, "Too many requests"),
}  # fmt: skip


def responses(problem: Document) -> Document:
    """Return the refusals as components; each has the body of a problem."""
    made = {}
    for name, (_, description) in _REFUSALS.items():
        headers = ["X-Request-Id", *(("Retry-After", "RateLimit", "RateLimit-Policy") if name == "RateLimited" else ())]
        made[name] = {"description": description, "headers": _refer(headers), "content": problem["content"]}
    return made


def refusals(function: Function, calls: set[str], *, public: bool) -> Document:
    """Return the refusals that a function may answer with, by status.

    Args:
        function: the entry of the manifest.
        calls: the names that the function's source uses, of `call` and of functions.
        public: the function asks for no token.
    """
    names = []
    if not public:
        names += ["Unauthenticated", "Forbidden", "RateLimited"]
    elif "limit_secret" in calls:
        names.append("RateLimited")
    if "{" in function.path:
        names.append("NotFound")
    if "query" in calls or "body" in calls or "upload" in calls:
        names.append("ValidationFailed")
    if {"body", "upload", "lines"} & calls:
        names += ["BadRequest", "TooLarge", "UnsupportedFormat"]
    if function.method != "GET" and not public:
        names.append("Conflict")
    if "check_if_match" in calls:
        names.append("PreconditionFailed")
    found = sorted((_REFUSALS[name][0], name) for name in names)
    return {str(status): {"$ref": f"#/components/responses/{name}"} for status, name in found}


def headers_of(function: Function, source: str, *, public: bool, keyed: bool) -> Document:
    """Return the headers of a function's successful answers."""
    names = ["X-Request-Id"]
    if not public:
        names += ["RateLimit", "RateLimit-Policy"]
    if "etag=" in source:
        names.append("ETag")
    if '"Location"' in source:
        names.append("Location")
    if function.method != "GET" and "call.transaction(" in source and not public:
        names.append("Operation-Id")
    if keyed:
        names.append("Idempotent-Replayed")
    return _refer(names)


def _refer(names: list[str]) -> Document:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


_ID = "7d3b1f0a-6a52-4c8e-9a0e-2f1c5b9d8e77"
# Bodies that work; a test holds them against their models.
EXAMPLES: dict[str, Document] = {
    "ContactCreate": {"name": "Ana Rao", "email": "ana@acme.example", "company": "Acme", "title": "CTO", "tags": ["lens"]},
    "ContactPatch": {"title": "CEO", "notes": None, "custom": {"crm_id": "1834"}},
    "ContactReplace": {"name": "Ana Rao", "emails": ["ana@acme.example", "ana@home.example"], "company": "Acme"},
    "BulkChange": {"ids": [_ID], "action": "tag", "value": ["investor"]},
    "MergeRequest": {"ids": [_ID, "0b7c7d1e-5d0f-4a35-8d55-6a5b3f2d9c10"], "dry_run": True},
    "InteractionCreate": {"kind": "meeting", "at": "2026-11-30T10:00:00Z", "direction": "both"},
    "RelationshipSet": {"from_contact_id": _ID, "to_contact_id": "0b7c7d1e-5d0f-4a35-8d55-6a5b3f2d9c10", "strength": 0.7},
    "IntroductionRequest": {"target_id": _ID, "message": "May I ask you for an introduction to Ana? We build lenses."},
    "WebhookCreate": {"url": "https://example.com/hooks/warmpath", "events": ["contact.created", "introduction.completed"]},
    "WebhookPatch": {"active": True},
    "SecretRotation": {"overlap_hours": 24},
    "TokenCreate": {"name": "Nightly sync", "scopes": ["read", "write"], "days": 90},
    "TeamCreate": {"name": "Lens makers"},
    "ImportCreate": {"kind": "contacts", "filename": "contacts.csv", "size": 182044},
}  # fmt: skip
