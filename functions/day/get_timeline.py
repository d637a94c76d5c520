"""GET /api/crm/contacts/{id}/timeline"""

from __future__ import annotations

from shared.day import service
from shared.day.parameters import TimelineQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "Timeline"})
def get_timeline(call: Call) -> Reply:
    """GET /api/crm/contacts/{id}/timeline

    List what happened with a contact page by page, the newest first: notes, interactions by kind and month, evidence of sources, introductions,
    enrichment, changes of job, and how the contact came.
    """
    contact_id = call.uuid("id")
    query = call.query(TimelineQuery)
    with call.read() as tx:
        return Reply(200, service.list_timeline(tx, contact_id, query))
