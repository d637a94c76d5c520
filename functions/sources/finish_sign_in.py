"""POST /api/crm/sources/sign-in"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository
from shared.sources.models import SignInBody


@endpoint(answers={200: "Source"})
def finish_sign_in(call: Call) -> Reply:
    """POST /api/crm/sources/sign-in

    Finish a sign-in with what the provider has sent the user back with; the account is then kept current by itself.

    Only the user who began it can: the state opens for nobody else.
    """
    body = call.body(SignInBody)
    signed_in = deps().accounts.finish_sign_in(call.user_id, body)
    with call.transaction() as tx:
        deps().accounts.keep_signed_in(tx, signed_in)
        return Reply(200, repository.get_source(tx, signed_in.source_id))
