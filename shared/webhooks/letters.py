"""The letter about a webhook that was switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.email.letter import Letter, Paragraph
from shared.email.service import LetterWriter
from shared.webhooks import repository

if TYPE_CHECKING:
    from datetime import datetime

    from shared.email.repository import Email
    from shared.plumbing.postgres.database import Session


def compose(tx: Session, email: Email, link: str, public_url: str) -> Letter | None:  # noqa: ARG001 - the form of all
    """Write the letter; None where the webhook was deleted or is on again."""
    found = repository.find_off(tx, email.subject_id)
    if found is None or found[1] is None:
        return None
    url, because, name = found
    return Letter(
        subject="A webhook was switched off",
        blocks=(
            Paragraph(f"Hello {name}," if name else "Hello,"),
            Paragraph(f"Your webhook gets no more messages: {because}. It sent to:"),
            Paragraph(url),
            Paragraph("What happens from now on is not sent later. The list of changes has it: GET /api/crm/changes."),
            Paragraph(
                f"{public_url}/api/crm/webhooks/{email.subject_id}/deliveries has what it was sent. A PATCH of the webhook with"
                ' {"active": true} switches it on again.'
            ),
        ),
    )


def undelivered(tx: Session, email: Email, now: datetime) -> None:
    """Do nothing: the API shows that the webhook is off."""


WRITER = LetterWriter(compose, undelivered)
