"""Costs of an environment and needs of users: the tables of docs/deploying.md and docs/scale.md.

Usage: python -m deploy.capacity [--write]

Costs of a request are those that `benchmarks.load` measured (benchmarks/README.md); sizes are the environments' own. Both are read
from their files, so the tables follow them; a test compares.
"""

from __future__ import annotations

import math
import re
import sys
from typing import NamedTuple

from deploy.source import PROJECT

ENVIRONMENTS = PROJECT / "terraform" / "environments"
LARGE = PROJECT / "terraform" / "examples" / "large.tfvars"
MEASURED = PROJECT / "benchmarks" / "README.md"
PAGES = {"costs": PROJECT / "docs" / "deploying.md", "users": PROJECT / "docs" / "scale.md"}

# US dollars, list prices of us-central1 in 2026. CPU_H and GB_H are from Google's price page, the others from memory.
HOURS = 730
CPU_H, GB_H = 0.0413, 0.007
SHARED_CORE = {"db-f1-micro": 7.7, "db-g1-small": 25.6}
DISK_GB, BACKUP_GB = 0.17, 0.08
REDIS_GB_H = {"BASIC": 0.049, "STANDARD_HA": 0.054}
# A node of Memorystore for Valkey; from memory.
VALKEY_NODE_H = {"SHARED_CORE_NANO": 0.031, "STANDARD_SMALL": 0.126, "HIGHMEM_MEDIUM": 0.245, "HIGHMEM_XLARGE": 1.09}
# AlloyDB, a month: a processor with its 8 GB, and a GB stored. Worked out from the sums for 2 and for 96 processors that
# https://www.bytebase.com/blog/understanding-google-alloydb-pricing has for us-east1 in 2025; backups from memory.
ALLOYDB_CPU, ALLOYDB_GB, ALLOYDB_BACKUP_GB = 128.4, 0.324, 0.1
# Of an AlloyDB cluster, whose storage grows by itself: as production's first disk.
ALLOYDB_STORED_GB = 100.0
BALANCER, ARMOR_POLICY, ARMOR_RULES = 18.25, 5.0, 7
WARM_INSTANCE = 8.2
SMALL_THINGS = {"minimal": 4, "staging": 4, "production": 6}  # alerts, scheduler, images, secrets
REQUESTS_M, INSTANCE_CPU_S, ARMOR_M, EGRESS_GB = 0.40, 0.000024, 0.75, 0.12

# Of a user, assumed: requests on a working day, how the busiest hour compares with the mean of eight, bytes.
REQUESTS_A_DAY, WORKING_DAYS, PEAK, WORKDAY_S = 150, 22, 3, 8 * 3600
DATABASE_MB, ANSWER_KB = 6, 8
# Processors are planned half busy.
BUSY = 0.5
POOL, REVISIONS, BACKEND_MB = 2, 2, 20.8
# The largest Cloud SQL Enterprise machine. A cell is an installation of its own with a share of the users.
LARGEST_CPUS, CELL_USERS = 96, 100_000


class Request(NamedTuple):
    """Processor time of one request of the measured mix, in ms, by part."""

    functions: float
    postgres: float
    redis: float


class Need(NamedTuple):
    """Needs of a number of users in the busiest hour.

    Attributes:
        rate: requests a second.
        instances: instances of services, each with one processor.
        connections: database connections in the worst case of a roll-out.
        memory_mb: memory of these.
        database_cpus: processors of Postgres, primary and replicas together.
        database_gb: size of the data.
        redis_cpus: processors of Redis.
        dollars: of a month, without mail and providers.
    """

    rate: float
    instances: int
    connections: int
    memory_mb: float
    database_cpus: int
    database_gb: float
    redis_cpus: int
    dollars: float


def measured(text: str | None = None) -> Request:
    """Read the measured costs of a request from the benchmarks' page."""
    page = MEASURED.read_text(encoding="utf-8") if text is None else text
    table = page.partition("**Processor time of a request**")[2]
    return Request(*(_number(rf"^\| {part} \| ([\d.]+) \|$", table) for part in Request._fields))


def need(users: int, cost: Request) -> Need:
    """Work out what users need when all of them keep to the assumed day."""
    rate = users * REQUESTS_A_DAY / WORKDAY_S * PEAK
    month_m = users * REQUESTS_A_DAY * WORKING_DAYS / 1e6
    instances = math.ceil(rate * cost.functions / 1000 / BUSY)
    connections = 1 + instances * POOL * REVISIONS
    memory_mb = connections * BACKEND_MB
    database_gb = users * DATABASE_MB / 1000
    cpus = max(1, math.ceil(rate * cost.postgres / 1000 / BUSY))
    # Four gigabytes a processor, or what connections take of half of it.
    memory_gb = max(3.75 * cpus, 2 * memory_mb / 1024)
    redis_cpus = math.ceil(rate * cost.redis / 1000 / BUSY)
    dollars = (
        (CPU_H * cpus + GB_H * memory_gb) * HOURS * 2  # with a standby
        + database_gb * (2 * DISK_GB + BACKUP_GB)
        + _cache_cost(f'engine = "valkey" shards = {redis_cpus}' if redis_cpus > 1 else 'tier = "STANDARD_HA" memory_gb = 5')
        + BALANCER + ARMOR_POLICY + ARMOR_RULES
        + month_m * (REQUESTS_M + ARMOR_M + cost.functions / 1000 / BUSY * 1e6 * INSTANCE_CPU_S + ANSWER_KB * EGRESS_GB)
    )  # fmt: skip
    return Need(rate, instances, connections, memory_mb, cpus, database_gb, redis_cpus, dollars)


def monthly_costs(environment: str, variables: str = "") -> dict[str, float]:
    """Sum up what an environment costs a month while nobody uses it, by part.

    Args:
        environment: one of the files of terraform/environments.
        variables: further ones, as a file of them has them; `database` and `redis` replace the environment's.
    """
    text = (ENVIRONMENTS / f"{environment}.tfvars").read_text(encoding="utf-8")
    database, redis = (_block(name, variables) or _block(name, text) for name in ("database", "redis"))
    warm = sum(int(count) for count in re.findall(r"min_instances = (\d+)", text))
    return _database_costs(database) | {
        "cache": _cache_cost(redis),
        "load balancer, four rules": BALANCER,
        "Cloud Armor, seven rules": ARMOR_POLICY + ARMOR_RULES,
        "warm instances": warm * WARM_INSTANCE,
        "alerts, schedules, images, secrets": SMALL_THINGS[environment],
    }


def _database_costs(block: str) -> dict[str, float]:
    tier, replica = _word("tier", block, ""), _word("replica", block, "false") == "true"
    copies = 2 if _word("availability", block, "ZONAL") == "REGIONAL" else 1
    backups = min(1.25, float(_word("backups", block, "7")) / 20)
    if _word("engine", block, "cloudsql") == "alloydb":
        machine = ALLOYDB_CPU * int(tier.removeprefix("alloydb-"))
        return {
            "database": copies * machine + ALLOYDB_STORED_GB * ALLOYDB_GB,  # all of its instances share what is stored
            "replica": int(_word("read_nodes", block, "2")) * machine if replica else 0,
            "backups": ALLOYDB_STORED_GB * ALLOYDB_BACKUP_GB * backups,
        }
    disk_gb = float(_word("disk_gb", block, "10"))
    machine = SHARED_CORE.get(tier) or _machine(tier)
    return {
        "database": copies * (machine + disk_gb * DISK_GB),
        "replica": (machine + disk_gb * DISK_GB) if replica else 0,
        "backups": disk_gb * BACKUP_GB * backups,
    }


def _cache_cost(block: str) -> float:
    if _word("engine", block, "redis") == "valkey":
        nodes = int(_word("shards", block, "3")) * (1 + int(_word("replicas", block, "1")))
        return nodes * VALKEY_NODE_H[_word("node_type", block, "STANDARD_SMALL")] * HOURS
    return REDIS_GB_H[_word("tier", block, "BASIC")] * float(_word("memory_gb", block, "1")) * HOURS


def costs_table() -> str:
    """Return the table of docs/deploying.md."""
    names = ("minimal", "staging", "production")
    columns = [monthly_costs(name) for name in names]
    columns.append(monthly_costs("production", LARGE.read_text(encoding="utf-8")))
    rows = [f"| | {' | '.join(names)} | with AlloyDB and Valkey |", f"| --- |{' --- |' * len(columns)}"]
    rows += [f"| {part} | {' | '.join(f'{column[part]:.0f}' for column in columns)} |" for part in columns[0]]
    return "\n".join([*rows, f"| **about** | {' | '.join(f'**{sum(column.values()):.0f}**' for column in columns)} |"])


def users_table() -> str:
    """Return the table of docs/scale.md."""
    cost = measured()
    rows = [
        "| users | requests a second | instances | connections, their MB | processors of Postgres | GB of data | processors of Redis | US$ a month | layout |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for users in (1_000, 100_000, 10_000_000):
        found = need(users, cost)
        one = found.database_cpus <= LARGEST_CPUS
        layout = (
            "one primary" if one else f"{math.ceil(users / CELL_USERS)} cells of {CELL_USERS:,} users, **not built**"
        )
        rows.append(
            f"| {users:,} | {found.rate:,.0f} | {found.instances:,} | {found.connections:,}, {found.memory_mb:,.0f} | {found.database_cpus:,} | "
            f"{found.database_gb:,.0f} | {found.redis_cpus:,} | {found.dollars:,.0f} | {layout} |"
        )
    return "\n".join(rows)


TABLES = {"costs": costs_table, "users": users_table}


def page_with(name: str, text: str) -> str:
    """Return a page with its table brought up to date."""
    begin, end = f"<!-- {name}: python -m deploy.capacity --write -->\n", f"\n<!-- end of {name} -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}{TABLES[name]()}{end}{after}"


def _machine(tier: str) -> float:
    cpus, mb = re.findall(r"\d+", tier)
    return (CPU_H * int(cpus) + GB_H * int(mb) / 1024) * HOURS


def _block(name: str, text: str) -> str:
    return text.partition(f"{name} = {{")[2].partition("}")[0]


def _word(name: str, text: str, otherwise: str) -> str:
    found = re.search(rf'\b{name}\s*=\s*"?([\w.-]+)', text)
    return found[1] if found else otherwise


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text, re.MULTILINE)
    if not found:
        raise ValueError(f"{MEASURED.name} has no line {pattern}")
    return float(found[1])


def main() -> None:
    """Print the tables, or write them into their pages."""
    for name, page in PAGES.items():
        if "--write" in sys.argv[1:]:
            page.write_text(page_with(name, page.read_text(encoding="utf-8")), encoding="utf-8")
        else:
            print(f"{TABLES[name]()}\n")


if __name__ == "__main__":
    main()
