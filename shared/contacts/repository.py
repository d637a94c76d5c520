"""The SQL side of contacts. Contacts leave Postgres as JSON text and are passed on unparsed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote
from uuid import UUID

from shared.contacts.fields import EDITED, edited
from shared.contacts.merging.repository import no_contact
from shared.errors import Conflict
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.connection import ConstraintViolated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from shared.contacts.models import ContactFields
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)
# The fields of one line, which are null where blank.
_EDITED = frozenset(field.name for field in EDITED)
_LINES = edited("line")

# A list begins after the least key of its order.
_LEAST_ID, _GREATEST_ID = UUID(int=0), UUID(int=2**128 - 1)
_LISTS = {
    "name": (QUERIES.list_by_name, "", _LEAST_ID),
    "company": (QUERIES.list_by_company, "", _LEAST_ID),
    "-created_at": (QUERIES.list_by_created_at, "infinity", _GREATEST_ID),
    "-updated_at": (QUERIES.list_by_updated_at, "infinity", _GREATEST_ID),
}
# Orders by their names in the database, where these differ.
_ORDERS = {"-created_at": "created_at", "-updated_at": "updated_at", "-strength": "strength"}
# In the orders of `crm.ranked_list`, before the first contact.
_BEFORE_ALL = ("", _LEAST_ID)


class Filters(NamedTuple):
    """The filters of a list or a search; `crm.fitting` says what each means. Every contact passes a filter that is None or empty."""

    tags: list[str] = []  # noqa: RUF012 - a tuple, nobody writes it
    tag_mode: str = "all"
    company: str | None = None
    title: str | None = None
    location: str | None = None
    email: str | None = None
    linkedin_slug: str | None = None
    external_id: str | None = None
    source: str | None = None
    has_email: bool | None = None
    has_phone: bool | None = None
    updated_since: datetime | None = None
    known: bool | None = None
    strength_min: float | None = None
    last_contact_before: datetime | None = None
    last_contact_after: datetime | None = None
    circle: UUID | None = None
    custom: dict[str, str] = {}  # noqa: RUF012
    custom_from: dict[str, str] = {}  # noqa: RUF012
    custom_to: dict[str, str] = {}  # noqa: RUF012

    @property
    def given(self) -> dict[str, Any]:
        """The filters that not every contact passes."""
        given = {name: value for name, value in self._asdict().items() if value not in (None, "", [], {})}
        if not self.tags:
            del given["tag_mode"]
        return given

    @property
    def pass_everything(self) -> bool:
        """Whether the filters let every contact pass."""
        return not self.given

    @property
    def as_json(self) -> str:
        """The filters as the functions of the database take them."""
        return json.dumps(self.given, default=str)


class ContactPage(NamedTuple):
    """A page of a list of contacts.

    Attributes:
        items: JSON array of contacts.
        next: sort key and id of the last contact; None on the last page.
    """

    items: str
    next: tuple[Any, UUID] | None


def get_contact(tx: Session, contact_id: UUID) -> str:
    """A contact as JSON.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    document: str | None = tx.value(QUERIES.find_contact, user_id=tx.user_id, contact_id=contact_id)
    if document is None:
        raise no_contact(tx, contact_id)
    return document


def lock_contact(tx: Session, contact_id: UUID) -> bool:
    """Keep others from changing a contact until the transaction ends; return whether it is the self contact.

    Raises:
        NotFound, MergedAway: the user has no such contact, or it was merged into another.
    """
    row = tx.one(QUERIES.lock_contact, user_id=tx.user_id, contact_id=contact_id)
    if row is None:
        raise no_contact(tx, contact_id)
    return bool(row[0])


def create_contact(tx: Session, fields: ContactFields, *, source: str) -> UUID | None:
    """Add a contact.

    Returns:
        Its id; None when a contact has the e-mail or the profile already, or one of the addresses under a name that can be the same.
    """
    contact_id: UUID | None = tx.value(QUERIES.create_contact, user_id=tx.user_id, source=source, **_columns(fields))
    return contact_id


class SameContact(NamedTuple):
    """The contact that already has the e-mail or the profile of a new one.

    Attributes:
        contact_id: its id.
        document: the whole contact as JSON.
        name: its name.
        is_another_name: whether that is clearly another person's name than the new one.
    """

    contact_id: UUID
    document: str
    name: str
    is_another_name: bool


def find_same_contact(tx: Session, fields: ContactFields) -> SameContact | None:
    """The contact that already has the e-mail or the profile of a new one; None when no contact has."""
    row = tx.one(
        QUERIES.find_same_contact,
        user_id=tx.user_id,
        name=fields.name,
        email=fields.email,
        emails=fields.emails,
        linkedin_slug=linkedin_slug(fields.linkedin_url),
        linkedin_url=fields.linkedin_url,
    )
    return None if row is None else SameContact(*row)


def replace_contact(tx: Session, contact_id: UUID, fields: ContactFields) -> None:
    """Set every field that people edit.

    Raises:
        Conflict: another contact has the e-mail or the profile.
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


def release_addresses(tx: Session, emails: Sequence[str]) -> None:
    """Take from contacts, as their first, the addresses among these that three people of one company have now."""
    tx.run(QUERIES.release_addresses, user_id=tx.user_id, emails=emails)


def delete_contact(tx: Session, contact_id: UUID) -> None:
    """Delete a contact and its ties."""
    tx.run(QUERIES.delete_contact, user_id=tx.user_id, contact_id=contact_id)


class Count(NamedTuple):
    """A number of contacts, and whether it was counted or estimated."""

    total: int
    is_exact: bool = True


def count_contacts(tx: Session, filters: Filters) -> Count:
    """The number of the user's contacts that pass the filters; of very many that do, an estimate."""
    if filters.pass_everything:
        return Count(tx.value(QUERIES.count_contacts, user_id=tx.user_id))
    row = tx.one(QUERIES.count_list, filters=filters.as_json)
    assert row is not None
    return Count(*row)


def list_contacts(
    tx: Session, sort: str, after: tuple[Any, UUID] | None, limit: int, filters: Filters | None = None
) -> ContactPage:
    """A page of contacts in one of the orders of `ContactListQuery`; equally fast at any depth.

    Args:
        tx: the session.
        sort: the order; `field:ID` or `-field:ID` for that of a custom field.
        after: `next` of the page before; None for the first page.
        limit: the most contacts of the page.
        filters: which contacts; all when left out.
    """
    query, *before_all = _LISTS.get(sort, (None, *_BEFORE_ALL))
    after_key, after_id = after or before_all
    place = {"user_id": tx.user_id, "after_key": after_key, "after_id": after_id, "limit": limit}
    if query is not None and (filters is None or filters.pass_everything):
        row = tx.one(query, **place)
    else:
        row = tx.one(
            QUERIES.list_among, **place, sort=_ORDERS.get(sort, sort), filters=filters.as_json if filters else "{}"
        )
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
        after: score, sort key and id of the last contact of the page before; None for the first page.
        limit: the most contacts of the page.
        filters: which contacts are searched; all when left out.

    Returns:
        JSON array of contacts with `score` and `matched`; and score, sort key and id of the last one, None on the last page.
    """
    score, name, contact_id = after or (None, None, None)
    place = {"after_score": score, "after_name": name, "after_id": contact_id, "limit": limit}
    if filters is None or filters.pass_everything:
        row = tx.one(QUERIES.search_contacts, user_id=tx.user_id, question=question, **place)
    else:
        row = tx.one(QUERIES.search_among, user_id=tx.user_id, question=question, **place, filters=filters.as_json)
    assert row is not None
    items, *place_of_last, more = row
    return items, (place_of_last[0], place_of_last[1], place_of_last[2]) if more else None


def find_by_profile(tx: Session, slug: str, limit: int, filters: Filters) -> str:
    """JSON array of the contacts that have a profile of LinkedIn, as the first or a further one, and pass the filters; as a search answers them."""
    return str(tx.value(QUERIES.find_by_profile, user_id=tx.user_id, slug=slug, limit=limit, filters=filters.as_json))


def count_found(tx: Session, question: str, filters: Filters) -> Count:
    """Count all contacts that answer a question and pass the filters, also those that a search does not rank; very many are estimated."""
    row = tx.one(QUERIES.count_answers, question=question, filters=filters.as_json)
    assert row is not None
    return Count(*row)


def export_page(tx: Session, after_id: UUID | None, limit: int) -> tuple[list[dict[str, Any]], UUID | None]:
    """The next contacts in the order of their ids, parsed, and the id of the last one; None after the last page."""
    row = tx.one(QUERIES.export_page, user_id=tx.user_id, after_id=after_id or _LEAST_ID, limit=limit)
    assert row is not None
    return json.loads(row[0]), row[1]


def linkedin_slug(url: str | None) -> str | None:
    """The slug of a profile, from its canonical address."""
    return None if url is None else unquote(url.rsplit("/", 1)[-1])


def _columns(fields: ContactFields) -> dict[str, Any]:
    columns = fields.model_dump(include=set(_EDITED))
    columns["custom"] = json.dumps(fields.custom, ensure_ascii=False)
    columns["linkedin_slug"] = linkedin_slug(fields.linkedin_url)
    for name in _LINES:
        columns[name] = columns[name] or None
    return columns
