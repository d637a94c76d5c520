"""POST /api/crm/privacy/{token}"""

from __future__ import annotations

from shared.edge.reply import STATUS
from shared.edge.web import Call, Reply, endpoint
from shared.errors import CrmError
from shared.introductions.page import HTML, headers, message_page
from shared.privacy import service

MAX_FORM_BYTES = 2_000


@endpoint(answers={200: "text/html"}, public=True)
def request_erasure(call: Call) -> Reply:
    """POST /api/crm/privacy/{token}

    Erase what providers have said about an address (`decision=erase`), or have it kept by nobody here as well (`suppress`); or stop all
    letters by the one click of a mail program (RFC 8058).
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.OPENED_A_MINUTE)
    call.limit_body(MAX_FORM_BYTES)
    form = call.request.form
    decision = "stop" if form.get("List-Unsubscribe") == "One-Click" else form.get("decision", "")
    try:
        with call.system_transaction() as tx:
            done = service.decide(tx, token, decision, call.now)
    except CrmError as error:
        return Reply(STATUS[type(error)], message_page("That did not work", error.message), HTML, headers())
    return Reply(200, message_page("Done", done), HTML, headers())
