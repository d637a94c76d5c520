"""GET /api/crm/sources/people"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.sources import people
from shared.sources.parameters import PeopleQuery


@endpoint(answers={200: "PeopleFound"})
def list_people(call: Call) -> Reply:
    """GET /api/crm/sources/people

    List the people found in the sources, the strongest tie first: by default those who are proposed as contacts.
    """
    query = call.query(PeopleQuery)
    with call.read() as tx:
        return Reply(200, people.list_people(tx, query, call.now))
