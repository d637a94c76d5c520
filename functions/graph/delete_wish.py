"""DELETE /api/crm/graph/wishes/{id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import wishes


@endpoint(answers={204: None})
def delete_wish(call: Call) -> Reply:
    """DELETE /api/crm/graph/wishes/{id}

    Delete a wish.
    """
    wish_id = call.uuid("id")
    with call.transaction() as tx:
        wishes.delete_wish(tx, wish_id)
    return Reply(204)
