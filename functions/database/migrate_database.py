"""private"""

from __future__ import annotations

from contextlib import closing

from shared.deps import deps
from shared.migrate import migrate
from shared.pool import ScriptConnection
from shared.web import Call, Reply, internal


@internal
def migrate_database(call: Call) -> Reply:  # noqa: ARG001
    """private

    Brings the database up to date; signs in as the owner of the schema. Calling it again changes nothing.
    """
    with closing(ScriptConnection(deps().connect_to_primary())) as connection:
        applied = migrate(connection)
    return Reply(200, {"applied": applied})
