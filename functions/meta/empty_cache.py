"""private"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal


@internal
def empty_cache(call: Call) -> Reply:
    """private

    Empty the cache, after the database went back to an earlier moment: the cache knows contacts as they were later.
    """
    call.cache.empty()
    return Reply(200, {"emptied": True})
