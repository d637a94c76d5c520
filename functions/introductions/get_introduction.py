"""GET /api/crm/graph/introductions/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.introductions import repository


@endpoint(answers={200: "introductions.Introduction"})
def get_introduction(call: Call) -> Reply:
    """GET /api/crm/graph/introductions/{id}

    One introduction: the people asked, the times and their answers.
    """
    introduction_id = call.uuid("id")
    with call.read() as tx:
        return Reply(200, repository.get_document(tx, introduction_id))
