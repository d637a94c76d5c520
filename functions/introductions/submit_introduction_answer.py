"""POST /respond/{token}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.reply import STATUS
from shared.edge.web import Call, Reply, endpoint
from shared.errors import CrmError
from shared.introductions import page, service

MAX_FORM_BYTES = 20_000


@endpoint(answers={200: "text/html"}, public=True)
def submit_introduction_answer(call: Call) -> Reply:
    """POST /respond/{token}

    Take an answer from the page's form, or a one-click unsubscription from a mail program (RFC 8058).
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.ANSWERS_A_MINUTE)
    call.limit_body(MAX_FORM_BYTES)
    form = call.request.form.to_dict()
    try:
        with call.database.read(None) as tx:
            holder = service.find_holder(tx, token)
        with call.transaction(as_user=holder.user_id) as tx:
            outcome = page.answer(tx, holder, form, deps().settings.letters, call.now)
    except CrmError as error:
        shown = page.message_page("That did not work", error.message)
        return Reply(STATUS[type(error)], shown, page.HTML, page.headers())
    return Reply(200, page.message_page("Done", outcome), page.HTML, page.headers())
