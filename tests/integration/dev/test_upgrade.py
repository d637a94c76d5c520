"""Data of every earlier release is brought up to date by this one, and the API tells of it what it told before.

What the releases left is in tests/fixtures/releases; its README tells how it was made.
"""

from __future__ import annotations

import difflib
import gzip
import json
import os
import re
from datetime import datetime
from typing import Any

import pytest

from dev.schema.dump import PATH, dump
from shared.edge.deps import deps
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.migration_files import read_functions, read_migrations
from tests.conftest import Api, connected
from tests.releases import RELEASES, bring

SCHEMA = """
with relation as (select c.oid, c.relname, c.relkind, c.relacl::text as acl, c.relrowsecurity, c.reloptions::text as options
    from pg_class c where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p', 'v', 'S'))
select 'relation', r.relname, r.relkind::text, r.acl, r.relrowsecurity::text, r.options from relation r
union all select 'column', r.relname, a.attname, format_type(a.atttypid, a.atttypmod), concat_ws(' ', a.attnotnull, a.attgenerated, a.attidentity,
        a.attacl::text), pg_get_expr(d.adbin, d.adrelid)
    from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
union all select 'constraint', r.relname, c.conname, pg_get_constraintdef(c.oid), null, null
    from relation r join pg_constraint c on c.conrelid = r.oid where c.contype <> 'n'
union all select 'index', r.relname, pg_get_indexdef(i.indexrelid), null, null, null from relation r join pg_index i on i.indrelid = r.oid
union all select 'function', p.proname, pg_get_functiondef(p.oid), p.proacl::text, null, null from pg_proc p
    where p.pronamespace = 'crm'::regnamespace and p.prokind = 'f'
union all select 'trigger', r.relname, pg_get_triggerdef(t.oid), t.tgenabled::text, null, null
    from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
union all select 'policy', r.relname, p.polname, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), p.polcmd::text
    from relation r join pg_policy p on p.polrelid = r.oid
union all select 'view', r.relname, pg_get_viewdef(r.oid), null, null, null from relation r where r.relkind = 'v'
"""
# A statement that went through a dump has names for all its columns, and casts where the server put some.
DUMPED = re.compile(r"::text(\[\])?| AS text\b|\(|\)|\\n| ")
# Of the database's own clock.
# Of `/viral/stats`: told to operators alone since.
OF_OPERATORS = frozenset({"everyone", "cohorts"})
CLOCKED = {"computed_at"}
# Of a tie that follows from interactions: its formula is this release's (decision 0079).
COMPUTED = {"strength", "strength_back"}


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def release(request):
    return request.param


@pytest.fixture
def told(release, gateway):
    """What that release answered, to whom, and when."""
    text = gzip.decompress((release / "answers.json.gz").read_bytes()).decode()
    # what is told of its own address is of where it runs
    return json.loads(re.sub(r"http://localhost:\d+", os.environ["PUBLIC_URL"], text))


@pytest.fixture
def upgraded(release, told, gateway, empty_url, monkeypatch):
    """This release on that one's database, as of the moment at which it was asked."""
    bring(empty_url, release)
    with connected(empty_url) as owner:
        applied = migrate(owner)
    at = datetime.fromisoformat(told["at"])
    with monkeypatch.context() as environment:
        environment.setenv("DATABASE_URL", empty_url)
        forget_clients()
        environment.setattr(type(deps()), "now", lambda _: at)
        yield applied
        forget_clients()


def forget_clients() -> None:
    """What was connected, and who was known, is of another database."""
    deps().database.close()
    deps().cache.close()
    deps.cache_clear()


def differences(old: Any, new: Any, place: str = "") -> list[str]:
    """What the new answer lacks or tells differently; it may tell more."""
    if place.endswith(".links"):  # which have no order
        old, new = (sorted(links, key=lambda link: (link["source"], link["target"])) for links in (old, new))
    if isinstance(old, dict) and isinstance(new, dict):
        missing = [f"{place}.{key} is gone" for key in old.keys() - new.keys()]
        left_out = (
            CLOCKED | OF_OPERATORS | (COMPUTED if old.get("set_by") == new.get("set_by") == "interactions" else set())
        )
        return missing + [
            line
            for key in (old.keys() & new.keys()) - left_out
            for line in differences(old[key], new[key], f"{place}.{key}")
        ]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [
            line
            for number, pair in enumerate(zip(old, new, strict=True))
            for line in differences(*pair, f"{place}[{number}]")
        ]
    if isinstance(old, float) and isinstance(new, (int, float)):
        return [] if new == pytest.approx(old, abs=1e-5) else [f"{place}: {old} has become {new}"]
    return [] if old == new else [f"{place}: {old!r} has become {new!r}"]


def test_the_api_tells_what_it_told_before(upgraded, told, gateway, issuer):
    found = []
    for email in told["answers"]:
        # Names on the leaderboard are of those who said yes, which nobody could say before.
        assert (
            Api(gateway, issuer, email).patch("/api/crm/users/me", json={"settings": {"leaderboard": True}}).status_code
            == 200
        )
    for email, answers in told["answers"].items():
        api = Api(gateway, issuer, email)
        for path, old in answers.items():
            # The likeliest path came later, and is the first where neither order nor mode is asked for.
            before = f"{path}&mode=shortest" if path.startswith("/graph/path?") and "mode=" not in path else path
            answer = api.get(f"/api/crm{before}")
            assert answer.status_code == 200, (path, answer.text)
            found += differences(old, answer.json, f"{email} {path} ")
    assert not found, "\n".join(found)


def test_the_data_is_up_to_date_and_people_go_on(upgraded, told, gateway, issuer):
    missing = len(read_migrations()) - told["migrations"]
    assert upgraded[missing:] == [file.name for file in read_functions()]
    for email in told["answers"]:
        api = Api(gateway, issuer, email)
        assert (
            api.post(
                "/api/crm/contacts", json={"name": "Later", "email": f"later-{email}", "enrich": False}
            ).status_code
            == 201
        )
        assert api.get("/api/crm/contacts/search?q=later").json["items"][0]["name"] == "Later"
        assert api.delete("/api/crm/users/me").status_code == 204


def test_a_release_is_kept_small_and_says_how_it_was_made(release):
    assert sum(path.stat().st_size for path in release.iterdir()) < 300_000
    assert f"`{release.name}`" in (release.parent / "README.md").read_text(encoding="utf-8")


def test_some_releases_are_kept():
    assert len(RELEASES) >= 2


def objects(url: str) -> list[Any]:
    """What the schema is made of: columns, constraints, indexes, functions, triggers, policies, and who may what."""
    with connected(url) as owner:
        owner.run("set search_path = ''")
        return sorted(DUMPED.sub("", str(row)) for row in owner.run(SCHEMA))


def test_an_upgraded_database_has_the_schema_of_a_new_one(upgraded, release, owner_url):
    old, new = objects(deps().settings.environ["DATABASE_URL"]), objects(owner_url)
    differing = "\n".join(difflib.unified_diff(new, old, "new", "upgraded", lineterm="", n=0))
    assert not differing, differing


def test_an_upgraded_database_is_what_the_written_schema_says(upgraded):
    with connected(deps().settings.environ["DATABASE_URL"]) as owner:
        found = dump(owner)
    written = PATH.read_text(encoding="utf-8")
    assert DUMPED.sub("", found).splitlines() == DUMPED.sub("", written).splitlines()
