"""POST /api/crm/graph/introductions/{id}/complete"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.introductions import repository, steps


@endpoint(answers={200: "introductions.Introduction"})
def complete_introduction(call: Call) -> Reply:
    """POST /api/crm/graph/introductions/{id}/complete

    Mark an introduction completed: thank the connectors, and count it for the leaderboard. 409 unless both were introduced.
    """
    introduction_id = call.uuid("id")
    with call.transaction() as tx:
        steps.complete(tx, introduction_id, deps().settings.letters, call.now)
        return Reply(200, repository.get_document(tx, introduction_id))
