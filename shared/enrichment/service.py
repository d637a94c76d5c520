"""The use cases of enrichment: request it for one contact, or queue many."""

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
    """Queue one contact at the user's request. A contact that is already queued keeps its place or moves up.

    Args:
        tx: a transaction of the user.
        contact_id: of the contact.
        priority: of the request in the queue.
        force: ask again also the providers that have answered before; their answers are charged again.
        cheapest: the lowest cost among the providers that cost credits; 0 where all are free.

    Raises:
        NotFound: the contact does not exist.
        ValidationFailed: the contact has no e-mail address.
        OutOfCredits: some providers cost credits, and the balance is too low for each of them.
    """
    has_email, _ = repository.find_enrichable(tx, contact_id)
    if not has_email:
        raise ValidationFailed(
            [FieldError("email", "this contact has no e-mail address, and providers are asked by address: add one")]
        )
    ledger.require_credits(tx, cheapest)
    repository.request(tx, [contact_id], priority, force=force)


def require_credits(tx: Session, cheapest: int) -> None:
    """Refuse to ask providers where some cost credits and the balance is too low for each of them.

    Raises:
        OutOfCredits: it is.
    """
    ledger.require_credits(tx, cheapest)


def queue_contacts(tx: Session, contacts: Iterable[UUID], *, priority: Priority) -> int:
    """Queue added contacts, one or 50,000, in one statement; contacts without an e-mail address are left out.

    Returns:
        How many were queued.
    """
    return repository.request(tx, contacts, priority, force=False)
