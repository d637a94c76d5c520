"""What the journal costs: the same calls and imports with its triggers and without, turn and turn about.

    python -m benchmarks.journal [--rows 100000] [--rounds 3] [--requests 400]

A call is a request to the deployed function, with the processor time of its worker and of Postgres; an import is timed from the bytes of
the file to the commit. The last table has what a change takes on disk, indexes included.
"""

from __future__ import annotations

import http.client
import io
import json
import random
import statistics
import tempfile
import uuid
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.address_books import new_user
from benchmarks.bulk_import import csv_file, people
from benchmarks.databases import owner_of, process_cpu_ms, server_cpu_ms
from benchmarks.results import Limit, Row, Table, by_round, run
from benchmarks.running import Ground, Served, ground
from shared.contacts.importing.reader import open_contacts
from shared.contacts.importing.staging import import_contacts
from shared.graph.importing import import_relationships
from shared.imports.parameters import GraphImportQuery
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    import pg8000.native

TIMEOUT_S = 600.0
TABLES = ("contacts", "relationships", "interactions", "hidden_contacts")
WITHOUT, WITH = "without the journal", "with it"
# Requests of one way before the other has its turn, so that whatever else the machine does meets both alike; and those after a turn that
# plan their statements anew.
BLOCK, AFTER_TURN = 25, 8
CALL_LIMIT = Limit(1.1)
# At least nine tenths of the rate, so at most ten ninths of the time.
IMPORT_LIMIT = Limit(1.11)
SIZES = {
    "contact created or updated": ("changes", "select count(*) from crm.changes"),
    "tie": ("tie_changes", "select coalesce(sum(cardinality(from_nos)), 0) from crm.tie_changes"),
}


class Journal:
    """Its triggers, turned on and off."""

    def __init__(self, owner: pg8000.native.Connection) -> None:
        self._owner = owner

    def turn(self, way: str) -> None:
        """Make what follows be journaled, or not."""
        for table in TABLES:
            for event in ("created", "updated", "deleted"):
                verb = "enable" if way == WITH else "disable"
                self._owner.run(f"alter table crm.{table} {verb} trigger journal_{event}")

    def bytes_of(self, table: str) -> int:
        """Everything that a table takes on disk."""
        ((size,),) = self._owner.run(
            "select sum(pg_total_relation_size(oid)) from pg_class where relnamespace = 'crm'::regnamespace and relname ~ :name",
            name=f"^{table}(_p[0-9]+)?$",
        )
        return int(size)


class Caller:
    """One deployed function, called again and again for the user with contacts."""

    def __init__(self, target: str, beside: Ground, owner: pg8000.native.Connection, folder: Path) -> None:
        self._served = Served(target, beside.environment, folder)
        self._beside = beside
        self._owner = owner
        self._creates = target == "create_contact"
        self._connection = http.client.HTTPConnection("127.0.0.1", self._served.port, timeout=30)
        self._served.wait_for(self._served.has_port)

    def send(self, count: int) -> float:
        """Send requests; microseconds of processor time for each."""
        before = self._cpu_ms()
        for number in range(count):
            body: dict[str, object] = {"name": f"Person {uuid.uuid4()}", "title": f"Title {number}"}
            path = "/api/crm/contacts"
            if self._creates:
                body["enrich"] = False
            else:
                path += f"/{self._beside.contact_ids[number % len(self._beside.contact_ids)]}"
            method = "POST" if self._creates else "PATCH"
            sent = self._served.send(method, path, self._beside.token, json.dumps(body), connection=self._connection)
            assert sent in {200, 201}, sent
        return (self._cpu_ms() - before) / count * 1000

    def _cpu_ms(self) -> float:
        pids = self._owner.run(
            "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
        )
        return self._served.cpu_ms() + sum(process_cpu_ms(pid) for (pid,) in pids)

    def stop(self) -> None:
        """End the function."""
        self._connection.close()
        self._served.stop()


def calls(beside: Ground, journal: Journal, owner: pg8000.native.Connection, rounds: int, requests: int) -> list[Table]:
    """Creating and updating a contact: microseconds of processor time for each request."""
    tables = []
    for target in ("create_contact", "update_contact"):
        with tempfile.TemporaryDirectory() as name:
            caller = Caller(target, beside, owner, Path(name))
            caller.send(50)
            costs: dict[str, list[float]] = {WITHOUT: [], WITH: []}
            for _ in range(rounds):
                blocks: dict[str, list[float]] = {WITHOUT: [], WITH: []}
                for _ in range(max(1, requests // BLOCK)):
                    for way, taken in blocks.items():
                        journal.turn(way)
                        caller.send(AFTER_TURN)
                        taken.append(caller.send(BLOCK))
                for way, taken in costs.items():
                    taken.append(statistics.median(blocks[way]))
            caller.stop()
        tables.append(Table(target, compared("CPU us", costs, CALL_LIMIT), floor=WITHOUT))
    return tables


def compared(figure: str, costs: dict[str, list[float]], limit: Limit) -> list[Row]:
    """A row for each way."""
    return [
        by_round(way, figure, taken, costs[WITHOUT], limit if way == WITH else None) for way, taken in costs.items()
    ]


def imports(url: str, journal: Journal, owner: pg8000.native.Connection, count: int, rounds: int) -> list[Table]:
    """A file of new contacts, a file that updates half of them, and a file of ties."""
    rows = people(count)
    half, full = csv_file(rows, blank=("Job Title", "Notes")), csv_file(rows)
    draw = random.Random(3)
    addresses = [row[1].lower() for row in rows if row[1]]
    ties = "from_email,to_email,strength\n" + "".join(
        f"{draw.choice(addresses)},{draw.choice(addresses)},0.5\n" for _ in range(count)
    )
    costs: dict[str, dict[str, list[float]]] = {
        name: {WITHOUT: [], WITH: []} for name in ("all new", "half updated", "ties")
    }
    with closing(Database(Pool(connect_to_url(url), 1))) as app:
        for _ in range(rounds):
            for way in (WITHOUT, WITH):
                journal.turn(way)
                user_id = uuid.UUID(new_user(owner, "journal "))
                for name, data in (("all new", half), ("half updated", full), ("ties", ties.encode())):
                    costs[name][way].append(_import(app, user_id, name, data) / count * 1000)
    return [
        Table(f"import, {name}", compared("CPU us/row", own, IMPORT_LIMIT), floor=WITHOUT)
        for name, own in costs.items()
    ]


def _import(app: Database, user_id: uuid.UUID, name: str, data: bytes) -> float:
    def contacts() -> None:
        with app.transaction(user_id, timeout_s=TIMEOUT_S) as tx:
            file = open_contacts(io.BytesIO(data), content_type="text/csv")
            import_contacts(tx, file.records, source=file.format)

    def relationships() -> None:
        with app.transaction(user_id, timeout_s=TIMEOUT_S) as tx:
            import_relationships(tx, io.BytesIO(data), content_type="text/csv", options=GraphImportQuery())

    work: Callable[[], None] = relationships if name == "ties" else contacts
    with app.read(None) as tx:  # the one connection of the pool
        cpu_ms = server_cpu_ms(tx)
    before = cpu_ms()
    work()
    return cpu_ms() - before


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=400)


def measure(options: argparse.Namespace) -> list[Table]:
    """Calls, imports, and bytes."""
    with ground() as beside, closing(owner_of(beside.owner_url)) as owner:
        journal = Journal(owner)
        tables = calls(beside, journal, owner, options.rounds, options.requests)
        tables += imports(beside.owner_url, journal, owner, options.rows, options.rounds)
        sizes = []
        for what, (table, counting) in SIZES.items():
            ((count,),) = owner.run(counting)
            sizes.append(Row(what, {"bytes": journal.bytes_of(table) / max(int(count), 1)}))
        return [*tables, Table("on disk", sizes)]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
