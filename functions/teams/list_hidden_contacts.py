"""GET /api/crm/teams/hidden"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.parameters import Page
from shared.teams import service


@endpoint(answers={200: "HiddenContacts"})
def list_hidden_contacts(call: Call) -> Reply:
    """GET /api/crm/teams/hidden

    List the contacts that you hide from colleagues, page by page.
    """
    page = call.query(Page)
    with call.read() as tx:
        return Reply(200, service.list_hidden(tx, page))
