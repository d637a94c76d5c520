"""DELETE /api/crm/users/me"""

from __future__ import annotations

from shared.users import repository
from shared.web import Call, Reply, endpoint

# A million contacts with their indexes take a while to remove.
TIMEOUT_S = 240


@endpoint(answers={204: None})
def delete_user(call: Call) -> Reply:
    """DELETE /api/crm/users/me

    Erases the calling user and everything that is theirs.
    """
    with call.cache.changing_contacts(call.user_id), call.transaction(timeout_s=TIMEOUT_S) as tx:
        repository.erase_user(tx)
    call.forget_user()
    return Reply(204)
