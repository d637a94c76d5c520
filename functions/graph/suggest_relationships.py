"""GET /api/crm/graph/insights/suggestions"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import repository
from shared.graph.parameters import SuggestionQuery


@endpoint(answers={200: "Suggestions"})
def suggest_relationships(call: Call) -> Reply:
    """GET /api/crm/graph/insights/suggestions

    Suggest likely but missing ties of a contact, the caller unless given: many mutual contacts, or the same company.
    """
    query = call.query(SuggestionQuery)
    with call.read() as tx:
        return Reply(200, repository.suggest_ties(tx, query.contact_id, query.limit))
