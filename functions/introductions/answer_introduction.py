"""POST /api/crm/graph/introductions/respond/{token}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.introductions import service
from shared.introductions.models import IntroductionAnswer


@endpoint(answers={200: "introductions.IntroductionAnswered"}, public=True)
def answer_introduction(call: Call) -> Reply:
    """POST /api/crm/graph/introductions/respond/{token}

    Answer the question of an e-mail's link, once; 409 when the question was answered before or has expired.

    "accept" asks the next person of the path, or introduces both where the target accepts; 429 where the next mailbox has
    spent its budget of letters, and the same answer may be given later. "never" declines, and no letter goes to this
    address again, also where the question is closed.
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.ANSWERS_A_MINUTE)
    answer = call.body(IntroductionAnswer)
    with call.database.read(None) as tx:
        holder = service.find_holder(tx, token)
    with call.transaction(as_user=holder.user_id) as tx:
        return Reply(200, service.answer_question(tx, holder, answer, deps().settings.letters, call.now))
