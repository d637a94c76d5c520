"""private"""

from __future__ import annotations

from shared.edge.web import Call, Reply, internal
from shared.email import service
from shared.email.models import LetterDecision


@internal
def decide_letters(call: Call) -> Reply:
    """private

    Show what is known of a sender or mailbox, and decide how many letters a sender may send in 24 hours: `{"email", "letters"?, "asks"?,
    "until"?, "note"?}`; 0 stops all, `{"email", "reset": true}` lets the settings count again, and `{"email"}` alone changes nothing.
    """
    decision = call.body(LetterDecision)
    with call.system_transaction() as tx:
        return Reply(200, service.decide(tx, decision, call.now))
