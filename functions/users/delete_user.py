"""DELETE /api/crm/users/me"""

from __future__ import annotations

import logging

from shared.edge.web import Call, Reply, endpoint
from shared.users import repository

log = logging.getLogger(__name__)

# A million contacts with their indexes take a while to remove.
TIMEOUT_S = 240


@endpoint(answers={204: None})
def delete_user(call: Call) -> Reply:
    """DELETE /api/crm/users/me

    Erase the calling user and everything that is theirs.
    """
    with call.cache.changing_contacts(call.user_id), call.transaction(timeout_s=TIMEOUT_S) as tx:
        repository.erase_user(tx)
    call.forget_user()
    # An id that means nothing any more; but a backup that is restored brings its user back, and then it tells whom to erase again.
    log.info("user.erased", extra={"user_id": str(call.user_id)})
    return Reply(204)
