"""GET /api/crm/graph/path"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import service
from shared.graph.parameters import PathQuery


@endpoint(answers={200: "PathList"})
def find_path(call: Call) -> Reply:
    """GET /api/crm/graph/path

    The best path to a contact, or to anybody at a company, and the next best ones.

    `order=likely` means the highest chance that everybody on the path passes the introduction on: the strengths of the ties,
    the price of each further person, and how ready each is, by what became of earlier questions. `strongest` is the highest
    product of strengths within `max_hops`, `shortest` the fewest hops, then that product. The list is exact: distinct paths that visit nobody twice, in that order; empty where no path exists.

    `through_team=true` adds the paths through one colleague's contacts, where that colleague shares their ties; the target
    may be a contact of the colleague alone.
    """
    query = call.query(PathQuery)
    with call.read(latest=query.through_team) as tx:
        return Reply(200, service.find_paths(tx, query))
