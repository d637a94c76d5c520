"""POST /api/crm/sources/{id}/events"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.sources import service
from shared.sources.facts import MAX_BYTES

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 110


@endpoint(answers={200: "Counted"})
def count_events(call: Call) -> Reply:
    """POST /api/crm/sources/{id}/events

    Count events of calendars: NDJSON, at most 5,000 lines and 8 MB, each line
    `{"id","start","end","organizer":{"address","name"?},"attendees":[{"address","name"?,"status"?}],"status"?}`.

    Each occurrence of a series is a line with an id of its own. Events that are cancelled, declined, of whole days, of more
    than 30 people or still to come are left out. A line that cannot be used is reported, and the others count.
    """
    source_id = call.uuid("id")
    lines = call.lines(max_bytes=MAX_BYTES)
    call.cache.note_write(call.user_id)
    with call.transaction(timeout_s=TIMEOUT_S) as tx:
        return Reply(200, service.count_lines(tx, source_id, lines, of="events", now=call.now))
