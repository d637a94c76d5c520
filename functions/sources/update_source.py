"""PATCH /api/crm/sources/{id}"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository as sources
from shared.sources import service
from shared.sources.accounts import repository
from shared.sources.models import SourcePatch


@endpoint(answers={200: "Source"})
def update_source(call: Call) -> Reply:
    """PATCH /api/crm/sources/{id}

    Change the name of a source, its account, or, before anything is counted, the user's own addresses in it.

    A new account, or a new password of it, is signed in with first, and read then.
    """
    source_id = call.uuid("id")
    body = call.body(SourcePatch, media_types=("application/merge-patch+json", "application/json"))
    if body.account:
        with call.read(latest=True) as tx:
            kind = repository.get_account(tx, source_id).kind
        deps().accounts.check(kind, body.account)
    with call.transaction() as tx:
        document = service.update_source(tx, source_id, body)
        if body.account:
            deps().accounts.connect(tx, source_id, kind, body.account)
            document = sources.get_source(tx, source_id)
    return Reply(200, document)
