"""DELETE /api/crm/sources/{id}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository
from shared.sources.accounts import repository as accounts

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 110


@endpoint(answers={204: None})
def delete_source(call: Call) -> Reply:
    """DELETE /api/crm/sources/{id}

    Forget a source with everything that came from it, and its credentials; ties are computed again from what is left.

    Contacts that were added stay. Messages that other sources have brought as well count there from now on.
    """
    source_id = call.uuid("id")
    call.cache.note_write(call.user_id)
    with call.transaction(timeout_s=TIMEOUT_S) as tx:
        known = accounts.get_account(tx, source_id)
        repository.forget_source(tx, source_id)
    if known.secret is not None:
        deps().accounts.give_back(call.user_id, source_id, known)
    return Reply(204)
