"""POST /api/crm/viral/invitations"""

from __future__ import annotations

from shared.edge.deps import deps
from shared.edge.web import Call, Reply, endpoint
from shared.viral import service
from shared.viral.models import InvitationCreate


@endpoint(answers={201: "InvitationsSent"})
def create_invitations(call: Call) -> Reply:
    """POST /api/crm/viral/invitations

    Invite people by e-mail, each with a personal code; a person whom you have invited before gets no second e-mail.

    `refused` lists the addresses whose mailboxes have spent their budget of letters. 429 where that is all of them, or
    where your budget of letters in a day does not suffice; then nobody is invited.
    """
    invitation = call.body(InvitationCreate)
    with call.transaction() as tx:
        settings = deps().settings
        invited = service.invite(tx, invitation, settings.public_url, settings.letters, call.now)
    call.show_letters_left(invited.letters_left)
    return Reply(201, invited.document)
