"""No way of writing a user's data leads past the journal."""

from __future__ import annotations

# Tables with rows of users that the journal does not keep, and why.
NOT_JOURNALED = {
    "field_keys": "made by triggers from contacts and fields",
    "digests": "made by a trigger from the settings of users",
    "due": "made by triggers from cadences, circles and last contacts",
    "contact_keys": "made by triggers from the contacts",
    **dict.fromkeys(("duplicates", "duplicate_scans", "duplicate_keys"), "found again by each scan of the contacts"),
    **dict.fromkeys(("operations", "changes", "tie_changes", "interaction_changes"), "the journal itself"),
    **dict.fromkeys(("credit_ledger", "credit_reservations", "score_events"), "append-only books, their own history"),
    **dict.fromkeys(("emails", "email_tokens", "outbox", "dead_letters"), "on their way out of the house; a sent letter cannot be undone"),
    **dict.fromkeys(("introductions", "introduction_steps", "invitations", "joins"), "agreements with other people, each with its own states"),
    **dict.fromkeys(("members", "team_members", "team_invitations", "leaderboard"), "of a user among other users"),
    "enrichments": "the state of runs; what they write stands in contacts",
    "missed_changes": "for the cache",
    **dict.fromkeys(
        ("sources", "source_accounts", "source_salts", "counted", "correspondents", "correspondent_names", "evidence", "forgotten_addresses"),
        "of a source, and gone with it: kept in the journal, a forgotten source would not be forgotten",
    ),
    "assumed_ties": "what computed ties have replaced, beside the journal of ties",
    "mailbox_keys": "made by triggers from the contacts",
    "imported_rows": "hashes of rows of files, gone with the contact",
    "last_contacts": "made by triggers from interactions, and from what sources bring",
    **dict.fromkeys(("jobs", "job_contacts", "import_rows", "import_errors"), "work in progress; what it writes stands in contacts"),
    **dict.fromkeys(("devices", "address_books", "card_numbers"), "what signs in, and how far it has read"),
    "cards": "follow their contacts, whose changes the journal keeps: an undo is written into the lines of the card",
    "export_parts": "written from the user's other rows",
    **dict.fromkeys(("audit_entries", "program_calls"), "append-only, their own history"),
    **dict.fromkeys(("webhooks", "webhook_deliveries"), "of receivers outside; a message cannot be undone"),
    "drafts": "what a program has prepared, for a quarter of an hour",
    "idempotency_keys": "answers that were given, gone after a day",
    "wishes": "found and deleted one by one, and of no contact's data",
    **dict.fromkeys(("access_tokens", "access_grants", "grant_tokens"), "what is revoked stays revoked"),
    "forgotten_contacts": "hashes of what was deleted for good; an undo must not take them away",
}  # fmt: skip


def test_every_table_of_a_users_data_is_journaled_or_says_why_not(owner):
    with_user = {
        name
        for (name,) in owner.run(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id' "
            "where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition"
        )
    }
    guarded = {
        name: set(kinds)
        for name, kinds in owner.run(
            "select tgrelid::regclass::text, array_agg((tgtype & (4 | 8 | 16))::text) from pg_trigger "
            "where not tgisinternal and tgname like 'journal_%' and tgenabled = 'O' and tgtype & 1 = 0 group by 1"
        )
    }

    every_way = {"4", "8", "16"}  # insert, delete, update: statement triggers, which see all rows
    assert {name for name, kinds in guarded.items() if kinds != every_way} == set()
    assert {name.removeprefix("crm.") for name in guarded} | NOT_JOURNALED.keys() == with_user
    assert {name.removeprefix("crm.") for name in guarded}.isdisjoint(NOT_JOURNALED)


def test_the_app_role_can_neither_pass_by_the_triggers_nor_write_the_journal(owner):
    """A statement on a partition fires no trigger of the parent, and TRUNCATE fires none of these."""
    rows = owner.run(
        "select c.relname, p.privilege from pg_class c cross join unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p (privilege) "
        "where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege('crm_app', c.oid, p.privilege) "
        "and (c.relispartition or p.privilege = 'TRUNCATE' or c.relname in ('operations', 'changes', 'tie_changes', 'interaction_changes'))"
    )
    assert rows == []
