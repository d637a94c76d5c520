"""The SQL side of the graph. Answers leave Postgres as JSON text and are passed on unparsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import NotFound
from shared.imports.report import Merged
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

# Below every cost and number there is: where a list begins.
_LEAST = -(2**31)


class TiePage(NamedTuple):
    """A part of a list.

    Attributes:
        items: JSON array of relationships.
        next: the place of the last one, when there are more.
    """

    items: str
    next: tuple[int, int] | None


def set_relationship(tx: Session, from_id: UUID, to_id: UUID, strength: float, *, mutual: bool) -> tuple[str, bool]:
    """Sets a tie; returns it and whether it is new.

    Raises:
        NotFound: the user has not both contacts.
    """
    row = tx.one(
        QUERIES.set_relationship,
        user_id=tx.user_id,
        from_id=from_id,
        to_id=to_id,
        strength=strength,
        mutual=mutual,
    )
    if row is None:
        raise NotFound("there is no contact of one of these ids")
    return row[0], row[1]


def delete_relationship(tx: Session, from_id: UUID, to_id: UUID, *, mutual: bool) -> None:
    """Removes a tie.

    Raises:
        NotFound: there is none between these contacts.
    """
    if not tx.run(QUERIES.delete_relationship, user_id=tx.user_id, from_id=from_id, to_id=to_id, mutual=mutual):
        raise NotFound("there is no relationship between these contacts")


def list_relationships_of(
    tx: Session, contact_id: UUID, at: datetime, after: tuple[int, int] | None, limit: int
) -> TiePage:
    """A page of the ties of a contact, strongest first as of `at`.

    Raises:
        NotFound: the user has none of this id.
    """
    cost, number = after or (_LEAST, _LEAST)
    row = tx.one(
        QUERIES.list_relationships_of,
        user_id=tx.user_id,
        contact_id=contact_id,
        at=at,
        after_cost=cost,
        after_no=number,
        limit=limit,
    )
    if row is None or row[0] == "[]":
        require_contact(tx, contact_id)
    return _page(row)


def list_relationships(tx: Session, at: datetime, after: tuple[int, int] | None, limit: int) -> TiePage:
    """A page of all ties; strengths as of `at`."""
    after_from, after_to = after or (_LEAST, _LEAST)
    return _page(
        tx.one(
            QUERIES.list_relationships,
            user_id=tx.user_id,
            at=at,
            after_from=after_from,
            after_to=after_to,
            limit=limit,
        )
    )


def _page(row: Any) -> TiePage:
    items, last_first, last_second, more = row
    return TiePage(items, (last_first, last_second) if more else None)


def require_contact(tx: Session, contact_id: UUID) -> None:
    """Makes sure that the user has a contact.

    Raises:
        NotFound: not of this id.
    """
    if not tx.value(QUERIES.contact_exists, user_id=tx.user_id, contact_id=contact_id):
        raise NotFound("there is no contact of this id")


def find_paths(
    tx: Session,
    from_id: UUID | None,
    *,
    to_id: UUID | None,
    to_company: str | None,
    max_hops: int,
    by_strength: bool,
    wanted: int,
    budget_s: int,
) -> str:
    """The best paths from a contact (None: the self contact) to another one or to anybody of a company, as JSON.

    Cost: one round trip; milliseconds at a million contacts. Ends after about `budget_s` with what it has, marked.

    Raises:
        NotFound: the user has not these contacts.
        Unavailable: even that took too long.
    """
    return _there(
        tx.value(
            QUERIES.find_paths,
            from_id=from_id,
            to_id=to_id,
            to_company=to_company,
            max_hops=max_hops,
            by_strength=by_strength,
            wanted=wanted,
            budget_s=budget_s,
        )
    )


def find_team_paths(
    tx: Session,
    *,
    to_id: UUID | None,
    to_email: str | None,
    to_profile: str | None,
    max_hops: int,
    by_strength: bool,
    wanted: int,
    budget_s: int,
) -> str:
    """The best paths from oneself to a person, one's own and those through colleagues, as JSON.

    The person is a contact, or whoever has an address or a LinkedIn profile (the slug) in a colleague's book.
    Cost: one round trip; that of `find_paths`, and a little for each colleague who knows the person.

    Raises:
        NotFound: the user has no such contact.
        Unavailable: it took too long.
    """
    return _there(
        tx.value(
            QUERIES.find_team_paths,
            to_id=to_id,
            to_email=to_email,
            to_profile=to_profile,
            max_hops=max_hops,
            by_strength=by_strength,
            wanted=wanted,
            budget_s=budget_s,
        )
    )


def import_ties(tx: Session, chunks: Iterable[bytes], *, by_id: bool, max_errors: int) -> Merged:
    """Merges rows in COPY form (line, from, to, strength, mutual, stated) with the ties that are there."""
    tx.run(QUERIES.begin_relationship_import)
    tx.copy_in(QUERIES.copy_imported_ties, chunks)
    tx.run(QUERIES.note_one_way_ties, user_id=tx.user_id)
    row = tx.one(QUERIES.merge_imported_ties, by_id=by_id, max_errors=max_errors)
    assert row is not None
    return Merged(*row)


def find_network(tx: Session, contact_id: UUID, *, depth: int, limit: int, min_strength: float) -> str:
    """The network around a contact, as JSON.

    Raises:
        NotFound: the user has none of this id.
    """
    return _there(
        tx.value(QUERIES.find_network, contact_id=contact_id, depth=depth, limit=limit, min_strength=min_strength)
    )


def find_mutual(tx: Session, first_id: UUID | None, second_id: UUID, limit: int) -> str:
    """Whom two contacts (the first None: the self contact) both know, as JSON.

    Raises:
        NotFound: the user has not both.
    """
    return _there(tx.value(QUERIES.find_mutual, first_id=first_id, second_id=second_id, limit=limit))


def find_connectors(tx: Session, company: str | None, limit: int) -> str:
    """Through whom the most people are reached that nobody else leads to, as JSON."""
    return _there(tx.value(QUERIES.find_connectors, company=company, limit=limit))


def suggest_ties(tx: Session, contact_id: UUID | None, limit: int) -> str:
    """Likely but missing ties of a contact (None: the self contact), as JSON.

    Raises:
        NotFound: the user has none of this id.
    """
    return _there(tx.value(QUERIES.suggest_ties, contact_id=contact_id, limit=limit))


def _there(document: str | None) -> str:
    if document is None:
        raise NotFound("there is no contact of this id")
    return document
