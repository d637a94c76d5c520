"""POST /api/crm/contacts/{id}/interactions"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.edge.web import Call, Reply, endpoint
from shared.interactions import service
from shared.interactions.models import InteractionCreate

if TYPE_CHECKING:
    from shared.interactions.parameters import Recorder


@endpoint(answers={201: "TieExplained", 200: "TieExplained"})
def add_interaction(call: Call) -> Reply:
    """POST /api/crm/contacts/{id}/interactions

    Record an e-mail, message, call or meeting with a contact, and answer with the new strength of the tie.

    200 answers an interaction that is recorded already; it counts once, and a `note` takes the place of its note. `Location` names it.
    """
    contact_id = call.uuid("id")
    interaction = call.body(InteractionCreate)
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        source: Recorder = "hand" if call.program is None else "program"
        strength, added, interaction_id = service.add_interaction(tx, contact_id, interaction, call.now, source)
    location = f"/api/crm/contacts/{contact_id}/interactions/{interaction_id}"
    return Reply(201 if added else 200, strength, headers={"Location": location})
