"""POST /api/crm/graph/introductions/respond/{token}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.introductions import service
from shared.introductions.models import IntroductionAnswer


@endpoint(answers={200: "introductions.IntroductionAnswered"}, public=True)
def answer_introduction(call: Call) -> Reply:
    """POST /api/crm/graph/introductions/respond/{token}

    Answer the question of an e-mail's link, once; 409 when it was answered before, or its time is over.

    On "accept" the next person is asked, or, by the target, both are introduced; 429 where that person has had enough
    letters for now, and then the answer may be given later. "never" declines, and nobody is asked at this address
    again: it is remembered also where there is nothing to answer any more.
    """
    token = call.path_parameter("token")
    call.limit_secret(token, per_minute=service.ANSWERS_A_MINUTE)
    answer = call.body(IntroductionAnswer)
    with call.database.read(None) as tx:
        holder = service.find_holder(tx, token)
    with call.transaction(as_user=holder.user_id) as tx:
        return Reply(200, service.answer_question(tx, holder, answer, deps().settings.letters, call.now))
