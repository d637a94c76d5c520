"""PATCH /api/crm/users/me"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.users import repository
from shared.users.models import UserUpdate


@endpoint(answers={200: "User"})
def update_user(call: Call) -> Reply:
    """PATCH /api/crm/users/me

    Change the caller's name or some settings; null removes a setting.
    """
    change = call.body(UserUpdate, media_types=("application/merge-patch+json", "application/json"))
    with call.changing_contacts(), call.transaction() as tx:
        repository.update_user(tx, name=change.name, settings=change.settings)
        return Reply(200, repository.get_user(tx, deps().settings.letters, call.now))
