"""POST /api/crm/sources"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.sources import repository, service
from shared.sources.models import SourceCreate


@endpoint(answers={201: "Source"})
def create_source(call: Call) -> Reply:
    """POST /api/crm/sources

    Add a source: a file of mail, a calendar, a chat or an account whose messages will be sent to it.
    """
    body = call.body(SourceCreate)
    with call.transaction() as tx:
        source_id = service.create_source(tx, body)
        document = repository.get_source(tx, source_id)
    return Reply(201, document, headers={"Location": f"/api/crm/sources/{source_id}"})
