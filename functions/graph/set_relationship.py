"""PUT /api/crm/graph/relationships"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import repository
from shared.graph.models import RelationshipSet


@endpoint(answers={200: "Relationship", 201: "Relationship"})
def set_relationship(call: Call) -> Reply:
    """PUT /api/crm/graph/relationships

    Set the strength of a tie: in both directions when mutual, else in one direction, and paths follow it in that one only.

    This replaces a strength that was computed from interactions, and ends the computing.
    """
    tie = call.body(RelationshipSet)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        relationship, created = repository.set_relationship(
            tx, tie.from_contact_id, tie.to_contact_id, tie.strength, mutual=tie.mutual
        )
    return Reply(201 if created else 200, relationship)
