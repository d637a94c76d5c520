"""The SQL side of sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from shared.errors import NotFound
from shared.plumbing.postgres import sql
from shared.sources.facts import Origin, copy_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shared.plumbing.postgres.database import Session
    from shared.sources.facts import Fact

QUERIES = sql.load(__file__)


class Merged(NamedTuple):
    """What became of facts.

    Attributes:
        counted: those that count for the first time.
        known: those that the user's sources had brought before.
        left_out: those that say nothing of a tie, by reason.
    """

    counted: int
    known: int
    left_out: dict[str, int]


class Correspondent(NamedTuple):
    """An address with evidence of a tie to the user.

    Attributes:
        no: its number.
        address: in the form in which it is kept.
        contact_no: the contact that it belongs to, with `contact_id` and `contact_name`.
        ignored: the user wants no contact of it.
        person_no: the same for all addresses of a person, as the user says.
        names: the names under which it appears.
        sent, received, meetings, calls: how many.
        last_s: the last of them, in seconds since 2020-01-01.
        sent_sum, received_sum, together_sum: sums as of 2020-01-01.
    """

    no: int
    address: str
    contact_no: int | None
    contact_id: UUID | None
    contact_name: str | None
    ignored: bool
    person_no: int | None
    names: list[str]
    sent: int
    received: int
    meetings: int
    calls: int
    last_s: int
    sent_sum: float
    received_sum: float
    together_sum: float


def next_source_no(tx: Session) -> int | None:
    """A free number for a source; None where there are as many as one may have."""
    number: int | None = tx.value(QUERIES.next_source_no, user_id=tx.user_id)
    return number


def create_source(tx: Session, no: int, kind: str, name: str, addresses: list[str]) -> UUID:
    """Add a source, and return its id."""
    tx.run(QUERIES.make_salt, user_id=tx.user_id)
    made: UUID = tx.value(QUERIES.create_source, user_id=tx.user_id, no=no, kind=kind, name=name, addresses=addresses)
    return made


def get_source(tx: Session, source_id: UUID) -> str:
    """A source as JSON.

    Raises:
        NotFound: the user has no such source.
    """
    document: str | None = tx.value(QUERIES.get_source, user_id=tx.user_id, source_id=source_id)
    if document is None:
        raise _unknown(source_id)
    return document


def list_sources(tx: Session) -> str:
    """All sources as a JSON array."""
    items: str = tx.value(QUERIES.list_sources, user_id=tx.user_id)
    return items


def update_source(tx: Session, source_id: UUID, name: str | None, addresses: list[str] | None) -> bool:
    """Change a source; return False where its addresses cannot be changed any more, and nothing was.

    Raises:
        NotFound: the user has no such source.
    """
    row = tx.one(QUERIES.update_source, user_id=tx.user_id, source_id=source_id, name=name, addresses=addresses)
    if row is None:
        raise _unknown(source_id)
    return not row[0]


def forget_source(tx: Session, source_id: UUID) -> None:
    """Delete a source with everything that came from it.

    Raises:
        NotFound: the user has no such source.
    """
    if not tx.value(QUERIES.forget_source, source_id=source_id):
        raise _unknown(source_id)


def begin_facts(tx: Session, source_id: UUID) -> tuple[int, Origin]:
    """Begin a batch of a source: return its number and what its lines are read by. Other batches of the user wait.

    Raises:
        NotFound: the user has no such source.
    """
    tx.run(QUERIES.begin_facts)
    row = tx.one(QUERIES.origin_of_facts, user_id=tx.user_id, source_id=source_id)
    if row is None:
        raise _unknown(source_id)
    no, kind, own, salt = row
    return no, Origin(kind, frozenset(own), bytes(salt))


def list_kept_away(tx: Session, addresses: dict[str, int]) -> frozenset[str]:
    """Those of the addresses that no source brings: forgotten by the user, or of people who do not want to be counted here.

    Args:
        tx: a transaction of the user.
        addresses: each with its hash by the user's salt.
    """
    rows = tx.many(QUERIES.list_kept_away, addresses=list(addresses), hashes=list(addresses.values()))
    return frozenset(row[0] for row in rows)


def merge_facts(tx: Session, source_no: int, facts: Sequence[Fact], names: set[tuple[str, str]]) -> Merged:
    """Merge the facts of a batch that was begun."""
    tx.copy_in(QUERIES.copy_facts, [copy_rows(facts)])
    pairs = sorted(names)
    row = tx.one(
        QUERIES.merge_facts,
        source_no=source_no,
        addresses=[address for address, _ in pairs],
        names=[name for _, name in pairs],
    )
    assert row is not None
    counted, known, left_out = row
    return Merged(counted, known, json.loads(left_out))


def list_correspondents(tx: Session) -> list[Correspondent]:
    """Everybody with evidence of a tie to the user."""
    return [Correspondent(*row) for row in tx.many(QUERIES.list_correspondents, user_id=tx.user_id)]


def set_ignored(tx: Session, nos: list[int], *, ignored: bool) -> int:
    """Set whether people are wanted as contacts; return how many addresses."""
    return tx.run(QUERIES.set_ignored, user_id=tx.user_id, nos=nos, ignored=ignored)


def set_person(tx: Session, nos: list[int], person_no: int) -> None:
    """Say that addresses belong to one person."""
    tx.run(QUERIES.set_person, user_id=tx.user_id, nos=nos, person_no=person_no)


def set_apart(tx: Session, nos: list[int]) -> None:
    """Say that addresses belong to different people."""
    tx.run(QUERIES.set_apart, user_id=tx.user_id, nos=nos)


def create_people(tx: Session, people: list[dict[str, Any]]) -> list[tuple[UUID, str]]:
    """Add people as contacts; return id and first address of each that was added."""
    rows = tx.many(QUERIES.create_people, user_id=tx.user_id, people=json.dumps(people))
    return [(contact_id, address) for contact_id, address in rows]


def add_addresses(tx: Session, people: list[dict[str, Any]]) -> int:
    """Give contacts further addresses; return how many contacts."""
    return tx.run(QUERIES.add_addresses, user_id=tx.user_id, people=json.dumps(people))


def forget_correspondents(tx: Session, addresses: list[str]) -> None:
    """Forget people for good."""
    tx.run(QUERIES.forget_correspondents, addresses=addresses)


def _unknown(source_id: UUID) -> NotFound:
    return NotFound(f"no source has the id {source_id}")
