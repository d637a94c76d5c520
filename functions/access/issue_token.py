"""POST /api/crm/access/token"""

from __future__ import annotations

from shared.access import tokens
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "application/json"}, public=True)
def issue_token(call: Call) -> Reply:
    """POST /api/crm/access/token

    Give a program tokens for its code, its refresh token, or the answer to its device (a form; OAuth 2.1, RFC 8628).
    """
    return Reply(200, tokens.issue(call.database, call.form(), call.root, call.now))
