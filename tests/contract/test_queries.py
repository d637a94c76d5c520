from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.plumbing.postgres.sql import Queries

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "shared").glob("**/queries.sql"))
QUERIES = [(path, query) for path in FILES for query in Queries(path)]
# Statements that cannot be prepared: they are tested where they are used.
UNPREPARABLE = re.compile(r"^\s*(copy|create temp|analyze|truncate|drop)\b", re.IGNORECASE)
each = pytest.mark.parametrize(
    ("path", "query"), QUERIES, ids=[f"{path.parent.name}.{query.name}" for path, query in QUERIES]
)


@each
def test_a_query_fits_the_migrated_schema(owner, path, query):
    if UNPREPARABLE.match(query.text) or "pg_temp." in query.text:
        pytest.skip("works on a table of its session")
    owner.run("set search_path = crm, public")
    owner.run(f"prepare checked as {query.text}")
    owner.run("deallocate checked")


@each
def test_a_query_is_used(path, query):
    sources = [module.read_text() for module in path.parent.glob("*.py")]

    assert any(re.search(rf"\.{query.name}\b", source) for source in sources), f"{query.name} is named nowhere"


@each
def test_a_query_of_user_rows_says_whose(path, query):
    """The first wall; the second is row-level security."""
    touches = re.findall(r"\bcrm\.(\w+)(?!\w*\s*\()", query.text)
    tables = [
        name for name in touches if name in {"contacts", "contacts_json", "relationships", "users", "interactions"}
    ]
    if tables:
        assert "user_id" in query.text or ":user_id" in query.text or re.search(r"id = \$\d+::uuid", query.text)


def test_no_python_file_holds_sql():
    statement = re.compile(r'"\s*(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\b', re.IGNORECASE)
    offenders = [
        str(path.relative_to(ROOT))
        for folder in ("functions", "shared")
        for path in (ROOT / folder).rglob("*.py")
        if statement.search(path.read_text())
        and path.name not in {"migrate.py", "online.py", "connection.py", "database.py"}
    ]

    assert offenders == []


@each
def test_a_page_is_made_by_the_function_for_it(path, query):
    assert not re.search(r"\|\| coalesce\(string_agg|filter \(where (\w+\.)?position", query.text), (
        "call crm.json_items"
    )
