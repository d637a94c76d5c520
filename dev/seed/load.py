"""Puts the demo network into a database, once, through the same sessions that the functions use."""

from __future__ import annotations

import csv
import io
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dev.issuer import DEMO_EMAIL, DEMO_NAME, ISSUER, subject_of
from dev.seed.network import Network, Person, generate
from dev.seed.past.load import PastLoader
from dev.seed.past.story import remember
from shared.plumbing.postgres import sql
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.owner import connected
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.users import repository as users

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

QUERIES = sql.load(__file__)
TIMEOUT_S = 120


def seed(database_url: str, *, only_if_empty: bool = False, say: Callable[[str], None]) -> bool:
    """Gives the demo user the demo network, unless the demo user is there already.

    Args:
        database_url: of the owner.
        only_if_empty: leave a database alone that has any user.
        say: told what was done.

    Returns:
        Whether anything was.
    """
    with connected(database_url) as connection:
        if only_if_empty and connection.run(QUERIES.is_anybody_here.text)[0][0]:
            return False
    started = time.monotonic()
    database = Database(Pool(connect_to_url(database_url), 1))
    try:
        loaded = load(database, generate())
    finally:
        database.close()
    if loaded:
        say(f"demo network of {loaded} for {DEMO_EMAIL} ({time.monotonic() - started:.1f} s)")
    return bool(loaded)


def load(database: Database, network: Network) -> str:
    """Writes a network as the contacts of the demo user, and where nobody is yet also its past, all in one transaction.

    Returns:
        What was written, in words; empty when the demo user has contacts already.
    """
    with database.transaction(None, timeout_s=TIMEOUT_S) as tx:
        tx.value(QUERIES.as_owner)
        # Among people who are here already, nobody is made up.
        past = None if tx.value(QUERIES.is_anybody_here) else PastLoader(remember(network), datetime.now(UTC))
        if past:
            past.users(tx)
        user_id = users.sign_in(tx, issuer=ISSUER, subject=subject_of(DEMO_EMAIL), email=DEMO_EMAIL, name=DEMO_NAME)
        # The same transaction goes on as that user, bound by row-level security, so that a broken-off run leaves no user without a network.
        tx.value(QUERIES.become, user_id=user_id)
        if tx.value(QUERIES.has_contacts, user_id=user_id):
            return ""
        tx.run(QUERIES.stage_people)
        tx.copy_in(QUERIES.copy_people, _csv(_person_row(*entry) for entry in enumerate(network.people)))
        written = f"{tx.run(QUERIES.insert_people, user_id=user_id):,} people"
        if tx.value(QUERIES.has_relationships):
            tx.run(QUERIES.stage_ties)
            tx.copy_in(QUERIES.copy_ties, _csv((t.source, t.target, t.strength, t.mutual) for t in network.ties))
            tx.run(QUERIES.insert_ties, user_id=user_id)
            written += f" and {len(network.ties):,} ties"
        if past:
            tx.value(QUERIES.as_owner)
            past.events(tx, user_id, network)
        return written


def _person_row(number: int, person: Person) -> tuple[object, ...]:
    return (
        number,
        person.name,
        person.email,
        _array(person.emails),
        _array(person.phones),
        person.company.name,
        person.title,
        person.place.name,
        person.linkedin_slug,
        person.birthday,
        person.notes,
        _array(person.tags),
        person.since_days,
    )


def _array(values: list[str]) -> str:
    """A Postgres array literal; what we invent holds no quotes or backslashes."""
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


def _csv(rows: Iterable[tuple[object, ...]]) -> list[bytes]:
    """One chunk of CSV; None is written as nothing at all, which COPY reads as null."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return [text.getvalue().encode()]
