"""Counting the messages of a heavy mailbox: seconds, bytes, the same again, and forgetting it.

    python -m benchmarks.sources [--messages 130000] [--contacts 0]

The mailbox is invented: ten years, 12,500 addresses in communities, most messages to one person and some to forty. It is sent in batches of
5,000 lines as a reader would, each parsed, merged and committed. "merged" leaves out the parsing of the lines.
"""

from __future__ import annotations

import bisect
import json
import random
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.databases import database_url, owner_of, server_cpu_ms
from benchmarks.results import Limit, Row, Table, run
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.sources import repository, service
from shared.sources.models import SourceCreate

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from uuid import UUID

    import pg8000.native

BATCH = 5_000
ME = "me@home.example"
TABLES = (
    "evidence",
    "correspondents",
    "correspondent_names",
    "counted",
    "sources",
    "source_salts",
    "mailbox_keys",
    "assumed_ties",
)
MOST_SECONDS, MOST_MEGABYTES = 15.0, 30.0
COMMUNITIES = 500
YEARS = 10
SEED = 11


def mailbox(messages: int) -> Iterator[bytes]:
    """Invents a mailbox, the same one every time, as lines."""
    draw = random.Random(SEED)
    circles: list[list[str]] = []
    count = 0
    for number in range(COMMUNITIES):
        size = min(400, max(4, int(draw.paretovariate(1.1) * 8)))
        circles.append([f"p{count + member}@org{number % 120}.example.com" for member in range(size)])
        count += size
    weights = [1 / (place + 1) ** 0.9 for place in range(len(circles))]
    draw.shuffle(weights)
    reach = [sum(weights[: place + 1]) for place in range(len(weights))]
    begin = datetime.now(UTC) - timedelta(days=365 * YEARS)
    for number in range(messages):
        at = begin + timedelta(days=365 * YEARS * (number / messages) ** 0.8)
        circle = circles[bisect.bisect(reach, draw.random() * reach[-1])]

        def somebody(members: list[str] = circle) -> str:
            return members[min(len(members) - 1, int(draw.expovariate(1) * len(members) / 4))]

        wanted = 1 if draw.random() < 0.62 else min(40, 1 + int(draw.paretovariate(1.3)))
        if draw.random() < 0.4:
            sender, others = ME, {somebody() for _ in range(wanted)}
        else:
            sender = somebody()
            others = {ME} | {somebody() for _ in range(wanted - 1)} - {sender}
        line = {
            "id": f"{number}@mail.example", "at": at.isoformat(), "from": {"address": sender, "name": f"Name {sender[:5]}"},
            "to": [{"address": one} for one in sorted(others)],
        }  # fmt: skip
        yield json.dumps(line).encode()


def send(app: Database, user_id: UUID, source_id: UUID, lines: list[bytes]) -> tuple[float, float]:
    """Send the lines in batches; the seconds of all, and of the longest batch."""
    begun, longest = time.perf_counter(), 0.0
    for start in range(0, len(lines), BATCH):
        of_batch = time.perf_counter()
        with app.transaction(user_id, timeout_s=600) as tx:
            service.count_lines(tx, source_id, lines[start : start + BATCH], of="messages", now=datetime.now(UTC))
        longest = max(longest, time.perf_counter() - of_batch)
    return time.perf_counter() - begun, longest


def megabytes(owner: pg8000.native.Connection) -> dict[str, float]:
    """Everything that the tables take on disk, with their indexes."""
    found = {}
    for table in TABLES:
        ((size,),) = owner.run(
            "select sum(pg_total_relation_size(oid)) from pg_class where relnamespace = 'crm'::regnamespace and relkind = 'r' and relname ~ :name",
            name=f"^{table}(_p[0-9]+)?$",
        )
        found[table] = float(size) / 1e6
    return found


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--messages", type=int, default=130_000)
    parser.add_argument("--contacts", type=int, default=0, help="how many of the addresses are contacts beforehand")
    parser.add_argument("--database", help="URL of a database to use")


def measure(options: argparse.Namespace) -> list[Table]:
    """Time and size of a mailbox."""
    lines = list(mailbox(options.messages))
    whole = options.messages == 130_000
    with (
        database_url(options.database) as url,
        closing(owner_of(url)) as owner,
        closing(Database(Pool(connect_to_url(url), 1))) as app,
    ):
        ((user_id,),) = owner.run(
            "select user_id from crm.sign_in('bench', :s, :e, 'Sources')",
            s=uuid.uuid4().hex,
            e=f"{uuid.uuid4().hex}@example.com",
        )
        empty = sum(megabytes(owner).values())
        if options.contacts:
            owner.run(
                "insert into crm.contacts (user_id, name, email, emails) select :u, 'C' || n, 'p' || n || '@org' || (n % 120) || '.example.com',"
                " array['p' || n || '@org' || (n % 120) || '.example.com'] from generate_series(0, :n) n",
                u=user_id, n=options.contacts - 1,
            )  # fmt: skip
        with app.transaction(user_id) as tx:
            source_id = service.create_source(tx, SourceCreate(kind="mail_file", name="Mail", addresses=[ME]))
        with app.read(None) as tx:  # the one connection of the pool
            cpu_ms = server_cpu_ms(tx)
        before = cpu_ms()
        first, longest = send(app, user_id, source_id, lines)
        taken = (cpu_ms() - before) / 1000
        sizes = megabytes(owner)
        ((pairs, own),) = owner.run(
            "select count(*), count(*) filter (where a = 0) from crm.evidence where user_id = :u", u=user_id
        )
        ((ties,),) = owner.run("select count(*) from crm.relationships where user_id = :u", u=user_id)
        again, _ = send(app, user_id, source_id, lines)
        few, _ = send(
            app, user_id, source_id, [line.replace(b"@mail.example", b"@new.example") for line in lines[-200:]]
        )
        begun = time.perf_counter()
        with app.transaction(user_id, timeout_s=600) as tx:
            repository.forget_source(tx, source_id)
        forgotten = time.perf_counter() - begun
    times = [
        Row("counted", {"s": first, "CPU s": taken, "messages/s": options.messages / first, "longest batch s": longest}, limit=Limit(MOST_SECONDS, metric="s") if whole else None),
        Row("the same again", {"s": again}),
        Row("200 new messages", {"s": few}),
        Row("forgotten", {"s": forgotten}),
    ]  # fmt: skip
    stored = sum(sizes.values()) - empty
    kept = [Row(table, {"MB": size}) for table, size in sizes.items()]
    kept.append(
        Row("all but the empty tables", {"MB": stored}, limit=Limit(MOST_MEGABYTES, metric="MB") if whole else None)
    )
    note = f"{pairs:,} pairs, {own:,} of them with oneself; {ties:,} ties."
    return [Table("time", times, note=note), Table("on disk", kept)]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
