"""GET /api/crm/graph/path"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import service
from shared.graph.parameters import PathQuery


@endpoint(answers={200: "PathList"})
def find_path(call: Call) -> Reply:
    """GET /api/crm/graph/path

    Who can introduce me to her, or to anybody at a company: the best path, and the next best ones.

    `shortest` means fewest hops, then the highest product of strengths; `strongest` the highest product within
    `max_hops`. The list is exact: distinct paths that visit nobody twice, in that order. No path is an empty list.

    `through_team=true` adds the paths through one colleague's contacts, as far as colleagues share their ties; the person
    need not be among your own contacts.
    """
    query = call.query(PathQuery)
    with call.read(latest=query.through_team) as tx:
        return Reply(200, service.find_paths(tx, query))
