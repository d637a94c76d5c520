"""DELETE /api/crm/users/me"""

from __future__ import annotations

import logging

from shared.edge.web import Call, Reply, endpoint
from shared.users import repository

log = logging.getLogger(__name__)

# Long enough to remove a million contacts with their indexes.
TIMEOUT_S = 240


@endpoint(answers={204: None})
def delete_user(call: Call) -> Reply:
    """DELETE /api/crm/users/me

    Erase the calling user and all of their data.
    """
    with call.changing_contacts(), call.transaction(timeout_s=TIMEOUT_S) as tx:
        repository.erase_user(tx)
    call.forget_user()
    # The id names no data any more. After an older backup is restored, the log says which users to erase again.
    log.info("user.erased", extra={"user_id": str(call.user_id)})
    return Reply(204)
