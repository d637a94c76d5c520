"""POST /api/crm/graph/introduce"""

from __future__ import annotations

from shared.introductions import repository, service
from shared.introductions.models import IntroductionRequest
from shared.web import Call, Reply, endpoint


@endpoint(answers={201: "introductions.Introduction"})
def request_introduction(call: Call) -> Reply:
    """POST /api/crm/graph/introduce

    Asks for an introduction: the first person on the path gets an e-mail.

    Without `path` the strongest of the shortest paths is taken whose people can be asked; `passed_over` tells whom it
    leaves in peace, and why. 409 where nobody can be asked, or you are asking for this person already.
    """
    request = call.body(IntroductionRequest)
    with call.transaction() as tx:
        introduction_id = service.request_introduction(tx, request, call.now)
        introduction = repository.get_document(tx, introduction_id)
    return Reply(201, introduction, headers={"Location": f"/api/crm/graph/introductions/{introduction_id}"})
