"""POST /api/crm/graph/wishes"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.graph import wishes
from shared.graph.models import WishCreate


@endpoint(answers={201: "Wish", 200: "Wish"})
def add_wish(call: Call) -> Reply:
    """POST /api/crm/graph/wishes

    Wish to reach somebody, whether they are in the address book or not. A way is looked for at once, through colleagues
    who share their ties, too, and again whenever the address book changes; `opened_at` says when the first was found. The
    same wish again answers 200 with the one that is there.
    """
    wish = call.body(WishCreate)
    with call.transaction() as tx:
        wish_id, document, created = wishes.add_wish(tx, wish, call.now)
    return Reply(201 if created else 200, document, headers={"Location": f"/api/crm/graph/wishes/{wish_id}"})
