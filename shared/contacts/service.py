"""The lists, searches and downloads of contacts."""

from __future__ import annotations

import json
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.contacts import repository
from shared.contacts.documents import trimmed_items
from shared.errors import quoted
from shared.fields import service as custom_fields
from shared.paging import bad_cursor, decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from shared.contacts.parameters import ContactExportQuery, ContactFilters, ContactListQuery, ContactSearchQuery
    from shared.contacts.questions import Pasted
    from shared.plumbing.postgres.database import Session

# Contacts of one statement; no connection is held between the pages of a slow download.
_EXPORT_PAGE = 500
_NOBODY = "[]"
# Orders whose keys are times, and those whose keys are three whole numbers.
_BY_TIME = frozenset({"-created_at", "-updated_at"})
_BY_RANK = frozenset({"-strength", "last_contact", "-last_contact"})
_RANK_PARTS, _LONGEST_RANK = 3, 12
_CUSTOM = "custom."
_GREATEST_NO = 2**31 - 1


def list_contacts(tx: Session, query: ContactListQuery) -> str:
    """A page of contacts as the API answers it."""
    after = None
    if query.cursor is not None:
        sort, key, contact_id = decode_cursor(query.cursor, str, str, UUID)
        if sort != query.sort:
            raise bad_cursor(f"belongs to sort={quoted(sort)}, not to sort={query.sort}")
        if query.sort in _BY_TIME:
            _, key, _ = decode_cursor(query.cursor, str, datetime, UUID)
        elif (query.sort in _BY_RANK and not _is_rank(key)) or (_CUSTOM in query.sort and not _is_value(key)):
            raise bad_cursor()
        after = (key, contact_id)
    filters = checked_filters(tx, query)
    page = repository.list_contacts(tx, _order(tx, query.sort), after, query.limit, filters)
    next_cursor = encode_cursor(query.sort, *page.next) if page.next else None
    total = repository.count_contacts(tx, filters) if query.include_total else None
    return _page(trimmed_items(page.items, query.fields), next_cursor, total)


def _page(items: str, next_cursor: str | None, count: repository.Count | None) -> str:
    if count is None:
        return json_page(items, next_cursor)
    return json_page(items, next_cursor, count.total, total_is="counted" if count.is_exact else "estimated")


def _order(tx: Session, sort: str) -> str:
    """An order as the database takes it; that of a custom field by the id of the field."""
    sign, _, name = sort.partition(_CUSTOM)
    if not name:
        return sort
    return f"{sign}field:{custom_fields.get_by_name(tx, name, 'sort').id}"


def _is_value(key: str) -> bool:
    place, _, rest = key.partition(":")
    number = rest.partition(":")[0]
    return place in {"A", "Z"} and number.isascii() and number.isdigit() and int(number) <= _GREATEST_NO


def _is_rank(key: str) -> bool:
    parts = key.split(":")
    digits = [part.removeprefix("-") for part in parts]
    return len(parts) == _RANK_PARTS and all(d.isascii() and d.isdigit() and len(d) <= _LONGEST_RANK for d in digits)


def search_contacts(tx: Session, query: ContactSearchQuery) -> str:
    """The contacts that answer a question, as the API answers them."""
    after = None
    if query.cursor is not None:
        score, name, contact_id = decode_cursor(query.cursor, float, str, UUID)
        after = (score, name, contact_id)
    filters = checked_filters(tx, query)
    items, place = "[]", None
    pasted = _pasted(query.q)
    if pasted is not None and pasted.slug is not None:
        items = repository.find_by_profile(tx, pasted.slug, query.limit, filters)
        if items != _NOBODY:
            total = repository.Count(len(json.loads(items))) if query.include_total else None
            return _page(trimmed_items(items, query.fields, ("score", "matched")), None, total)
    question = query.q
    for question in [query.q] if pasted is None else pasted.questions:
        items, place = repository.search_contacts(tx, question, after, query.limit, filters)
        if items != _NOBODY:
            break
    total = repository.count_found(tx, question, filters) if query.include_total else None
    items = trimmed_items(items, query.fields, ("score", "matched"))
    return _page(items, encode_cursor(*place) if place else None, total)


def _pasted(question: str) -> Pasted | None:
    if "/" not in question and "@" not in question:
        return None
    from shared.contacts.questions import read_pasted  # noqa: PLC0415 - regular expressions, which few requests need

    return read_pasted(question)


def export_contacts(read: Callable[[], AbstractContextManager[Session]], query: ContactExportQuery) -> Iterator[bytes]:
    """All contacts of the user as a file.

    Args:
        read: opens a session; called for each page.
        query: its format.

    Yields:
        Pieces of the file.
    """
    module = f"csv_{query.program}" if query.program else query.format
    writer = getattr(import_module(f"shared.contacts.exporting.{module}"), f"write_{query.format}")
    options = {"version": query.version} if query.format == "vcf" else {}
    chunks: Iterator[bytes] = writer(_all_contacts(read), **options)
    return chunks


def checked_filters(tx: Session, query: ContactFilters, prefix: str = "") -> repository.Filters:
    """The filters of a request as the database takes them; ranges of custom fields are checked.

    Args:
        tx: a session.
        query: the request.
        prefix: what stands before the name of a filter in a body.

    Raises:
        ValidationFailed: a range is of what is not a field, or does not fit it.
    """
    custom_fields.check_ranges(tx, ("custom_from", query.custom_from), ("custom_to", query.custom_to), prefix=prefix)
    return filters_of(query)


def filters_of(query: ContactFilters) -> repository.Filters:
    """The filters of a request as the database takes them."""
    profile = None
    if query.linkedin_url:
        from shared.contacts.addresses import linkedin_profile  # noqa: PLC0415 - regular expressions, which few requests need

        profile = linkedin_profile(query.linkedin_url)
    given = {name: getattr(query, name) for name in repository.Filters._fields if name not in {"tags", "linkedin_slug"}}
    return repository.Filters(tags=query.tag, linkedin_slug=profile and profile[1], **given)


def _all_contacts(read: Callable[[], AbstractContextManager[Session]]) -> Iterator[dict[str, Any]]:
    after: UUID | None = None
    while True:
        with read() as tx:
            contacts, after = repository.export_page(tx, after, _EXPORT_PAGE)
        if after is None:
            return
        yield from contacts
