"""GET /api/crm/access/calls"""

from __future__ import annotations

from shared.access import service
from shared.access.parameters import ProgramCallQuery
from shared.edge.web import Call, Reply, endpoint


@endpoint(answers={200: "ProgramCallList"})
def list_program_calls(call: Call) -> Reply:
    """GET /api/crm/access/calls

    List what your programs did, newest first: each operation or tool and its target, counted by the hour, for 90 days.
    """
    query = call.query(ProgramCallQuery)
    with call.read() as tx:
        return Reply(200, service.list_calls(tx, query))
