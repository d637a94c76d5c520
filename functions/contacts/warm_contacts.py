"""schedule */15 * * * *"""

from __future__ import annotations

from shared.contacts import repository
from shared.edge.web import Call, Reply, internal
from shared.errors import NotFound

# The most contacts of one run; the others are read when a user opens them.
MAX_WARMED = 1000


@internal
def warm_contacts(call: Call) -> Reply:
    """schedule */15 * * * *

    Put the contacts that people open most back into the cache before the next user opens them.
    """
    warmed = 0
    for user_id, contact_id in call.cache.most_opened_contacts(call.now, MAX_WARMED):
        found = call.cache.look_up_contact(user_id, contact_id, call.now, opened=False)
        if not found.lease:
            continue
        with call.database.read(user_id) as tx:
            try:
                call.cache.fill_contact(found, repository.get_contact(tx, contact_id))
            except NotFound:  # removed since it was opened
                continue
        warmed += 1
    return Reply(200, {"warmed": warmed})
