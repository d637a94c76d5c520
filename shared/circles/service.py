"""The use cases of circles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.circles import repository
from shared.circles.repository import Circle
from shared.contacts.merging import repository as merging
from shared.errors import Conflict, FieldError, ValidationFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shared.circles.models import CircleCreate, CirclePatch, MembersChange
    from shared.plumbing.postgres.database import Session


def create_circle(tx: Session, body: CircleCreate) -> UUID:
    """Add a circle and return its id.

    Raises:
        Conflict: another circle has the name, or there are too many.
        ValidationFailed: the filter is none of the list of contacts.
    """
    if body.filter is not None and body.every_days is not None:
        raise _no_cadence()
    return repository.create_circle(tx, Circle(body.name, body.colour, *_filter(tx, body.filter), body.every_days))


def update_circle(tx: Session, circle_id: UUID, body: CirclePatch) -> str:
    """Change a circle by a merge patch, and return it as JSON.

    Raises:
        NotFound: the user has no such circle.
        Conflict: another circle has the name.
        ValidationFailed: the filter is none of the list of contacts, or the name is null.
    """
    circle = repository.lock_circle(tx, circle_id)
    given = body.model_dump(exclude_unset=True)
    if "name" in given and given["name"] is None:
        raise ValidationFailed([FieldError("name", "a circle needs a name")])
    if "filter" in given:
        given["filter"], given["fits"] = _filter(tx, given["filter"])
        if given["filter"] is not None and circle.filter is None:
            repository.delete_members(tx, circle_id)
    changed = circle._replace(**given)
    if changed.filter is not None and changed.every_days is not None:
        raise _no_cadence()
    repository.update_circle(tx, circle_id, changed)
    return repository.get_circle(tx, circle_id)


def delete_circle(tx: Session, circle_id: UUID) -> None:
    """Delete a circle; its contacts stay.

    Raises:
        NotFound: the user has no such circle.
    """
    repository.lock_circle(tx, circle_id)
    repository.delete_members(tx, circle_id)
    repository.delete_circle(tx, circle_id)


def change_members(tx: Session, circle_id: UUID, change: MembersChange) -> dict[str, int]:
    """Add contacts to a circle and remove others; how many came and left.

    Raises:
        NotFound: the user has no such circle, or no such contact.
        Conflict: a filter finds the members of the circle, or the self contact is among them.
    """
    require_named(tx, circle_id)
    found = merging.lock_contacts(tx, change.add + change.remove)
    for contact_id in change.add + change.remove:
        if contact_id not in found:
            raise merging.no_contact(tx, contact_id)
    if any(found[contact_id] for contact_id in change.add):
        raise Conflict("one of the contacts is you: circles are of others")
    return {
        "added": repository.add_members(tx, circle_id, change.add),
        "removed": repository.remove_members(tx, circle_id, change.remove),
    }


def require_named(tx: Session, circle_id: UUID) -> None:
    """Keep a circle from being changed, and refuse one whose members a filter finds.

    Raises:
        NotFound: the user has no such circle.
        Conflict: a filter finds its members.
    """
    if repository.lock_circle(tx, circle_id).filter is not None:
        raise Conflict(
            "the members of this circle are found by its filter: change the filter, or take a circle without one"
        )


def add_contacts(tx: Session, circle_id: UUID, ids: Sequence[UUID]) -> int:
    """Add contacts that the caller has locked; how many were not in the circle."""
    return repository.add_members(tx, circle_id, ids)


def remove_contacts(tx: Session, circle_id: UUID, ids: Sequence[UUID]) -> int:
    """Remove contacts that the caller has locked; how many were in the circle."""
    return repository.remove_members(tx, circle_id, ids)


def _no_cadence() -> ValidationFailed:
    """Build the refusal of a cadence for members that a filter finds: nobody notices when one becomes a member."""
    return ValidationFailed(
        [
            FieldError(
                "every_days",
                "a circle with a filter has no cadence: name its members, or set the cadence of each contact",
            )
        ]
    )


def _filter(tx: Session, given: dict[str, Any] | None) -> tuple[str | None, str | None]:
    """The filters of a request, checked: as they were given, and as the database takes them."""
    if given is None:
        return None, None
    from shared.contacts.filters import read_filter  # noqa: PLC0415 - few requests have a filter
    from shared.contacts.service import checked_filters  # noqa: PLC0415 - as above

    if given.get("circle") is not None:
        raise ValidationFailed([FieldError("filter.circle", "the filter of a circle names no circle")])
    filters = checked_filters(tx, read_filter(given), "filter.")
    if filters.pass_everything:
        raise ValidationFailed([FieldError("filter", "names no filter: every contact would be a member")])
    return json.dumps(given, ensure_ascii=False), filters.as_json
