"""POST /api/crm/sources/{id}/messages"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.sources import service
from shared.sources.facts import MAX_BYTES

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 110


@endpoint(answers={200: "Counted"})
def count_messages(call: Call) -> Reply:
    """POST /api/crm/sources/{id}/messages

    Count messages: NDJSON, at most 5,000 lines and 8 MB, each line
    `{"id","at","from":{"address","name"?},"to":[..],"cc":[..],"bcc":[..],"flags":["list"|"auto"|"call"|"chat"..]}`.

    Ids are hashed at once, and neither subjects nor texts are taken. A message counts once, however often and by whichever
    source it is sent. A line that cannot be used is reported with its number, field and value, and the others count.
    """
    source_id = call.uuid("id")
    lines = call.lines(max_bytes=MAX_BYTES)
    call.cache.note_write(call.user_id)
    with call.transaction(timeout_s=TIMEOUT_S) as tx:
        return Reply(200, service.count_lines(tx, source_id, lines, of="messages", now=call.now))
