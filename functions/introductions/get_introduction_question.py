"""GET /api/crm/graph/introductions/respond/{token}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.introductions import service


@endpoint(answers={200: "introductions.IntroductionQuestion"}, public=True)
def get_introduction_question(call: Call) -> Reply:
    """GET /api/crm/graph/introductions/respond/{token}

    The question of an e-mail's link; reading it changes nothing. For a closed question, only that it is closed.
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.ANSWERS_A_MINUTE)
    with call.database.read(None) as tx:
        holder = service.find_holder(tx, token)
    with call.database.read(holder.user_id) as tx:
        question = service.get_question(tx, holder, call.now)
    return Reply(200, question.as_json(), headers={"Cache-Control": "no-store"})
