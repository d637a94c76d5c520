"""PUT /api/crm/teams/mine/sharing"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.teams import service
from shared.teams.models import Sharing


@endpoint(answers={200: "SharingStatus"})
def share_ties(call: Call) -> Reply:
    """PUT /api/crm/teams/mine/sharing

    Set whether colleagues find paths through your contacts, from their next search on.

    With `strengths` false colleagues see only that ties exist, not how strong they are.
    Ties between others that were computed from your mail and calendars stay yours unless `seen_ties` shares them, too.
    """
    sharing = call.body(Sharing)
    with call.transaction() as tx:
        return Reply(
            200, service.share(tx, ties=sharing.ties, seen_ties=sharing.seen_ties, strengths=sharing.strengths)
        )
