"""Every table says whose its rows are, so that none is forgotten when a user is saved, brought back, or erased."""

from __future__ import annotations

from operate.backup.tables import shapes
from operate.backup.users import OTHER_ROWS, STAGED, USER_ROWS
from tests.conftest import connected


def test_every_table_is_in_a_users_backup_or_says_why_not(owner_url):
    with connected(owner_url) as owner:
        tables = set(shapes(owner))
    assert tables - USER_ROWS.keys() - OTHER_ROWS.keys() == set(), "say in operate/backup/users.py whose rows these are"
    assert USER_ROWS.keys() | OTHER_ROWS.keys() == tables
    assert USER_ROWS.keys() & OTHER_ROWS.keys() == set()
    assert USER_ROWS.keys() > STAGED


def test_every_table_has_a_key_that_sorts_it(owner_url):
    with connected(owner_url) as owner:
        assert [name for name, shape in shapes(owner).items() if not shape.key] == []


def test_every_row_of_a_user_goes_with_the_user(owner):
    """By a foreign key that cascades, or by a trigger on what does."""
    by_trigger = {
        "relationships": "forget_relationships", "interactions": "forget_relationships", "provider_answers": "forget_own_answers",
        "teams": "end_empty_team", "evidence": "forget_evidence_of_user", "correspondent_names": "forget_evidence_of_user", "last_contacts": "forget_relationships", "operations": "forget_journal", "changes": "forget_journal", "tie_changes": "forget_journal", "interaction_changes": "forget_journal",
    }  # fmt: skip
    outlive = {"joins"}  # which hold a hash, so that nobody is counted twice
    cascading = {
        name
        for (name,) in owner.run(
            "with recursive mine as (select 'crm.users'::regclass::oid as id union "
            "select r.conrelid from pg_constraint r join mine on mine.id = r.confrelid where r.contype = 'f' and r.confdeltype = 'c') "
            "select relname from pg_class join mine on mine.id = oid"
        )
    }
    triggers = {name for (name,) in owner.run("select tgname from pg_trigger where not tgisinternal")}
    assert set(by_trigger.values()) <= triggers
    assert USER_ROWS.keys() - cascading - by_trigger.keys() - outlive == set()


# Rows of a user that an export of everything leaves out, and why.
NOT_EXPORTED = {
    "drafts": "what a program has prepared, for a quarter of an hour",
    "grant_tokens": "secrets, kept as hashes; the programs stand in access_grants",
    "field_keys": "made from contacts and fields",
    "digests": "made from the settings of users",
    "due": "made from cadences, circles and last contacts",
    "contact_keys": "made from the contacts", "provider_answers": "what enrichment wrote from them stands in contacts",
    "credit_reservations": "under way; what came of them stands in the ledger", "email_tokens": "secrets, kept as hashes",
    "outbox": "events under way", "dead_letters": "events that failed", "import_rows": "a file of the user that is being imported",
    "job_contacts": "ids of contacts that a job goes through", "members": "hash and times, which stand in users and joins",
    "teams": "of all members", "forgotten_contacts": "hashes of what was deleted for good", "export_parts": "the export itself",
    "duplicates": "found again by each scan", "duplicate_keys": "made from the contacts", "duplicate_scans": "when that was", "leaderboard": "counted from score_events",
    "missed_changes": "for the cache", "team_invitations": "of the team",
    "counted": "hashes of messages", "source_salts": "secret, what those hashes are made with", "forgotten_addresses": "hashes of what was deleted for good",
    "mailbox_keys": "made from the contacts", "imported_rows": "hashes of rows of the user's files", "last_contacts": "made from interactions, and from what sources bring",
    "source_accounts": "sealed credentials, which are never shown",
    "address_books": "how far devices have read", "card_numbers": "likewise",
    "webhooks": "secrets, sealed; the API lists their other columns", "webhook_deliveries": "ids of changes, which the journal has",
    "idempotency_keys": "encrypted, by keys that only the client has",
}  # fmt: skip


def test_an_export_of_everything_holds_every_table_of_a_user_or_says_why_not(owner):
    from shared.users.exporting import TABLES

    of_users = {
        name
        for (name,) in owner.run(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' "
            "where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition"
        )
    }
    assert of_users - set(TABLES) - NOT_EXPORTED.keys() == set(), (
        "export them in shared/users/exporting.py, or say why not"
    )
    assert set(TABLES) & NOT_EXPORTED.keys() == set()
