"""POST /api/crm/graph/introductions/{id}/withdraw"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.introductions import repository, steps


@endpoint(answers={200: "introductions.Introduction"})
def withdraw_introduction(call: Call) -> Reply:
    """POST /api/crm/graph/introductions/{id}/withdraw

    Withdraw an introduction, and notify the person asked last that no answer is needed. 409 where it is over.
    """
    introduction_id = call.uuid("id")
    with call.transaction() as tx:
        steps.withdraw(tx, introduction_id, deps().settings.letters, call.now)
        return Reply(200, repository.get_document(tx, introduction_id))
