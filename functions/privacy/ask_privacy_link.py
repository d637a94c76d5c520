"""POST /api/crm/privacy"""

from __future__ import annotations

from shared.contacts.addresses import is_email
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.errors import FieldError, ValidationFailed
from shared.introductions.page import HTML, headers, message_page
from shared.privacy import page, service

MAX_FORM_BYTES = 2_000
MAX_ADDRESS = 320


@endpoint(answers={202: "text/html"}, public=True)
def ask_privacy_link(call: Call) -> Reply:
    """POST /api/crm/privacy

    Send a link to a mailbox that shows what is held about it. The answer is the same for every address.
    """
    call.limit_body(MAX_FORM_BYTES)
    call.limit_secret("the form of privacy", per_minute=service.ASKED_A_MINUTE)
    email = call.request.form.get("email", "").strip()
    if len(email) > MAX_ADDRESS or not is_email(email):
        raise ValidationFailed([FieldError("email", "must be an e-mail address, sent as a form")])
    with call.system_transaction() as tx:
        service.ask_link(tx, email, deps().settings.letters, call.now)
    return Reply(202, message_page("A link is on its way", page.SENT), HTML, headers())
