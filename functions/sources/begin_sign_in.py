"""POST /api/crm/sources/{id}/sign-in"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.sources.accounts import repository


@endpoint(answers={200: "SignInBegun"})
def begin_sign_in(call: Call) -> Reply:
    """POST /api/crm/sources/{id}/sign-in

    Begin to sign in to an account of Google or Microsoft: the address at which the user consents, for a quarter of an hour.
    """
    source_id = call.uuid("id")
    with call.read(latest=True) as tx:
        kind = repository.get_account(tx, source_id).kind
    return Reply(200, {"url": deps().accounts.begin_sign_in(call.user_id, source_id, kind)})
