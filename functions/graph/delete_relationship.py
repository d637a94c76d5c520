"""DELETE /api/crm/graph/relationships/{from}/{to}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import repository
from shared.graph.parameters import RelationshipDelete


@endpoint(answers={204: None})
def delete_relationship(call: Call) -> Reply:
    """DELETE /api/crm/graph/relationships/{from}/{to}

    Remove a tie, in both directions unless `mutual=false`.
    """
    from_id, to_id = call.uuid("from"), call.uuid("to")
    mutual = call.query(RelationshipDelete).mutual
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        repository.delete_relationship(tx, from_id, to_id, mutual=mutual)
    return Reply(204)
