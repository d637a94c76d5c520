"""The e-mail of an invitation to a team."""

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
    """Writes an invitation; None where it was taken back or accepted."""
    invitation = repository.read_invitation(tx, email.subject_id)
    if invitation is None:
        return None
    return Letter(
        subject=f"{invitation.inviter} invites you to the team {invitation.team}",
        blocks=(
            Paragraph("Hello,"),
            Paragraph(
                f"{invitation.inviter} invites you to the team {invitation.team} on Warmpath. A team finds paths to people "
                "through each other's contacts: who wants to meet somebody you know, asks you first."
            ),
            Paragraph(
                "Nothing of yours is shared by joining. You decide whether your ties are, may hide single contacts, and take "
                "it back at any time; addresses, numbers and notes stay with you."
            ),
            Button(f"Sign in as {invitation.address} to accept", f"{public_url}/team"),
            Divider("Warmpath"),
            Small("No reminder follows. Never be invited again:", link),
        ),
        sender=f"{invitation.inviter} via Warmpath",
        reply_to=invitation.inviter_email or "",
        stop_url=link,
    )


def undelivered(tx: Session, email: Email, now: datetime) -> None:
    """Nothing follows: that an address does not exist is noted with the e-mail."""


WRITER = LetterWriter(compose, undelivered)
