"""POST /api/crm/digest/{token}"""

from __future__ import annotations

from shared.day.digest import page, service
from shared.edge.reply import STATUS
from shared.edge.web import Call, Reply, endpoint
from shared.errors import CrmError
from shared.introductions.page import HTML, headers, message_page

MAX_FORM_BYTES = 2_000


@endpoint(answers={200: "text/html"}, public=True)
def submit_digest_answer(call: Call) -> Reply:
    """POST /api/crm/digest/{token}

    Do as the page of a letter about the day says: note a talk, snooze or skip somebody who is due, or stop the letters, also by the
    one click of a mail program (RFC 8058).
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.OPENED_A_MINUTE)
    call.limit_body(MAX_FORM_BYTES)
    form = call.request.form.to_dict()
    try:
        with call.database.read(None) as tx:
            holder = service.find_holder(tx, token)
        call.cache.note_write(holder.user_id)
        with call.transaction(as_user=holder.user_id) as tx:
            done = page.answer(tx, form, call.now)
    except CrmError as error:
        return Reply(STATUS[type(error)], message_page("That did not work", error.message), HTML, headers())
    return Reply(200, message_page("Done", done), HTML, headers())
