"""POST /api/crm/sources/people"""

from __future__ import annotations

from shared.edge.web import Call, Reply, endpoint
from shared.sources import people
from shared.sources.models import PeopleAnswer

# Shorter than the function's time-out, so that the database ends the statement first and the error names it.
TIMEOUT_S = 110


@endpoint(answers={200: "PeopleChanged"})
def answer_people(call: Call) -> Reply:
    """POST /api/crm/sources/people

    Add people found as contacts, ignore, propose, join, part or forget them. Ties follow at once.
    """
    body = call.body(PeopleAnswer)
    with call.changing_contacts(), call.transaction(timeout_s=TIMEOUT_S) as tx:
        return Reply(200, people.answer_people(tx, body, call.now))
