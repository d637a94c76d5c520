"""The use cases of wishes: people and companies to reach, and the ways that open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shared.errors import Conflict, NotFound
from shared.graph import repository

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from shared.graph.models import WishCreate
    from shared.plumbing.postgres.database import Session

# A search for each, whenever the book changes.
MAX_WISHES = 200
# Users whose wishes one run of the schedule looks at.
MAX_USERS = 500


def add_wish(tx: Session, wish: WishCreate, now: datetime) -> tuple[UUID, str, bool]:
    """Add a wish, and look for a way at once; return its id, the wish as JSON, and whether it is new.

    Raises:
        NotFound: the user has no such contact.
        Conflict: the user has as many wishes as are looked after.
    """
    if wish.contact_id is not None:
        repository.require_contact(tx, wish.contact_id)
    if repository.count_wishes(tx) >= MAX_WISHES:
        raise Conflict(f"you have {MAX_WISHES} wishes, and no more are looked after: delete one first")
    wish_id, created = repository.add_wish(tx, wish, now)
    if created:
        repository.check_wishes(tx, now, only=wish_id)
    return wish_id, _one(tx, wish_id, now), created


def list_wishes(tx: Session, now: datetime) -> str:
    """All wishes, as the API answers them."""
    return '{"items":' + repository.list_wishes(tx, now) + "}"


def _one(tx: Session, wish_id: UUID, now: datetime) -> str:
    (wish,) = json.loads(repository.list_wishes(tx, now, only=wish_id))
    return json.dumps(wish)


def delete_wish(tx: Session, wish_id: UUID) -> None:
    """Delete a wish.

    Raises:
        NotFound: the user has no such wish.
    """
    if not repository.delete_wish(tx, wish_id):
        raise NotFound(f"no wish has the id {wish_id}")
