"""The tables of costs and of users' needs: what the pages say is what the script works out."""

from __future__ import annotations

import pytest

from deploy.capacity import (
    ALLOYDB_CPU,
    ALLOYDB_GB,
    ALLOYDB_STORED_GB,
    BACKEND_MB,
    HOURS,
    PAGES,
    VALKEY_NODE_H,
    Request,
    measured,
    monthly_costs,
    need,
    page_with,
)
from deploy.source import PROJECT


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_has_the_table_as_it_is_now(name: str) -> None:
    text = PAGES[name].read_text(encoding="utf-8")
    assert page_with(name, text) == text, "python -m deploy.capacity --write"


def test_costs_follow_the_environments() -> None:
    minimal, production = monthly_costs("minimal"), monthly_costs("production")
    assert minimal["replica"] == minimal["warm instances"] == 0
    assert production["database"] == 2 * production["replica"], "a standby is a second machine"
    assert sum(minimal.values()) < 100 < sum(production.values())


def test_a_larger_engine_costs_what_its_machines_and_nodes_do() -> None:
    base = monthly_costs("production")
    variables = 'database = { engine = "alloydb", tier = "alloydb-8", availability = "REGIONAL", replica = true, read_nodes = 3 }'
    database = monthly_costs("production", variables)
    assert database["database"] == pytest.approx(16 * ALLOYDB_CPU + ALLOYDB_STORED_GB * ALLOYDB_GB)
    assert database["replica"] == pytest.approx(24 * ALLOYDB_CPU)
    assert {part: cost for part, cost in database.items() if part not in {"database", "replica", "backups"}} == {
        part: cost for part, cost in base.items() if part not in {"database", "replica", "backups"}
    }
    cache = monthly_costs("production", 'redis = { engine = "valkey", shards = 5, node_type = "HIGHMEM_MEDIUM" }')
    assert cache["cache"] == pytest.approx(10 * VALKEY_NODE_H["HIGHMEM_MEDIUM"] * HOURS), "a replica of each shard"
    assert monthly_costs("production", 'redis = { engine = "valkey", replicas = 0 }')["cache"] == pytest.approx(
        3 * VALKEY_NODE_H["STANDARD_SMALL"] * HOURS
    )


def test_needs_grow_with_users_and_with_what_a_request_costs() -> None:
    cost = Request(2.0, 2.0, 0.2)
    few, many = need(100_000, cost), need(1_000_000, cost)
    assert many.rate == pytest.approx(10 * few.rate)
    assert many.instances == pytest.approx(10 * few.instances, rel=0.2)
    assert many.database_cpus == pytest.approx(10 * few.database_cpus, rel=0.2)
    dearer = need(100_000, cost._replace(postgres=4.0))
    assert dearer.database_cpus == pytest.approx(2 * few.database_cpus, rel=0.2)
    assert dearer.instances == few.instances


def test_a_request_costs_what_the_benchmarks_have_measured() -> None:
    assert measured("**Processor time of a request**\n| functions | 1.5 |\n| postgres | 2 |\n| redis | 0.1 |") == (
        1.5,
        2,
        0.1,
    )
    with pytest.raises(ValueError, match="functions"):
        measured("nothing")


def test_the_script_counts_a_connection_as_the_plan_does() -> None:
    assert f"backend_mb = {BACKEND_MB}" in (PROJECT / "terraform" / "capacity.tf").read_text(encoding="utf-8")
