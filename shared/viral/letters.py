"""The letter of an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.email.letter import Button, Divider, Letter, Paragraph, Quote, Small
from shared.email.service import LetterWriter
from shared.viral import repository
from shared.viral.service import joining_url

if TYPE_CHECKING:
    from datetime import datetime

    from shared.email.letter import Block
    from shared.email.repository import Email
    from shared.plumbing.postgres.database import Session


def compose(tx: Session, email: Email, link: str, public_url: str) -> Letter | None:
    """Write the letter of an invitation; None where the invitation no longer exists."""
    invitation = repository.read_invitation(tx, email.subject_id)
    if invitation is None:
        return None
    blocks: list[Block] = [
        Paragraph("Hello,"),
        Paragraph(
            f"{invitation.inviter} invites you to Warmpath. Warmpath finds out which of your contacts can introduce you to "
            "somebody, and asks them politely. Nobody's e-mail address is passed on before they agree."
        ),
    ]
    if invitation.message:
        blocks += [Paragraph(f"{invitation.inviter} writes:"), Quote(invitation.message)]
    blocks += [
        Button("See the invitation", joining_url(public_url, invitation.code)),
        Divider("Warmpath"),
        Small("You get no reminder. Stop all requests and invitations to this address:", link),
    ]
    return Letter(
        subject=f"{invitation.inviter} invites you to Warmpath",
        blocks=tuple(blocks),
        sender=f"{invitation.inviter} via Warmpath",
        reply_to=invitation.inviter_email or "",
        stop_url=link,
    )


def undelivered(tx: Session, email: Email, now: datetime) -> None:
    """Do nothing: the outcome of the e-mail records that the address does not exist."""


WRITER = LetterWriter(compose, undelivered)
