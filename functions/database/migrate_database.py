"""private"""

from __future__ import annotations

from contextlib import closing

from shared.deps import deps
from shared.migrate import admit, migrate
from shared.pool import ScriptConnection
from shared.web import Call, Reply, internal


@internal
def migrate_database(call: Call) -> Reply:  # noqa: ARG001
    """private

    Brings the database up to date, and lets the other functions' users in (`DATABASE_APP_USERS`, comma separated); signs in
    as the owner of the schema. Calling it again changes nothing.
    """
    users = deps().settings.environ.get("DATABASE_APP_USERS", "")
    with closing(ScriptConnection(deps().connect_to_primary())) as connection:
        applied = migrate(connection)
        admitted = admit(connection, [user for user in users.split(",") if user])
    return Reply(200, {"applied": applied, "admitted": admitted})
