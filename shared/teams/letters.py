"""The letter of an invitation to a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.email.letter import Button, Divider, Letter, Paragraph, Small
from shared.email.service import LetterWriter
from shared.teams import repository

if TYPE_CHECKING:
    from datetime import datetime

    from shared.email.repository import Email
    from shared.plumbing.postgres.database import Session


def compose(tx: Session, email: Email, link: str, public_url: str) -> Letter | None:
    """Write the letter of an invitation; None where the invitation was cancelled or accepted."""
    invitation = repository.read_invitation(tx, email.subject_id)
    if invitation is None:
        return None
    return Letter(
        subject=f"{invitation.inviter} invites you to the team {invitation.team}",
        blocks=(
            Paragraph("Hello,"),
            Paragraph(
                f"{invitation.inviter} invites you to the team {invitation.team} on Warmpath. The members of a team find paths "
                "to people through each other's contacts. A member who wants to meet somebody you know asks you first."
            ),
            Paragraph(
                "Joining alone shares nothing. You decide whether paths may lead through your contacts, you can hide single "
                "contacts, and you can stop sharing at any time. Addresses, phone numbers and notes stay with you."
            ),
            Button(f"Sign in as {invitation.address} to accept", f"{public_url}/team"),
            Divider("Warmpath"),
            Small("You get no reminder. Stop all requests and invitations to this address:", link),
        ),
        sender=f"{invitation.inviter} via Warmpath",
        reply_to=invitation.inviter_email or "",
        stop_url=link,
    )


def undelivered(tx: Session, email: Email, now: datetime) -> None:
    """Do nothing: the outcome of the e-mail records that the address does not exist."""


WRITER = LetterWriter(compose, undelivered)
