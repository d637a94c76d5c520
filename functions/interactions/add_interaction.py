"""POST /api/crm/contacts/{id}/interactions"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.interactions import service
from shared.interactions.models import InteractionCreate


@endpoint(answers={201: "TieExplained", 200: "TieExplained"})
def add_interaction(call: Call) -> Reply:
    """POST /api/crm/contacts/{id}/interactions

    Record an e-mail, message, call or meeting with a contact, and answer with the new strength of the tie.

    200 answers an interaction that is recorded already; it counts once.
    """
    contact_id = call.uuid("id")
    interaction = call.body(InteractionCreate)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        strength, added = service.add_interaction(tx, contact_id, interaction, call.now)
    return Reply(201 if added else 200, strength)
