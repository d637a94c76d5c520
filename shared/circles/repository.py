"""The SQL side of circles."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import Conflict, NotFound, quoted
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
MAX_CIRCLES = 200


class Circle(NamedTuple):
    """What a user may set of a circle.

    Attributes:
        name: its name.
        colour: as #rrggbb, or None.
        filter: JSON text of the filters that find the members, as they were given; None where they are named.
        fits: the same as the database takes them.
        every_days: how often its members are to be talked to, or None.
    """

    name: str
    colour: str | None
    filter: str | None
    fits: str | None
    every_days: int | None


def create_circle(tx: Session, circle: Circle) -> UUID:
    """Add a circle and return its id.

    Raises:
        Conflict: another circle has the name, or there are `MAX_CIRCLES`.
    """
    with _name_free(circle.name):
        circle_id: UUID | None = tx.value(
            QUERIES.create_circle, user_id=tx.user_id, most=MAX_CIRCLES, **circle._asdict()
        )
    if circle_id is None:
        raise Conflict(f"there are {MAX_CIRCLES} circles: delete one first")
    return circle_id


def get_circle(tx: Session, circle_id: UUID) -> str:
    """A circle as JSON.

    Raises:
        NotFound: the user has no such circle.
    """
    document: str | None = tx.value(QUERIES.find_circle, user_id=tx.user_id, circle_id=circle_id)
    if document is None:
        raise _missing(circle_id)
    return document


def list_circles(tx: Session, contact_id: UUID | None) -> str:
    """All circles, or those of a contact, as a JSON array."""
    return str(tx.value(QUERIES.list_circles, user_id=tx.user_id, contact_id=contact_id))


def lock_circle(tx: Session, circle_id: UUID) -> Circle:
    """Keep others from changing a circle until the transaction ends, and return it.

    Raises:
        NotFound: the user has no such circle.
    """
    row = tx.one(QUERIES.lock_circle, user_id=tx.user_id, circle_id=circle_id)
    if row is None:
        raise _missing(circle_id)
    return Circle(*row)


def update_circle(tx: Session, circle_id: UUID, circle: Circle) -> None:
    """Set a circle; write nothing where nothing differs.

    Raises:
        Conflict: another circle has the name.
    """
    with _name_free(circle.name):
        tx.run(QUERIES.update_circle, user_id=tx.user_id, circle_id=circle_id, **circle._asdict())


def delete_circle(tx: Session, circle_id: UUID) -> None:
    """Delete a circle."""
    tx.run(QUERIES.delete_circle, user_id=tx.user_id, circle_id=circle_id)


def delete_members(tx: Session, circle_id: UUID) -> None:
    """Remove all contacts from a circle."""
    tx.run(QUERIES.delete_members, user_id=tx.user_id, circle_id=circle_id)


def add_members(tx: Session, circle_id: UUID, ids: Sequence[UUID]) -> int:
    """Add contacts to a circle, except the self contact; how many were not in it."""
    return tx.run(QUERIES.add_members, user_id=tx.user_id, circle_id=circle_id, ids=list(ids))


def remove_members(tx: Session, circle_id: UUID, ids: Sequence[UUID]) -> int:
    """Remove contacts from a circle; how many were in it."""
    return tx.run(QUERIES.remove_members, user_id=tx.user_id, circle_id=circle_id, ids=list(ids))


def _missing(circle_id: UUID) -> NotFound:
    return NotFound(f"no circle has the id {circle_id}")


@contextlib.contextmanager
def _name_free(name: str) -> Iterator[None]:
    """Turn the violation of the unique name into a conflict."""
    try:
        yield
    except ConstraintViolated as error:
        if error.constraint != "circles_name":
            raise
        raise Conflict(f"another circle is called {quoted(name)}") from error
