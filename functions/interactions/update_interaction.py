"""PATCH /api/crm/contacts/{id}/interactions/{interaction_id}"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint, etag_of
from shared.interactions import service
from shared.interactions.models import InteractionPatch


@endpoint(answers={200: "Interaction"})
def update_interaction(call: Call) -> Reply:
    """PATCH /api/crm/contacts/{id}/interactions/{interaction_id}

    Correct an interaction by a JSON merge patch. Its id stays; counts and the strength of the tie follow.

    409 where another interaction with the contact has the same time, kind and direction.
    """
    contact_id, interaction_id = call.uuid("id"), call.uuid("interaction_id")
    patch = call.body(InteractionPatch, media_types=("application/merge-patch+json", "application/json"))
    call.cache.note_write(call.user_id)
    with call.transaction() as tx:
        document = service.update_interaction(tx, contact_id, interaction_id, patch, call.check_if_match, now=call.now)
    return Reply(200, document, etag=etag_of(document))
