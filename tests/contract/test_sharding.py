"""Could the users be spread over many databases? Every rule of a layout like Citus' is kept, or its exception is listed.

There a table is either distributed by `user_id`, and then all of its keys hold that column, or it is small and copied to
everywhere. What is listed here is what such a move has to change first; docs/scale.md lists the same.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.contract.test_queries import QUERIES

SCALE = Path(__file__).parents[2] / "docs" / "scale.md"

# Tables that belong to no user: small enough to be everywhere, or made anew from the others.
EVERYWHERE = {
    "answer_rates", "change_feed", "device_requests", "function_files", "hash_keys", "known_mailboxes", "leaderboard_periods", "leaderboard_scores", "letter_allowances", "letter_counts", "migrations",
    "privacy_links", "provider_answers", "starting_credits", "suppressions", "teams", "viral_snapshots",
}  # fmt: skip
# `users` is distributed by its own key, which is everybody's user_id.
DISTRIBUTED_BY = {"users": "id"}
# A random key alone: it becomes (user_id, id), which loses nothing, as nobody chooses it.
RANDOM = {
    "credit_ledger_pkey", "dead_letters_pkey", "email_tokens_pkey", "emails_pkey", "introduction_steps_pkey", "introductions_pkey",
    "invitations_pkey", "joins_pkey", "outbox_pkey", "invitations_code", "joins_by_email", "emails_once",
    "team_invitations_pkey", "devices_secret", "devices_link",
}  # fmt: skip
# Unique among all users, or all of a team: needs a small table of its own that is everywhere.
AMONG_ALL = {
    "access_tokens_by_hash",
    "grant_tokens_by_hash",
    "users_identity",
    "joins_mailbox",
    "team_invitations_mailbox",
}
# References by a random key alone, which become those by (user_id, id); and the one from a joiner to another user.
REFERENCES = {
    "email_tokens_email_id_fkey", "introduction_steps_introduction_id_fkey", "joins_invitation_id_fkey", "joins_inviter_id_fkey",
}  # fmt: skip
# Who joins by an invitation is another user than who sent it.
QUERIES_ACROSS = {"list_invitations"}


@pytest.fixture
def tables(owner):
    rows = owner.run(
        """
        select c.relname, array_agg(a.attname::text) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
        where n.nspname = 'crm' and c.relkind in ('r', 'p') and not c.relispartition group by 1
        """
    )
    return {name: set(columns) for name, columns in rows}


def by_user(table):
    return DISTRIBUTED_BY.get(table, "user_id")


def test_every_table_is_a_user_s_or_everywhere(tables):
    assert {name for name, columns in tables.items() if by_user(name) not in columns} == EVERYWHERE


def test_every_unique_key_of_a_user_s_table_holds_the_user(owner, tables):
    rows = owner.run(
        """
        select c.relname, i.relname, array(
            select a.attname::text from pg_attribute a
            where a.attrelid = c.oid and a.attnum = any (x.indkey[0:x.indnkeyatts - 1]))
        from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'crm' and x.indisunique and not c.relispartition
        """
    )
    without = {index for table, index, columns in rows if table not in EVERYWHERE and by_user(table) not in columns}

    assert without == RANDOM | AMONG_ALL, (
        "put user_id into the key, or list it with its reason, here and in docs/scale.md"
    )


def test_every_reference_to_a_user_s_table_holds_the_user(owner):
    rows = owner.run(
        """
        select k.conname, t.relname, array(select a.attname::text from pg_attribute a
            where a.attrelid = k.conrelid and a.attnum = any (k.conkey))
        from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
        join pg_namespace n on n.oid = c.relnamespace
        where k.contype = 'f' and n.nspname = 'crm' and not c.relispartition and k.conparentid = 0
        """
    )
    without = {name for name, table, columns in rows if table not in EVERYWHERE and "user_id" not in columns}

    assert without == REFERENCES, "let it hold user_id, or list it with its reason, here and in docs/scale.md"


def test_every_query_says_whose_rows_of_each_table_it_wants(tables):
    """The functions in the schema do the same under row-level security, whose policies compare user_id."""
    mine = {name for name, columns in tables.items() if "user_id" in columns}
    across = set()
    for _, query in QUERIES:
        touched = set(re.findall(r"\bcrm\.(\w+)\b(?!\s*\()", query.text)) & mine
        if len(re.findall(r"\buser_id\b", query.text)) < len(touched):
            across.add(query.name)

    assert across == QUERIES_ACROSS, "join by user_id, or list it with its reason, here and in docs/scale.md"


def test_row_level_security_compares_the_user_on_every_user_s_table(owner, tables):
    rows = owner.run(
        "select c.relname, c.relrowsecurity from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        "where n.nspname = 'crm' and c.relkind in ('r', 'p') and not c.relispartition"
    )

    assert {name for name, secured in rows if not secured and name not in EVERYWHERE} == set()


def test_the_page_lists_the_same_exceptions():
    listed = set(re.findall(r"`(\w+)`", SCALE.read_text(encoding="utf-8").partition("## What a move changes")[2]))

    assert listed >= EVERYWHERE | RANDOM | AMONG_ALL | REFERENCES | QUERIES_ACROSS
