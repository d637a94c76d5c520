"""The SQL side of contacts. Contacts leave as JSON text that Postgres made, and are passed on unparsed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote
from uuid import UUID

from shared.contacts.fields import edited
from shared.errors import Conflict, NotFound
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from shared.contacts.models import ContactFields
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
# Null where blank.
_LINES = edited("line")

# Where a list begins: behind the least key that there can be, in its order.
_LEAST_ID, _GREATEST_ID = UUID(int=0), UUID(int=2**128 - 1)
_LISTS = {
    "name": (QUERIES.list_by_name, "", _LEAST_ID),
    "company": (QUERIES.list_by_company, "", _LEAST_ID),
    "-created_at": (QUERIES.list_by_created_at, "infinity", _GREATEST_ID),
    "-updated_at": (QUERIES.list_by_updated_at, "infinity", _GREATEST_ID),
}


class Filters(NamedTuple):
    """Which contacts a list holds.

    Attributes:
        tags: have all of these, whatever their case and accents.
        company: work there; None for anywhere.
        has_email: have an address, or have none; None for either.
    """

    tags: list[str]
    company: str | None
    has_email: bool | None

    @property
    def pass_everything(self) -> bool:
        """Whether nothing is filtered."""
        return not (self.tags or self.company) and self.has_email is None

    @property
    def named(self) -> dict[str, Any]:
        """The parameters of statements that filter."""
        return {"tags": self.tags, "company": self.company, "has_email": self.has_email}


class ContactPage(NamedTuple):
    """A part of a list.

    Attributes:
        items: JSON array of contacts.
        next: sort key and id of the last contact, when there are more.
    """

    items: str
    next: tuple[Any, UUID] | None


def get_contact(tx: Session, contact_id: UUID) -> str:
    """One contact.

    Raises:
        NotFound: the user has none of this id.
    """
    document: str | None = tx.value(QUERIES.find_contact, user_id=tx.user_id, contact_id=contact_id)
    if document is None:
        raise NotFound("there is no contact of this id")
    return document


def lock_contact(tx: Session, contact_id: UUID) -> bool:
    """Keeps others from changing a contact until the transaction ends; tells whether it is the self contact.

    Raises:
        NotFound: the user has none of this id.
    """
    row = tx.one(QUERIES.lock_contact, user_id=tx.user_id, contact_id=contact_id)
    if row is None:
        raise NotFound("there is no contact of this id")
    return bool(row[0])


def create_contact(tx: Session, fields: ContactFields, *, source: str) -> UUID | None:
    """Adds a contact.

    Returns:
        Its id; None when another one holds the e-mail or the profile.
    """
    contact_id: UUID | None = tx.value(QUERIES.create_contact, user_id=tx.user_id, source=source, **_columns(fields))
    return contact_id


class SameContact(NamedTuple):
    """A contact that holds the e-mail or the profile of another.

    Attributes:
        contact_id: its id.
        document: all of it.
        name: what it is called.
        apart: that is clearly another person's name.
    """

    contact_id: UUID
    document: str
    name: str
    apart: bool


def find_same_contact(tx: Session, fields: ContactFields) -> SameContact | None:
    """The contact that holds the e-mail or the profile of another."""
    row = tx.one(
        QUERIES.find_same_contact,
        user_id=tx.user_id,
        name=fields.name,
        email=fields.email,
        linkedin_slug=linkedin_slug(fields.linkedin_url),
    )
    return None if row is None else SameContact(*row)


def replace_contact(tx: Session, contact_id: UUID, fields: ContactFields) -> None:
    """Sets every field that people edit.

    Raises:
        Conflict: another contact holds the e-mail or the profile.
    """
    try:
        tx.run(
            QUERIES.replace_contact,
            user_id=tx.user_id,
            contact_id=contact_id,
            email_stated=fields.email_stated,
            **_columns(fields),
        )
    except ConstraintViolated as error:
        if error.sqlstate != "23505":
            raise
        taken = "LinkedIn profile" if "slug" in error.constraint else "e-mail"
        raise Conflict(f"another contact has this {taken}") from error


def delete_contact(tx: Session, contact_id: UUID) -> None:
    """Removes a contact and its relationships."""
    tx.run(QUERIES.delete_contact, user_id=tx.user_id, contact_id=contact_id)


def count_contacts(tx: Session, filters: Filters) -> int:
    """How many contacts the user has that fit."""
    if filters.pass_everything:
        return int(tx.value(QUERIES.count_contacts, user_id=tx.user_id))
    return int(tx.value(QUERIES.count_filtered_contacts, **filters.named))


def list_contacts(
    tx: Session, sort: str, after: tuple[Any, UUID] | None, limit: int, filters: Filters | None = None
) -> ContactPage:
    """A page of contacts in one of the orders of `ContactListQuery`; equally fast at any depth.

    Args:
        tx: the session.
        sort: the order.
        after: `next` of the page before; None for the first.
        limit: contacts at the most.
        filters: which ones; all when left out.
    """
    query, least_key, least_id = _LISTS[sort]
    after_key, after_id = after or (least_key, least_id)
    place = {"user_id": tx.user_id, "after_key": after_key, "after_id": after_id, "limit": limit}
    if filters is None or filters.pass_everything:
        row = tx.one(query, **place)
    else:
        row = tx.one(QUERIES.filter_contacts, **place, sort=sort.removeprefix("-"), **filters.named)
    assert row is not None
    items, key, last_id, more = row
    return ContactPage(items, (key, last_id) if more else None)


def search_contacts(
    tx: Session, question: str, after: tuple[float, str, UUID] | None, limit: int, filters: Filters | None = None
) -> tuple[str, tuple[str, str, UUID] | None]:
    """Search the contacts that answer a question, best first.

    Args:
        tx: the session.
        question: words or their beginnings, an address or its beginning, digits of a phone number.
        after: where the page before ended: score, sort key and id; None for the first page.
        limit: contacts at the most.
        filters: which contacts are searched; all when left out.

    Returns:
        JSON array of contacts with `score` and `matched`, and where it ended when there are more.
    """
    score, name, contact_id = after or (None, None, None)
    place = {"after_score": score, "after_name": name, "after_id": contact_id, "limit": limit}
    if filters is None or filters.pass_everything:
        row = tx.one(QUERIES.search_contacts, user_id=tx.user_id, question=question, **place)
    else:
        row = tx.one(QUERIES.search_fitting, user_id=tx.user_id, question=question, **place, **filters.named)
    assert row is not None
    items, *place_of_last, more = row
    return items, (place_of_last[0], place_of_last[1], place_of_last[2]) if more else None


def count_found(tx: Session, question: str, filters: Filters) -> int:
    """Count the contacts that answer a question and fit, however many of them a search ranks."""
    return int(tx.value(QUERIES.count_fitting, question=question, **filters.named))


def export_page(tx: Session, after_id: UUID | None, limit: int) -> tuple[list[dict[str, Any]], UUID | None]:
    """Some contacts in the order of their ids, parsed, and the id of the last; None when there were none."""
    row = tx.one(QUERIES.export_page, user_id=tx.user_id, after_id=after_id or _LEAST_ID, limit=limit)
    assert row is not None
    return json.loads(row[0]), row[1]


def linkedin_slug(url: str | None) -> str | None:
    """The name of a profile, from its canonical address."""
    return None if url is None else unquote(url.rsplit("/", 1)[-1])


def _columns(fields: ContactFields) -> dict[str, Any]:
    columns = fields.model_dump(exclude={"enrich"})
    columns["custom"] = json.dumps(fields.custom, ensure_ascii=False)
    columns["linkedin_slug"] = linkedin_slug(fields.linkedin_url)
    for name in _LINES:
        columns[name] = columns[name] or None
    return columns
