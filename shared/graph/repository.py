"""The SQL side of the graph. Answers leave Postgres as JSON text and are passed on unparsed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.contacts.merging.repository import merged_into, no_contact
from shared.errors import CrmError, NotFound
from shared.imports.outcome import Merged
from shared.plumbing.postgres import sql

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from shared.graph.models import WishCreate
    from shared.plumbing.postgres.database import Session

QUERIES = sql.load(__file__)

# Less than every cost and every contact number, so a list begins after it.
_LEAST = -(2**31)


class TiePage(NamedTuple):
    """A page of a list of ties.

    Attributes:
        items: JSON array of ties.
        next: the sort key of the last one; None on the last page.
    """

    items: str
    next: tuple[int, int] | None


def set_relationship(tx: Session, from_id: UUID, to_id: UUID, strength: float, *, mutual: bool) -> tuple[str, bool]:
    """Set a tie; return it as JSON, and whether it is new.

    Raises:
        NotFound: the user lacks one of the contacts.
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
        raise _missing(tx, from_id, to_id)
    return row[0], row[1]


def get_relationship(tx: Session, from_id: UUID, to_id: UUID) -> str:
    """A tie with everything it follows from, as JSON.

    Raises:
        NotFound: the user lacks one of the contacts, or nothing ties them.
    """
    document = _found(tx, tx.value(QUERIES.get_relationship, from_id=from_id, to_id=to_id), from_id, to_id)
    tie = json.loads(document)
    if tie["strength"] is None and tie["evidence"] is None:
        raise NotFound(f"no tie leads from {from_id} to {to_id}")
    return document


def delete_relationship(tx: Session, from_id: UUID, to_id: UUID, *, mutual: bool) -> None:
    """Remove a tie.

    Raises:
        NotFound: no tie leads from the one contact to the other.
    """
    if not tx.run(QUERIES.delete_relationship, user_id=tx.user_id, from_id=from_id, to_id=to_id, mutual=mutual):
        raise NotFound(f"no tie leads from {from_id} to {to_id}")


def list_relationships_of(
    tx: Session, contact_id: UUID, at: datetime, after: tuple[int, int] | None, limit: int
) -> TiePage:
    """A page of the ties of a contact, strongest first at the time `at`.

    Raises:
        NotFound: the user has no such contact.
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
    """A page of all ties, with their strengths at the time `at`."""
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
    """Refuse the id of a contact that the user does not have.

    Raises:
        NotFound: the user has no such contact.
    """
    if not tx.value(QUERIES.contact_exists, user_id=tx.user_id, contact_id=contact_id):
        raise _missing(tx, contact_id)


def find_paths(
    tx: Session,
    from_id: UUID | None,
    *,
    to_id: UUID | None,
    to_company: str | None,
    to_circle: UUID | None = None,
    max_hops: int,
    ordering: str,
    wanted: int,
    budget_s: int,
) -> str:
    """The best paths from a contact (None: the self contact) to another one, or to any contact of a company or a circle, as JSON.

    `ordering` is likely, strongest or shortest.
    Cost: one round trip; milliseconds at a million contacts. After about `budget_s` the search ends with the paths found so
    far, marked as partial.

    Raises:
        NotFound: the user lacks one of the contacts.
        Unavailable: the statement ran into the time-out all the same.
    """
    return _found(
        tx,
        tx.value(
            QUERIES.find_paths,
            from_id=from_id,
            to_id=to_id,
            to_company=to_company,
            to_circle=to_circle,
            max_hops=max_hops,
            ordering=ordering,
            wanted=wanted,
            budget_s=budget_s,
        ),
        from_id,
        to_id,
    )


def find_person(tx: Session, address: str | None, profile: str | None) -> UUID:
    """The contact with an address among its addresses, or with a profile (its slug).

    Raises:
        NotFound: the user has no such contact, or several share the address.
    """
    contact_id: UUID | None = tx.value(
        QUERIES.find_person, user_id=tx.user_id, address=address and address.lower(), profile=profile
    )
    if contact_id is None:
        raise NotFound(
            f"no contact has the address {address}" if address else f"no contact has the profile in/{profile}"
        )
    return contact_id


def find_team_paths(
    tx: Session,
    *,
    to_id: UUID | None,
    to_email: str | None,
    to_profile: str | None,
    max_hops: int,
    ordering: str,
    wanted: int,
    budget_s: int,
) -> str:
    """The best paths from the user to a person, through the user's own contacts and through colleagues, as JSON.

    The person is a contact of the user, or the one with an e-mail address or a LinkedIn profile (its slug) among the contacts
    of colleagues.
    Cost: one round trip; that of `find_paths`, and a little for each colleague who knows the person.

    Raises:
        NotFound: the user has no such contact.
        Unavailable: the statement ran into the time-out.
    """
    return _found(
        tx,
        tx.value(
            QUERIES.find_team_paths,
            to_id=to_id,
            to_email=to_email,
            to_profile=to_profile,
            max_hops=max_hops,
            ordering=ordering,
            wanted=wanted,
            budget_s=budget_s,
        ),
        to_id,
    )


def import_ties(tx: Session, chunks: Iterable[bytes], *, by_id: bool, max_errors: int) -> Merged:
    """Merge rows in COPY form (line, from, to, strength, mutual, stated) with the ties that are there."""
    tx.run(QUERIES.begin_relationship_import)
    tx.copy_in(QUERIES.copy_imported_ties, chunks)
    tx.run(QUERIES.note_one_way_ties, user_id=tx.user_id)
    row = tx.one(QUERIES.merge_imported_ties, by_id=by_id, max_errors=max_errors)
    assert row is not None
    return Merged(*row)


def find_network(tx: Session, contact_id: UUID, *, depth: int, limit: int, min_strength: float) -> str:
    """The network around a contact, as JSON.

    Raises:
        NotFound: the user has no such contact.
    """
    return _found(
        tx,
        tx.value(QUERIES.find_network, contact_id=contact_id, depth=depth, limit=limit, min_strength=min_strength),
        contact_id,
    )


def find_mutual(tx: Session, first_id: UUID | None, second_id: UUID, limit: int) -> str:
    """The contacts that two contacts (the first None: the self contact) both know, as JSON.

    Raises:
        NotFound: the user lacks one of the two.
    """
    return _found(
        tx, tx.value(QUERIES.find_mutual, first_id=first_id, second_id=second_id, limit=limit), first_id, second_id
    )


def find_connectors(tx: Session, company: str | None, limit: int) -> str:
    """The direct contacts, the one that alone leads to the most contacts first, as JSON."""
    return _found(tx, tx.value(QUERIES.find_connectors, company=company, limit=limit))


def suggest_ties(tx: Session, contact_id: UUID | None, limit: int) -> str:
    """Likely but missing ties of a contact (None: the self contact), as JSON.

    Raises:
        NotFound: the user has no such contact.
    """
    return _found(tx, tx.value(QUERIES.suggest_ties, contact_id=contact_id, limit=limit), contact_id)


def find_openers(tx: Session, ids: list[UUID]) -> list[tuple[int | None, float, list[int]]]:
    """The direct contacts who know some of these contacts; see `crm.find_openers`."""
    return [(row[0], row[1], row[2]) for row in tx.many(QUERIES.find_openers, ids=ids)]


def list_brief(tx: Session, numbers: list[int]) -> dict[int, tuple[str, bool]]:
    """Contacts as JSON, each with whether it is a program, a list or an office, by their numbers."""
    return {row[0]: (row[1], row[2]) for row in tx.many(QUERIES.list_brief, user_id=tx.user_id, nos=numbers)}


def count_wishes(tx: Session) -> int:
    """How many wishes the user has."""
    return int(tx.value(QUERIES.count_wishes, user_id=tx.user_id))


def add_wish(tx: Session, wish: WishCreate, now: datetime) -> tuple[UUID, bool]:
    """Add a wish, or find the same one; return its id, and whether it is new."""
    row = tx.one(
        QUERIES.add_wish,
        user_id=tx.user_id,
        contact_id=wish.contact_id,
        name=wish.name,
        email=wish.email,
        linkedin_slug=wish.linkedin_url,
        company=wish.company,
        least_likelihood=wish.min_likelihood,
        now=now,
    )
    assert row is not None
    return row[0], row[1]


def check_wishes(tx: Session, now: datetime, *, only: UUID | None = None) -> list[UUID]:
    """Look for ways to the wishes that wait, or to one; return those to which one has opened now."""
    return [row[0] for row in tx.many(QUERIES.check_wishes, only=only, now=now)]


def list_wishes(tx: Session, now: datetime, *, only: UUID | None = None) -> str:
    """The wishes, newest first, or one, as a JSON array."""
    document: str = tx.value(QUERIES.list_wishes, only=only, now=now)
    return document


def delete_wish(tx: Session, wish_id: UUID) -> bool:
    """Delete a wish; return whether it was there."""
    return bool(tx.run(QUERIES.delete_wish, user_id=tx.user_id, id=wish_id))


def list_waiting_users(tx: Session, now: datetime, most: int) -> list[UUID]:
    """The users whose wishes are to be looked at now."""
    return [row[0] for row in tx.many(QUERIES.list_waiting_users, now=now, most=most)]


def _found(tx: Session, document: str | None, *contact_ids: UUID | None) -> str:
    """The answer of a query; null says that one of the contacts does not exist."""
    if document is None:
        raise _missing(tx, *contact_ids)
    return document


def _missing(tx: Session, *contact_ids: UUID | None) -> CrmError:
    ids = [contact_id for contact_id in contact_ids if contact_id is not None]
    merged = next(iter(merged_into(tx, ids)), None)
    if merged is not None:
        return no_contact(tx, merged)
    if len(ids) == 1:
        return NotFound(f"no contact has the id {ids[0]}")
    return NotFound(f"one of these is not the id of a contact: {', '.join(map(str, ids))}")
