"""POST /api/crm/sources"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository, service
from shared.sources.models import SourceCreate


@endpoint(answers={201: "Source"})
def create_source(call: Call) -> Reply:
    """POST /api/crm/sources

    Add a source: a file of mail, a calendar or a chat whose facts will be sent to it, or an account that is read by itself.

    With `account` the server is signed in to first, and the source is not made where it refuses.
    """
    body = call.body(SourceCreate)
    if body.account:
        deps().accounts.check(body.kind, body.account)
    with call.transaction() as tx:
        source_id = service.create_source(tx, body)
        if body.account:
            deps().accounts.connect(tx, source_id, body.kind, body.account)
        document = repository.get_source(tx, source_id)
    return Reply(201, document, headers={"Location": f"/api/crm/sources/{source_id}"})
