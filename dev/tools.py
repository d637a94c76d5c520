"""Addresses that only a developer's machine serves: tokens for every caller, their keys, and the mailbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from dev.issuer import DEMO_EMAIL, DISCOVERY_PATH, JWKS_PATH, TOKEN_PATH, Issuer
from selfhost.gateway import MAILBOX_PATH, problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from dev.mailbox import Mailbox


def tools(issuer: Issuer, mailbox: Mailbox | None = None) -> dict[str, Callable[[Request], Response]]:
    """Return the tools by their paths, for `create_gateway`.

    Args:
        issuer: signs the tokens of `/dev/token`.
        mailbox: the mail server of the stack; None where another one takes the e-mails.
    """
    served: dict[str, Callable[[Request], Response]] = {
        DISCOVERY_PATH: lambda request: _json(issuer.discovery(request.host_url.rstrip("/"))),
        JWKS_PATH: lambda _request: _json(issuer.jwks()),
        TOKEN_PATH: lambda request: _token(issuer, request),
    }
    if mailbox is not None:
        served[MAILBOX_PATH] = mailbox.answer
    return served


def _json(content: dict[str, Any]) -> Response:
    return Response(json.dumps(content), mimetype="application/json", headers={"Cache-Control": "no-store"})


def _token(issuer: Issuer, request: Request) -> Response:
    """POST /dev/token: a token for any address, by default that of the demo user."""
    if request.method != "POST":
        answer = problem(405, "method_not_allowed", "POST is served here.")
        answer.headers["Allow"] = "POST"
        return answer
    asked = request.get_json(force=True, silent=True) if request.get_data() else {}
    if not isinstance(asked, dict):
        return problem(400, "bad_request", 'The body must be JSON such as {"email": "ana@example.com"}.')
    email, name = asked.get("email", DEMO_EMAIL), asked.get("name")
    if not isinstance(email, str) or "@" not in email or not isinstance(name, str | None):
        return problem(422, "validation_failed", f"{email!r} is not an e-mail address, or {name!r} is not a name.")
    return _json({"access_token": issuer.token(email, name), "token_type": "Bearer"})
