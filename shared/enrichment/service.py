"""What people ask of enrichment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.enrichment import credits as ledger
from shared.enrichment import repository
from shared.errors import FieldError, ValidationFailed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from shared.plumbing.events.outbox import Priority
    from shared.plumbing.postgres.database import Session


def request_enrichment(
    tx: Session,
    contact_id: UUID,
    *,
    priority: Priority,
    force: bool,
    cheapest: int,
) -> None:
    """Queues one contact because somebody asks for it; one that is queued already stays where it is, or moves up.

    Args:
        tx: a transaction of the user.
        contact_id: which one.
        priority: what goes first.
        force: also ask again what was answered before; that is charged again.
        cheapest: the least that a provider which costs anything costs; 0 when all are free.

    Raises:
        NotFound: there is no such contact.
        ValidationFailed: it has no e-mail.
        OutOfCredits: there are providers that cost credits, and too few for any of them.
    """
    has_email, _ = repository.find_enrichable(tx, contact_id)
    if not has_email:
        raise ValidationFailed(
            [FieldError("email", "this contact has no e-mail, which is what providers are asked by")]
        )
    ledger.require_credits(tx, cheapest)
    repository.request(tx, [contact_id], priority, force=force)


def queue_contacts(tx: Session, contacts: Iterable[UUID], *, priority: Priority) -> int:
    """Queues contacts that were added, one or 50,000 of them, in one statement; those without an e-mail are left out.

    Returns:
        How many were queued.
    """
    return repository.request(tx, contacts, priority, force=False)
