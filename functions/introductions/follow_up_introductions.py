"""schedule */15 * * * *"""

from __future__ import annotations

from collections import Counter

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, internal
from shared.errors import NotFound
from shared.introductions import learning, service
from shared.privacy import repository as privacy


@internal
def follow_up_introductions(call: Call) -> Reply:
    """schedule */15 * * * *

    Remind people once who have not answered for five days, expire questions after fourteen days, and remove e-mails and
    their links after four hundred days. Once a day, count again how likely people say yes.
    """
    limits = deps().settings.letters
    done: Counter[str] = Counter(expired=0, reminded=0)
    with call.database.read(None) as tx:
        due = service.list_due(tx, call.now)
    for user_id, introduction_id in due:
        try:
            with call.transaction(as_user=user_id) as tx:
                done[service.follow_up(tx, introduction_id, limits, call.now) or "unchanged"] += 1
        except NotFound:  # the user was erased meanwhile
            continue
    with call.system_transaction() as tx:
        done["learned"] = +learning.learn_when_due(tx, call.now)
        done["forgotten"] = service.forget_emails(tx, call.now)
        privacy.remove_old_links(tx, call.now, service.MAX_DUE)
    return Reply(200, dict(done))
