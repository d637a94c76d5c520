"""Backup of one user's rows with their ids, for another installation or after the user was erased."""

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

BY_USER_ID = "user_id = '{user}'"
# The rows of a user, by table. A contract test checks that every table is here or below.
USER_ROWS = {
    "users": "id = '{user}'",
    "members": BY_USER_ID,
    "contacts": BY_USER_ID,
    "relationships": BY_USER_ID,
    "interactions": BY_USER_ID,
    "interaction_details": BY_USER_ID,
    "hidden_contacts": BY_USER_ID,
    "merged_contacts": BY_USER_ID,
    "distinct_contacts": BY_USER_ID,
    "fields": BY_USER_ID,
    "views": BY_USER_ID,
    "circles": BY_USER_ID,
    "circle_members": BY_USER_ID,
    "notes": BY_USER_ID,
    "note_mentions": BY_USER_ID,
    "cadences": BY_USER_ID,
    "dates": BY_USER_ID,
    "duplicates": BY_USER_ID,
    "duplicate_scans": BY_USER_ID,
    "duplicate_keys": BY_USER_ID,
    "sources": BY_USER_ID,
    "source_accounts": BY_USER_ID,
    "source_salts": BY_USER_ID,
    "counted": BY_USER_ID,
    "correspondents": BY_USER_ID,
    "correspondent_names": BY_USER_ID,
    "evidence": BY_USER_ID,
    "assumed_ties": BY_USER_ID,
    "forgotten_addresses": BY_USER_ID,
    "operations": BY_USER_ID,
    "changes": BY_USER_ID,
    "tie_changes": BY_USER_ID,
    "interaction_changes": BY_USER_ID,
    "enrichments": BY_USER_ID,
    "provider_answers": "scope = '{user}'",
    "credit_ledger": BY_USER_ID,
    "credit_reservations": BY_USER_ID,
    "introductions": BY_USER_ID,
    "introduction_steps": BY_USER_ID,
    "wishes": BY_USER_ID,
    "invitations": BY_USER_ID,
    "joins": "user_id = '{user}' or inviter_id = '{user}'",
    "score_events": BY_USER_ID,
    "emails": BY_USER_ID,
    "email_tokens": BY_USER_ID,
    "jobs": BY_USER_ID,
    "job_contacts": BY_USER_ID,
    "imported_rows": BY_USER_ID,
    "last_contacts": BY_USER_ID,
    "import_rows": BY_USER_ID,
    "import_errors": BY_USER_ID,
    "audit_entries": BY_USER_ID,
    "program_calls": BY_USER_ID,
    "forgotten_contacts": BY_USER_ID,
    "devices": BY_USER_ID,
    "address_books": BY_USER_ID,
    "cards": BY_USER_ID,
    "outbox": BY_USER_ID,
    "dead_letters": BY_USER_ID,
    "teams": "id in (select m.team_id from crm.team_members m where m.user_id = '{user}')",
    "team_members": BY_USER_ID,
}
OTHER_ROWS = {
    "migrations": "of the installation",
    "function_files": "likewise",
    "hash_keys": "of the installation, and secret",
    "known_mailboxes": "of the installation: a mailbox that refuses letters stays refused for all users",
    "suppressions": "of the installation: an address that refuses letters stays refused for all users",
    "letter_counts": "of the installation: by hashes, and still counted after the user was erased",
    "access_tokens": "of the installation: another one gives programs tokens of its own",
    "access_grants": "likewise",
    "grant_tokens": "likewise",
    "device_requests": "for a quarter of an hour",
    "drafts": "likewise",
    "export_parts": "made from the user's other rows, and gone after a week",
    "webhooks": "of the installation, whose key seals their secrets",
    "webhook_deliveries": "likewise",
    "idempotency_keys": "of requests of the last day, for programs that repeat them",
    "privacy_links": "of people without an account, and gone after a day",
    "letter_allowances": "of the installation: by hashes, what its operator decided of a sender",
    "answer_rates": "of the installation: rates learned from the outcomes of all users, and learned again",
    "starting_credits": "of the installation: by hashes of past and present users",
    "team_invitations": "of the team, whose members invite again",
    "change_feed": "of the installation: tokens of another one are refused",
    "field_keys": "made again by triggers from contacts and fields",
    "digests": "made again by a trigger from the settings of the user",
    "due": "made again by triggers from cadences, circles and last contacts",
    "card_numbers": "by numbers of transactions, which are of one server",
    "contact_keys": "made again by triggers from the contacts",
    "mailbox_keys": "likewise",
    "missed_changes": "for the cache, which sees them within a minute",
    "leaderboard": "rebuilt from the scored events",
    "leaderboard_periods": "of all users",
    "leaderboard_scores": "of all users, counted from the standings",
    "viral_snapshots": "of all users, computed again every minute",
}
# Triggers write these rows about the rows of other tables; restored behind them, in place of the record of the restore itself.
BY_TRIGGERS = frozenset({"operations", "changes", "tie_changes", "interaction_changes", "last_contacts"})
# Tables whose rows cannot be copied directly: a trigger makes them, other users' rows hold a part, or present rows matter.
STAGED = frozenset({"users", "members", "introduction_steps", "joins", "teams", "team_members"})


def save_user(url: str, writer: Writer, named: str) -> Manifest:
    """Write a backup of one user.

    Args:
        url: URL of the database, as the owner of the schema.
        writer: writer of the backup.
        named: the user's address, or id.

    Raises:
        StackError: no user, or more than one, has this address or id.
    """
    with operator(url, shared=True) as connection, transaction(connection, ONE_MOMENT):
        found = ask(connection, QUERIES.find_users, named=named) if ask(connection, QUERIES.is_installed)[0][0] else []
        if len(found) != 1:
            ids = ", ".join(str(user) for (user,) in found)
            raise StackError(
                f"{len(found)} users have the address {named}: give an id, {ids}"
                if found
                else f"no user has the address or id {named}"
            )
        ((user,),) = found
        conditions = {table: condition.format(user=user) for table, condition in USER_ROWS.items()}
        return save(connection, writer, conditions=conditions, user=str(user))


def restore_user(url: str, reader: Reader, named: str | None = None) -> str:
    """Restore a user into a database with other users, with all ids unchanged.

    Args:
        url: URL of the database, as the owner of the schema, which must be up to date.
        reader: reader of a backup of the user; a backup of everything, or of an earlier version, is restored into a
            temporary database first.
        named: address or id of the user, for a backup of everything.

    Returns:
        The id of the user.

    Raises:
        StackError: the user exists already, or is not in the backup.
    """
    check_known(reader.manifest)
    user = reader.manifest.user
    with operator(url, shared=True) as connection:
        if not ask(connection, QUERIES.is_installed)[0][0]:
            raise StackError("this database has no Warmpath schema: run `make migrate` first")
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
                raise StackError("this database is not up to date: run `make migrate` first")
            assert newer.manifest.user is not None
            _bring(connection, newer, newer.manifest.user)
            return newer.manifest.user


def _schema(connection: pg8000.native.Connection) -> set[str]:
    return {name for name, _ in ask(connection, QUERIES.migrations)}


@contextlib.contextmanager
def _scratch(url: str) -> Iterator[str]:
    """Make an empty database on the same server, and drop it when the block ends."""
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
        raise StackError(
            f"this user exists already, since {known[0][0]}: erase them first (DELETE /users/me) if their data may be deleted"
        )
    # Without credits at first: a trigger would open a ledger for them, and the backup contains the user's own.
    values = ", ".join("0" if column == "credit_balance" else column for column in tables["users"].split(", "))
    connection.run(f"insert into crm.users ({tables['users']}) select {values} from pg_temp.staged_users")  # noqa: S608
    load(connection, reader, only=tables.keys() - STAGED - BY_TRIGGERS)
    for name in BY_TRIGGERS:
        connection.run(f"delete from crm.{name} where user_id = '{user}'")  # noqa: S608 - a name of the list above
    load(connection, reader, only=tables.keys() & BY_TRIGGERS)
    steps = tables["introduction_steps"]
    insert = f"insert into crm.introduction_steps ({steps})"
    connection.run(f"{insert} select {steps} from pg_temp.staged_introduction_steps")  # noqa: S608
    for query in ("set_balance", "set_membership", "translate_points", "add_team", "rebuild_leaderboard"):
        ask(connection, getattr(QUERIES, query))
    for query in ("rejoin", "rejoin_invited", "add_join", "raise_numbers"):
        ask(connection, getattr(QUERIES, query), user_id=user)
