"""Backup of one user: what is theirs and nobody else's, with its ids, for another installation or after they were erased."""

from __future__ import annotations

import contextlib
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dev.processes import StackError
from operate.backup.archive import reading, writing
from operate.backup.everything import ONE_MOMENT, restore_everything
from operate.backup.tables import QUERIES, ask, check_known, load, operator, save, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pg8000.native

    from operate.backup.archive import Manifest, Reader, Writer

OWN = "user_id = '{user}'"
# Which rows of a table are a user's. A contract test sees to it that every table is here or below.
THEIRS = {
    "users": "id = '{user}'",
    "members": OWN,
    "contacts": OWN,
    "relationships": OWN,
    "interactions": OWN,
    "hidden_contacts": OWN,
    "enrichments": OWN,
    "provider_answers": "scope = '{user}'",
    "credit_ledger": OWN,
    "credit_reservations": OWN,
    "introductions": OWN,
    "introduction_steps": OWN,
    "invitations": OWN,
    "joins": "user_id = '{user}' or inviter_id = '{user}'",
    "score_events": OWN,
    "emails": OWN,
    "email_tokens": OWN,
    "outbox": OWN,
    "dead_letters": OWN,
    "teams": "id in (select m.team_id from crm.team_members m where m.user_id = '{user}')",
    "team_members": OWN,
}
NOT_THEIRS = {
    "migrations": "of the installation",
    "hash_keys": "of the installation, and secret",
    "known_mailboxes": "of nobody's address book: who wants no mail is asked by nobody, whoever comes or goes",
    "suppressions": "likewise",
    "letter_counts": "likewise: by hashes, and still counted here when their user was erased",
    "starting_credits": "likewise: by hashes of whoever has been here",
    "team_invitations": "of the team, whose members invite anew",
    "missed_changes": "for the cache, which knows within a minute",
    "leaderboard": "made anew from the scored events",
    "leaderboard_periods": "of everybody",
    "leaderboard_scores": "of everybody, counted from the standings",
    "viral_snapshots": "of everybody, computed anew every minute",
}
# These do not go in as they are: a trigger has made the row, others hold a part of it, or it needs a look at what is there.
STAGED = frozenset({"users", "members", "introduction_steps", "joins", "teams", "team_members"})


def save_user(url: str, writer: Writer, named: str) -> Manifest:
    """Write a backup of one user.

    Args:
        url: of the database, as the owner of the schema.
        writer: of the backup.
        named: the user's address, or id.

    Raises:
        StackError: there is no such user, or more than one.
    """
    with operator(url, shared=True) as connection, transaction(connection, ONE_MOMENT):
        found = ask(connection, QUERIES.find_users, named=named) if ask(connection, QUERIES.is_installed)[0][0] else []
        if len(found) != 1:
            ids = ", ".join(str(user) for (user,) in found)
            raise StackError(
                f"{len(found)} users are {named}: say which by id, {ids}" if found else f"nobody is {named}"
            )
        ((user,),) = found
        conditions = {table: condition.format(user=user) for table, condition in THEIRS.items()}
        return save(connection, writer, conditions=conditions, user=str(user))


def restore_user(url: str, reader: Reader, named: str | None = None) -> str:
    """Bring a user back among those who are there, with all ids as they were.

    Args:
        url: of the database, as the owner of the schema, which must be up to date.
        reader: of a backup of the user; or of everything, or of an earlier Warmpath, which goes by a database of its own.
        named: whom to take out of a backup of everything.

    Returns:
        The id of the user.

    Raises:
        StackError: the user is there already, or is not in the backup.
    """
    check_known(reader.manifest)
    user = reader.manifest.user
    with operator(url, shared=True) as connection:
        if not ask(connection, QUERIES.is_installed)[0][0]:
            raise StackError("this database has no Warmpath in it: `make migrate` first")
        if user and _schema(connection) == reader.manifest.migrations.keys():
            with transaction(connection):
                _bring(connection, reader, user)
            return user
    with _scratch(url) as scratch, tempfile.TemporaryDirectory() as folder:
        restore_everything(scratch, reader)
        path = Path(folder) / "user"
        with writing(path) as writer:
            save_user(scratch, writer, named or user or "")
        with reading(path) as newer, operator(url, shared=True) as connection, transaction(connection):
            if _schema(connection) != newer.manifest.migrations.keys():
                raise StackError("this database is not up to date: `make migrate` first")
            assert newer.manifest.user is not None
            _bring(connection, newer, newer.manifest.user)
            return newer.manifest.user


def _schema(connection: pg8000.native.Connection) -> set[str]:
    return {name for name, _ in ask(connection, QUERIES.migrations)}


@contextlib.contextmanager
def _scratch(url: str) -> Iterator[str]:
    """An empty database beside this one, for as long as the block lasts."""
    name = f"warmpath_restore_{uuid.uuid4().hex[:12]}"
    with operator(url, shared=True) as connection:
        connection.run(f"create database {name}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.run(f"drop database {name} with (force)")


def _bring(connection: pg8000.native.Connection, reader: Reader, user: str) -> None:
    tables = {table.name: ", ".join(table.columns) for table in reader.manifest.tables}
    for name in STAGED:
        connection.run(f"create temporary table staged_{name} (like crm.{name}) on commit drop")
    load(connection, reader, only=STAGED, into="pg_temp.staged_{}".format)
    known = ask(connection, QUERIES.find_same_user)
    if known:
        raise StackError(f"this user is here already, since {known[0][0]}: DELETE /users/me first, if that one may go")
    # Without credits at first: a trigger would open a ledger for them, and the user brings one.
    values = ", ".join("0" if column == "credit_balance" else column for column in tables["users"].split(", "))
    connection.run(f"insert into crm.users ({tables['users']}) select {values} from pg_temp.staged_users")  # noqa: S608
    load(connection, reader, only=tables.keys() - STAGED)
    steps = tables["introduction_steps"]
    insert = f"insert into crm.introduction_steps ({steps})"
    connection.run(f"{insert} select {steps} from pg_temp.staged_introduction_steps")  # noqa: S608
    for query in ("set_balance", "set_membership", "translate_points", "add_team", "rebuild_leaderboard"):
        ask(connection, getattr(QUERIES, query))
    for query in ("rejoin", "rejoin_invited", "add_join", "raise_numbers"):
        ask(connection, getattr(QUERIES, query), user_id=user)
