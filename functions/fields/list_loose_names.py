"""GET /api/crm/fields/loose"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.fields import repository


@endpoint(answers={200: "LooseNames"})
def list_loose_names(call: Call) -> Reply:
    """GET /api/crm/fields/loose

    List the names among the custom values of contacts that are not fields, with the kind that fits their values.
    """
    with call.read() as tx:
        return Reply(200, f'{{"items":{repository.list_loose(tx)}}}')
