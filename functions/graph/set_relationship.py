"""PUT /api/crm/graph/relationships"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import repository
from shared.graph.models import RelationshipSet


@endpoint(answers={200: "Relationship", 201: "Relationship"})
def set_relationship(call: Call) -> Reply:
    """PUT /api/crm/graph/relationships

    Set how well one contact knows another: both ways when mutual, else one way, which paths then follow one way only.

    A strength that was computed from interactions is replaced, and not computed any more.
    """
    tie = call.body(RelationshipSet)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        relationship, created = repository.set_relationship(
            tx, tie.from_contact_id, tie.to_contact_id, tie.strength, mutual=tie.mutual
        )
    return Reply(201 if created else 200, relationship)
