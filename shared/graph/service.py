"""The use cases of ties and paths."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from shared.graph import repository
from shared.paging import bad_cursor, decode_cursor, encode_cursor, json_page

if TYPE_CHECKING:
    from shared.graph.parameters import PathQuery, RelationshipListQuery
    from shared.plumbing.postgres.database import Session

# A user waits at a screen for a path, so the search ends by then; the paths found so far are answered, marked as partial.
SEARCH_BUDGET_S = 2
_INT32 = 2**31


def find_paths(tx: Session, query: PathQuery) -> str:
    """The introduction paths of a query, as the API answers them."""
    if query.through_team:
        return repository.find_team_paths(
            tx,
            to_id=query.to,
            to_email=query.to_email,
            to_profile=query.to_linkedin,
            max_hops=query.max_hops,
            ordering=query.ordering,
            wanted=query.alternatives + 1,
            budget_s=SEARCH_BUDGET_S,
        )
    to_id = query.to
    if query.to_email or query.to_linkedin:
        to_id = repository.find_person(tx, query.to_email, query.to_linkedin)
    return repository.find_paths(
        tx,
        query.from_,
        to_id=to_id,
        to_company=query.to_company,
        to_circle=query.to_circle,
        max_hops=query.max_hops,
        ordering=query.ordering,
        wanted=query.alternatives + 1,
        budget_s=SEARCH_BUDGET_S,
    )


def list_relationships(tx: Session, query: RelationshipListQuery, now: datetime) -> str:
    """A page of ties, as the API answers it.

    All pages show fading strengths as they were at the time of the first page, so that the order stays from page to page.
    """
    after = None
    of = str(query.contact_id or "")
    if query.cursor is not None:
        cursor_of, now, first, second = decode_cursor(query.cursor, str, datetime, int, int)
        # In a list of one contact's ties the first number is a cost, which is wider; else both are numbers of contacts.
        if cursor_of != of or any(not -_INT32 <= number < _INT32 for number in ((second,) if of else (first, second))):
            raise bad_cursor("belongs to another list")
        after = (first, second)
    if query.contact_id is not None:
        page = repository.list_relationships_of(tx, query.contact_id, now, after, query.limit)
    else:
        page = repository.list_relationships(tx, now, after, query.limit)
    next_cursor = encode_cursor(of, now.isoformat(), *page.next) if page.next else None
    return json_page(page.items, next_cursor)
