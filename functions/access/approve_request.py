"""POST /api/crm/access/approvals"""

from __future__ import annotations

from shared.access import authorization
from shared.access.models import Approval
from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint


# No answer is kept under a key: the code stands in it.
@endpoint(answers={200: "Approved"}, keyed=False)
def approve_request(call: Call) -> Reply:
    """POST /api/crm/access/approvals

    Answer what a program asks: `granted` lists what you allow, never more than it asked for; an empty list says no.
    """
    given = call.body(Approval)
    with call.read(latest=True) as tx:
        asked = authorization.read_request(tx, given.parameters(), deps().clients, call.root, call.now)
    with call.transaction() as tx:
        return Reply(200, {"redirect_to": authorization.answer(tx, asked, list(given.granted), call.root, call.now)})
