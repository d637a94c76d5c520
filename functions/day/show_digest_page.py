"""GET /api/crm/digest/{token}"""

from __future__ import annotations

from shared.day.digest import page, service
from shared.edge.web import Call, Reply, endpoint
from shared.errors import NotFound
from shared.introductions.page import HTML, headers, message_page


@endpoint(answers={200: "text/html"}, public=True)
def show_digest_page(call: Call) -> Reply:
    """GET /api/crm/digest/{token}

    The page of a link in a letter about the day: what may be done about the person that it names. Reading it changes nothing.
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.OPENED_A_MINUTE)
    try:
        with call.database.read(None) as tx:
            holder = service.find_holder(tx, token)
    except NotFound as error:
        return Reply(404, message_page("This link is not known here", error.message), HTML, headers())
    with call.database.read(holder.user_id) as tx:
        return Reply(200, page.show(tx, call.request.args.to_dict(), call.now), HTML, headers())
