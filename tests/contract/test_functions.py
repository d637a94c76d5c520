"""Every SQL function stands in one place: in its area's files of functions, or numbered where what it computes is stored."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

from shared.plumbing.postgres.migration_files import read_functions, read_migrations

SHARED = Path(__file__).parents[2] / "shared"
DEFINES = re.compile(r"^create (?:or replace )?function crm\.(\w+)", re.MULTILINE | re.IGNORECASE)
DROPS = re.compile(r"^drop function (.*?);", re.MULTILINE | re.IGNORECASE | re.DOTALL)
FILLS = re.compile(
    r"^create trigger \w+ before insert or update .*?execute function crm\.(\w+)", re.MULTILINE | re.DOTALL
)
ATTACHES = re.compile(r"^create (?:or replace )?trigger (\w+)", re.MULTILINE | re.IGNORECASE)
# The last of the numbered files whose texts were replaced when the functions moved out of them.
LAST_REPLACED = "0059"
MOST_LINES = 650
# Their results are stored in rows by files that came later: another result needs those rows to be written anew.
KEPT_IN_ROWS = {"address_hash", "known_by", "other_keys"}
# What holds on to a function in the catalogue and is no function and no trigger: columns, constraints, indexes, policies, views.
HELD = """
select distinct p.proname from pg_depend d join pg_proc p on d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
where p.pronamespace = 'crm'::regnamespace and d.classid not in ('pg_proc'::regclass, 'pg_trigger'::regclass)
"""


def bare(text):
    """Return the text without its comments."""
    return re.sub(r"--[^\n]*", "", text)


def of_functions():
    """The files of all areas that hold functions: `functions.sql`, or `functions/*.sql` where one file would be too long."""
    return [file for file in read_functions() if not file.name.endswith("triggers.sql")]


def of_triggers():
    return [file for file in read_functions() if file.name.endswith("triggers.sql")]


def numbered():
    """The functions of numbered files that no later one drops."""
    names: list[str] = []
    for migration in read_migrations():
        made = DEFINES.findall(migration.sql)
        gone = {name for drop in DROPS.findall(migration.sql) for name in re.findall(r"crm\.(\w+)", drop)} - set(made)
        names = [name for name in names if name not in gone] + made
    return names


def filling():
    """The functions of triggers that numbered files attach: each fills a stored column."""
    return {name for migration in read_migrations() for name in FILLS.findall(migration.sql)}


def in_areas():
    return [name for file in of_functions() for name in DEFINES.findall(file.sql)]


def with_what_they_call(owner, names):
    """Return the functions and those that they call, directly or not; texts name every call, the catalogue only those in SQL."""
    bodies = dict(
        owner.run("select proname, pg_get_functiondef(oid) from pg_proc where pronamespace = 'crm'::regnamespace")
    )
    found, waiting = set(), set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= (set(re.findall(r"crm\.(\w+)\(", bodies[name])) & bodies.keys()) - found
    return found


def test_every_function_is_defined_once(owner):
    """But for a numbered one, which a later number replaces together with the rows that hold its results."""
    there = Counter(
        name for (name,) in owner.run("select proname from pg_proc where pronamespace = 'crm'::regnamespace")
    )
    assert Counter(set(numbered())) + Counter(in_areas()) == there


def test_what_is_stored_is_computed_by_numbered_functions_and_only_these_are_numbered(owner):
    held = {name for (name,) in owner.run(HELD)}
    assert held
    assert set(numbered()) == with_what_they_call(owner, held | KEPT_IN_ROWS | filling())


def test_numbered_files_attach_only_triggers_that_fill_a_stored_column():
    """They run before the functions of areas are there, and a restore fills tables between them."""
    for migration in read_migrations():
        assert len(ATTACHES.findall(migration.sql)) == len(FILLS.findall(migration.sql)), migration.name
    assert filling() <= set(numbered())


def statements(sql):
    """Return the heads of statements, without the bodies of functions."""
    text = re.sub(r"\$\$.*?\$\$|^begin atomic$.*?^end", "", bare(sql), flags=re.DOTALL | re.MULTILINE)
    return [statement.strip() for statement in text.split(";") if statement.strip()]


def test_a_file_of_functions_makes_functions_and_opens_them():
    """Nothing is dropped and no right is taken here: the release before still runs on what it knows."""
    for file in of_functions():
        assert statements(file.sql)
        for statement in statements(file.sql):
            assert re.match(r"(create or replace|grant execute on) function crm\.", statement), (
                f"{file.name}: {statement}"
            )


def test_no_file_of_functions_is_longer_than_a_concern():
    longest = {file.name: lines for file in of_functions() if (lines := file.sql.count("\n")) > MOST_LINES}
    assert longest == {}, "an area may have functions/*.sql in the place of functions.sql, one file for each concern"


def test_a_file_of_triggers_attaches_functions_of_its_area():
    for file in of_triggers():
        assert statements(file.sql)
        for statement in statements(file.sql):
            assert statement.startswith("create or replace trigger "), f"{file.name}: {statement}"
        area = file.name.removesuffix("triggers.sql")
        own = {name for other in of_functions() if other.name.startswith(area) for name in DEFINES.findall(other.sql)}
        assert set(re.findall(r"execute function crm\.(\w+)", file.sql)) <= own, file.name


def test_every_function_says_what_it_is_for():
    assert [
        name
        for file in of_functions()
        for before, name in re.findall(r"^(.*)\ncreate or replace function crm\.(\w+)", "\n" + file.sql, re.MULTILINE)
        if not before.startswith("--")
    ] == []


def test_nobody_calls_what_no_file_opens(owner):
    rows = owner.run(
        "select distinct p.proname, r.rolname from pg_proc p "
        "cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a "
        "left join pg_roles r on r.oid = a.grantee where p.pronamespace = 'crm'::regnamespace and a.grantee <> p.proowner"
    )
    assert {role for _, role in rows} == {"crm_app"}
    opened = {
        name
        for file in (*read_migrations(), *read_functions())
        for grant in re.findall(r"^grant execute on function ([^;]+) to crm_app;", file.sql, re.MULTILINE)
        for name in re.findall(r"crm\.(\w+)", grant)
    }
    gone = {name for migration in read_migrations() for name in DEFINES.findall(migration.sql)} - set(numbered())
    assert {name for name, _ in rows} == opened - gone


def test_only_texts_from_before_the_functions_moved_are_taken_for_the_new_ones():
    superseded = json.loads((SHARED / "migrations" / "superseded.json").read_text(encoding="utf-8"))
    assert superseded.keys() <= {migration.name for migration in read_migrations()}
    assert max(superseded)[:4] <= LAST_REPLACED, "write the change as a new migration"


def test_the_setting_is_read_in_one_function():
    """The other functions call crm.current_user_id, or crm.acting_user, which raises an error without a user."""
    readers = [
        name
        for file in of_functions()
        for name, body in re.findall(
            r"^create or replace function crm\.(\w+)(.*?)(?=^create|\Z)", bare(file.sql), re.MULTILINE | re.DOTALL
        )
        if "app.user_id'" in body and "current_setting" in body
    ]
    assert readers == ["current_user_id"]


def test_asking_for_the_user_costs_what_the_setting_costs(owner):
    """The plan holds the body of each function in place of the call."""
    owner.run("select set_config('app.user_id', gen_random_uuid()::text, false)")
    for call in ("crm.current_user_id()", "crm.acting_user()"):
        plan = owner.run(f"explain (verbose, costs off) select id from crm.users where id = {call}")
        assert "current_setting('app.user_id'" in str(plan)
        assert call not in str(plan)
    plan = owner.run("explain (verbose, costs off) select crm.json_items(array_agg(name), 2) from crm.users")
    assert "array_to_string" in str(plan)
    assert "json_items" not in str(plan)


def test_reading_ties_is_part_of_the_statement_that_asks(owner):
    """Path search calls ties_from and ties_to for each contact of a level: a plan with a call for each would take many times as long."""
    for call in ("ties_from", "ties_to"):
        plan = owner.run(
            "explain (verbose, costs off) select r.no, r.cost from crm.contacts c "
            f"cross join lateral crm.{call}(c.user_id, c.no, 9, 2) r where c.is_self"
        )
        assert "on crm.relationships" in str(plan)
        assert call not in str(plan)


def test_a_function_announces_changes_to_the_cache_by_its_call():
    """A call with an Idempotency-Key commits after its handler; only what it entered itself is left after that."""
    around = [
        path.name
        for path in sorted(SHARED.parent.glob("functions/*/*.py"))
        if "cache.changing_contact" in path.read_text()
    ]
    assert around == [], "write call.changing_contact(...), not call.cache.changing_contact(...)"
