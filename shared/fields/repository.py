"""The SQL side of custom fields."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import Conflict, NotFound, quoted
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
MAX_FIELDS = 100


class Definition(NamedTuple):
    """A field.

    Attributes:
        id: its id.
        key: its name in `custom` of contacts.
        name: its name in the app.
        kind: of its values.
        choices: of a choice, in their order.
        place: among the fields.
    """

    id: UUID
    key: str
    name: str
    kind: str
    choices: list[str]
    place: int = 0


def list_definitions(tx: Session) -> list[Definition]:
    """All fields in their order."""
    return [Definition(*row) for row in tx.many(QUERIES.list_definitions, user_id=tx.user_id)]


def create_field(tx: Session, *, key: str, name: str, kind: str, choices: Sequence[str], place: int | None) -> UUID:
    """Add a field and return its id.

    Raises:
        Conflict: another field has the name or the key, or there are `MAX_FIELDS`.
    """
    with _free(key, name):
        field_id: UUID | None = tx.value(
            QUERIES.create_field,
            user_id=tx.user_id,
            key=key,
            name=name,
            kind=kind,
            choices=list(choices),
            place=place,
            most=MAX_FIELDS,
        )
    if field_id is None:
        raise Conflict(f"there are {MAX_FIELDS} custom fields: delete one first")
    return field_id


def get_field(tx: Session, field_id: UUID) -> str:
    """A field as JSON, with its counts.

    Raises:
        NotFound: the user has no such field.
    """
    document: str | None = tx.value(QUERIES.find_field, user_id=tx.user_id, field_id=field_id)
    if document is None:
        raise _missing(field_id)
    return document


def list_fields(tx: Session) -> str:
    """All fields as a JSON array."""
    return str(tx.value(QUERIES.list_fields, user_id=tx.user_id))


def lock_field(tx: Session, field_id: UUID) -> Definition:
    """Keep others from changing a field until the transaction ends, and return it.

    Raises:
        NotFound: the user has no such field.
    """
    row = tx.one(QUERIES.lock_field, user_id=tx.user_id, field_id=field_id)
    if row is None:
        raise _missing(field_id)
    return Definition(*row)


def update_field(tx: Session, field: Definition) -> None:
    """Set a field; write nothing where nothing differs.

    Raises:
        Conflict: another field has the name.
    """
    with _free(field.key, field.name):
        tx.run(
            QUERIES.update_field,
            user_id=tx.user_id,
            field_id=field.id,
            name=field.name,
            kind=field.kind,
            choices=field.choices,
            place=field.place,
        )


def delete_field(tx: Session, field_id: UUID) -> None:
    """Delete a field; the values stay in the contacts."""
    tx.run(QUERIES.delete_field, user_id=tx.user_id, field_id=field_id)


def list_loose(tx: Session) -> str:
    """The names among custom values that are not fields, as a JSON array."""
    return str(tx.value(QUERIES.list_loose, user_id=tx.user_id))


def choose_contacts(tx: Session, name: str, most: int) -> list[UUID]:
    """The ids of contacts with a name among their custom values."""
    ids: list[UUID] = tx.value(QUERIES.choose_contacts, user_id=tx.user_id, name=name, most=most)
    return ids


def lock_values(tx: Session, ids: Sequence[UUID], name: str, key: str) -> list[tuple[UUID, str, str | None]]:
    """Keep others from changing contacts; the id of each, and its values under two names."""
    rows = tx.many(QUERIES.lock_values, user_id=tx.user_id, ids=list(ids), name=name, key=key)
    return [(contact_id, value, present) for contact_id, value, present in rows]


def write_values(tx: Session, name: str, key: str, values: Mapping[UUID, str]) -> None:
    """Put values under the key of a field, in place of those under a loose name."""
    tx.run(QUERIES.write_values, user_id=tx.user_id, name=name, key=key, ids=list(values), values=list(values.values()))


def find_contacts(tx: Session, ids: Sequence[UUID]) -> set[UUID]:
    """Those of these ids that are contacts of the user."""
    return set(tx.value(QUERIES.find_contacts, user_id=tx.user_id, ids=list(ids)))


def name_contacts(tx: Session, texts: Sequence[str]) -> dict[str, UUID]:
    """The contact of each text that is the name or the address of one contact alone."""
    return {text: found for text, found in tx.many(QUERIES.name_contacts, user_id=tx.user_id, texts=list(texts))}  # noqa: C416 - rows are lists


def _missing(field_id: UUID) -> NotFound:
    return NotFound(f"no custom field has the id {field_id}")


@contextlib.contextmanager
def _free(key: str, name: str) -> Iterator[None]:
    """Turn the violation of a unique name or key into a conflict."""
    try:
        yield
    except ConstraintViolated as error:
        if error.constraint == "fields_name":
            raise Conflict(f"another custom field is called {quoted(name)}") from error
        if error.constraint == "fields_key":
            raise Conflict(f"another custom field has the key {quoted(key)}") from error
        raise
