"""GET /respond/{token}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.errors import NotFound
from shared.introductions import page, service


@endpoint(answers={200: "text/html"}, public=True)
def show_introduction_question(call: Call) -> Reply:
    """GET /respond/{token}

    The page of an e-mail's link: the question, and the effect of each answer. Reading it changes nothing.
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.ANSWERS_A_MINUTE)
    try:
        with call.database.read(None) as tx:
            holder = service.find_holder(tx, token)
    except NotFound as error:
        return Reply(404, page.message_page("This link is not known here", error.message), page.HTML, page.headers())
    with call.database.read(holder.user_id) as tx:
        question = service.get_question(tx, holder, call.now)
    return Reply(200, page.question_page(question.as_json()), page.HTML, page.headers())
