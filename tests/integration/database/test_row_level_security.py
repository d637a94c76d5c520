from __future__ import annotations

import threading
import uuid

import pytest
from pg8000.exceptions import DatabaseError

from tests.conftest import connected

PARTITIONS = [f"contacts_p{number:02}" for number in range(16)]


@pytest.fixture
def as_app(owner_url):
    """A connection that has become crm_app, asking for nobody yet."""
    with connected(owner_url) as connection:
        connection.run("set role crm_app")
        yield connection


@pytest.fixture
def other_id(owner):
    made = owner.run(
        "select user_id from crm.sign_in('other', :subject, 'other@example.com', 'Otto Other')",
        subject=uuid.uuid4().hex,
    )
    return made[0][0]


def ask_for(connection, user_id):
    connection.run("select set_config('app.user_id', :user_id, false)", user_id=str(user_id))


def refused(connection, statement, **parameters):
    with pytest.raises(DatabaseError) as failure:
        connection.run(statement, **parameters)
    return failure.value.args[0]


def test_policies_alone_show_only_rows_of_the_user_in_the_setting(as_app, user_id, other_id):
    ask_for(as_app, user_id)

    assert as_app.run("select distinct user_id from crm.contacts") == [[user_id]]
    assert as_app.run("select id from crm.users") == [[user_id]]
    assert (
        as_app.run("update crm.contacts set notes = 'seen' where user_id = :other returning id", other=other_id) == []
    )
    assert as_app.run("delete from crm.contacts where user_id = :other returning id", other=other_id) == []
    assert as_app.run("delete from crm.users where id = :other returning id", other=other_id) == []


@pytest.mark.parametrize("setting", [None, ""])
def test_without_a_setting_there_are_no_rows_and_search_refuses(as_app, user_id, setting):
    if setting is not None:
        ask_for(as_app, setting)

    assert as_app.run("select count(*) from crm.contacts") == [[0]]
    assert as_app.run("select count(*) from crm.users") == [[0]]
    assert refused(as_app, "select * from crm.search_contacts('uma')")["C"] == "42501"
    as_app.run("begin")
    as_app.run("select crm.begin_import()")
    assert refused(as_app, "select * from crm.merge_imported('csv', 'update')")["C"] == "42501"
    as_app.run("rollback")


def test_rows_of_somebody_else_can_be_neither_made_nor_given_away(as_app, user_id, other_id):
    ask_for(as_app, user_id)

    for statement in (
        "insert into crm.contacts (user_id, name) values (:other, 'Eve')",
        "update crm.contacts set user_id = :other",
    ):
        assert "row-level security" in refused(as_app, statement, other=other_id)["M"]


@pytest.mark.parametrize("partition", PARTITIONS)
def test_a_partition_asked_for_by_name_is_refused_and_shows_nothing_even_when_granted(
    owner, as_app, user_id, partition
):
    ask_for(as_app, user_id)
    assert "permission denied" in refused(as_app, f"select * from crm.{partition}")["M"]

    owner.run("begin")
    owner.run(f"grant select on crm.{partition} to crm_app")
    owner.run("set local role crm_app")
    assert owner.run(f"select count(*) from crm.{partition}") == [[0]]
    owner.run("rollback")


def test_every_table_and_partition_has_row_level_security_that_the_owner_passes(owner):
    tables = owner.run(
        """
        select relname, relrowsecurity, relforcerowsecurity from pg_class
        where relnamespace = 'crm'::regnamespace and relkind in ('r', 'p')
            and exists (select from pg_attribute a where a.attrelid = pg_class.oid and a.attname in ('user_id', 'issuer'))"""
    )

    assert {"users", "contacts", *PARTITIONS} <= {name for name, _, _ in tables}
    assert [name for name, enabled, forced in tables if not enabled or forced] == []


def test_crm_app_owns_nothing_and_functions_that_pass_the_policies_pin_their_search_path(owner):
    assert owner.run("select relname from pg_class where relowner = 'crm_app'::regrole") == []
    definers = owner.run(
        """
        select p.oid::regprocedure::text, coalesce(p.proconfig::text, ''), coalesce(p.proacl::text, '=X') from pg_proc p
        where p.pronamespace = 'crm'::regnamespace and p.prosecdef"""
    )
    assert definers
    for name, settings, rights in definers:
        assert "search_path=pg_catalog, pg_temp" in settings, name
        assert "{=X" not in rights, name
        assert ",=X" not in rights, name


def test_search_never_shows_contacts_of_somebody_else(owner, as_app, user_id, other_id):
    # the same code in the lexemes: the last four digits are all that tells users apart there
    twin = uuid.UUID(str(user_id)[:-8] + "0000" + str(user_id)[-4:])
    owner.run(
        "insert into crm.users (id, issuer, subject) values (:id, 'twin', :subject)", id=twin, subject=uuid.uuid4().hex
    )
    for whose in (other_id, twin):
        owner.run(
            "insert into crm.contacts (user_id, name, tags) values (:user_id, 'Hidden Person', '{secret}')",
            user_id=whose,
        )
    ask_for(as_app, user_id)

    for question in ("hidden", "person hidden", "hiddne", "secret", "h", "perso"):
        assert as_app.run("select * from crm.search_contacts(:question)", question=question) == []


def test_first_calls_at_once_make_one_user_with_one_self_contact(owner, owner_url):
    subject = uuid.uuid4().hex
    answers = []
    together = threading.Barrier(6)

    def sign_in():
        with connected(owner_url) as connection:
            connection.run("set role crm_app")
            together.wait()
            answers.extend(
                connection.run("select * from crm.sign_in('idp', :subject, 'ana@example.com', 'Ana')", subject=subject)
            )

    threads = [threading.Thread(target=sign_in) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 6
    assert len({user_id for user_id, _ in answers}) == 1
    assert [created for _, created in answers].count(True) == 1
    contacts = owner.run(
        "select name, email, is_self from crm.contacts where user_id = :user_id", user_id=answers[0][0]
    )
    assert contacts == [["Ana", "ana@example.com", True]]


def test_a_token_without_name_and_email_still_makes_a_self_contact(owner):
    user_id, created = owner.run("select * from crm.sign_in('idp', :subject, null, ' ')", subject=uuid.uuid4().hex)[0]

    assert created
    assert owner.run("select name, is_self from crm.contacts where user_id = :user_id", user_id=user_id) == [
        ["Me", True]
    ]


def test_a_user_who_leaves_takes_every_row_along(owner, as_app, user_id):
    owner.run(
        "insert into crm.contacts (user_id, name) select :user_id, 'Person ' || n from generate_series(1, 50) n",
        user_id=user_id,
    )
    ask_for(as_app, user_id)

    as_app.run("delete from crm.users where id = :user_id", user_id=user_id)

    assert owner.run("select count(*) from crm.contacts where user_id = :user_id", user_id=user_id) == [[0]]


def contact_error(connection, user_id, **fields):
    columns, values = ", ".join(fields), ", ".join(f":{name}" for name in fields)
    return refused(
        connection,
        f"insert into crm.contacts (user_id, {columns}) values (:user_id, {values})",
        user_id=user_id,
        **fields,
    )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"company": "Acme"}, "contacts_identified"),
        ({"name": "Ana", "birthday": "1990-13-01"}, "contacts_birthday_shape"),
        ({"name": "Ana", "birthday": "12-24"}, "contacts_birthday_shape"),
        ({"name": "x" * 501}, "contacts_name_size"),
        ({"name": "Ana", "notes": "x" * 100_001}, "contacts_notes_size"),
    ],
)
def test_the_table_refuses_what_no_contact_can_be(owner, user_id, fields, constraint):
    assert contact_error(owner, user_id, **fields)["n"] == constraint


def test_an_email_is_unique_for_a_user_whatever_its_case_and_free_for_others(owner, user_id, other_id):
    insert = "insert into crm.contacts (user_id, email) values (:user_id, :email)"
    owner.run(insert, user_id=user_id, email="Bo@Example.com")
    owner.run(insert, user_id=other_id, email="bo@example.com")

    assert refused(owner, insert, user_id=user_id, email="bo@EXAMPLE.com")["C"] == "23505"


def test_the_longest_contact_there_can_be_fits_every_index(owner, user_id):
    wide = "漢"  # three bytes
    owner.run(
        """
        insert into crm.contacts (user_id, name, email, company, title, linkedin_slug, notes, tags, source, source_uid)
        values (:user_id, :name, :email, :name, :name, :slug, :notes, array_fill(:name::text, array[100]), 'csv', :uid)""",
        user_id=user_id,
        name="x" + "ﷺ" * 499,  # one letter that folds into eighteen
        email=wide * 318 + "@a",
        slug=wide * 200,
        notes="".join(chr(0x4E00 + n % 20_000) for n in range(100_000)),
        uid=wide * 255,
    )
