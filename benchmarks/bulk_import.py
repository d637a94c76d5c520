r"""A file of contacts through the import, against psql's \copy of the same rows straight into the same indexed table.

    python -m benchmarks.bulk_import [--rows 10000,100000] [--repeats 3]

The two ways take turns, each for a new user, beside 200,000 contacts of others; the ratio is of rows a second. \copy gets its rows
ready-made and checks nothing; the import parses the file, tells people apart, and is timed to the commit. Then the same file again
(nothing to do), and a file that fills one blank in every other contact.
"""

from __future__ import annotations

import csv
import io
import random
import statistics
import subprocess
import tempfile
import uuid
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.address_books import build, new_user, vocabulary
from benchmarks.databases import database_url, owner_of, process_cpu_ms, server_cpu_ms, wall_ms
from benchmarks.results import Limit, Table, run
from benchmarks.results import Row as Measured
from dev.postgres import embedded_binaries
from shared.contacts.importing.reader import open_contacts
from shared.contacts.importing.staging import import_contacts
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from benchmarks.databases import Clock

TIMEOUT_S = 600.0
FLOOR = "`\\copy`"
NEW = "all new"
# Promised for large files; at small ones the look at who is there already takes as long as the rows.
LIMIT, LIMITED_FROM = Limit(least=0.7), 100_000
DONE = "that was all"
COLUMNS = ["Full Name", "E-mail", "Phone", "Company", "Job Title", "City", "LinkedIn", "Notes", "Tags"]
COPY = (
    r"\copy crm.contacts (user_id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, notes, tags, source)"
    " from '{}' with (format csv)"
)

Row = list[str]


def people(count: int, *, seed: int = 5) -> list[Row]:
    """Rows of a CSV file; 15 % have no e-mail, half have a profile, a third a phone number and a tag."""
    words, draw = vocabulary(), random.Random(seed)

    def pick(choices: list[str]) -> str:
        return choices[int(draw.random() ** 2 * len(choices))]

    rows = []
    for number in range(count):
        first, last, company = pick(words.first_names), pick(words.surnames), pick(words.companies)
        address = f"{first}.{last}{number}@{company.split()[0]}.com".lower().encode("ascii", "ignore").decode()
        rows.append(
            [
                f"{first} {last}",
                address if number % 20 > 2 else "",
                f"+1 555 {number:07}" if number % 3 == 0 else "",
                company,
                pick(words.titles),
                "Berlin",
                f"https://www.linkedin.com/in/p{number}" if number % 2 else "",
                " ".join(pick(words.note_words) for _ in range(8)),
                pick(words.tags) if number % 3 == 1 else "",
            ]
        )
    return rows


def csv_file(rows: list[Row], *, blank: tuple[str, ...] = (), every: int = 2) -> bytes:
    """The file as people have it; `blank` columns are left empty in every `every`-th row."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    dropped = {COLUMNS.index(column) for column in blank}
    for number, row in enumerate(rows):
        writer.writerow([value if number % every or place not in dropped else "" for place, value in enumerate(row)])
    return text.getvalue().encode()


def table_rows(rows: list[Row], user_id: str) -> bytes:
    """The same, ready-made for the table."""

    def array(value: str) -> str:
        return f'{{"{value}"}}' if value else "{}"

    text = io.StringIO()
    writer = csv.writer(text)
    for name, email, phone, company, title, city, url, notes, tag in rows:
        slug = url.rpartition("/")[2]
        writer.writerow(
            [
                user_id,
                name,
                email,
                array(email),
                array(phone),
                company,
                title,
                city,
                url,
                slug,
                notes,
                array(tag),
                "copy",
            ]
        )
    return text.getvalue().encode()


class Psql:
    """A session of psql that stays open, so that neither its start nor its log-in counts."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [embedded_binaries() / "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._pids = [self._process.pid, int(self.said("select pg_backend_pid();"))]

    def said(self, command: str) -> str:
        """Runs one command to its end; the first line of what it printed.

        Raises:
            RuntimeError: psql has ended, for the reason that it wrote to the terminal.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{command}\n\\echo {DONE}\n")
        self._process.stdin.flush()
        lines = list(iter(self._process.stdout.readline, f"{DONE}\n")) if self._process.poll() is None else [""]
        if "" in lines:
            raise RuntimeError(f"psql ended at: {command}")
        return lines[0].strip() if lines else ""

    def cpu_ms(self) -> float:
        """Processor time of psql and of the server's process behind it."""
        return sum(process_cpu_ms(pid) for pid in self._pids)

    def close(self) -> None:
        """Ends it."""
        self._process.communicate()


class Taken(NamedTuple):
    """Milliseconds on the clock, and of the processor on both sides."""

    wall: float
    cpu: float


def timed(work: Callable[[], object], cpu_ms: Clock) -> Taken:
    """What it takes."""
    wall, cpu = wall_ms(), cpu_ms()
    work()
    return Taken(wall_ms() - wall, cpu_ms() - cpu)


class Bench:
    """The two ways, on one database."""

    def __init__(self, url: str) -> None:
        self.owner = owner_of(url)
        self.app = Database(Pool(connect_to_url(url), 1))
        self.psql = Psql(url)

    def copy(self, rows: list[Row]) -> Taken:
        """psql's copy as the owner, past row-level security, from a file."""
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            file.write(table_rows(rows, new_user(self.owner, "copied ")))
            file.flush()
            return timed(lambda: self.psql.said(COPY.format(file.name)), self.psql.cpu_ms)

    def load(self, user_id: str, data: bytes, expected: tuple[int, int, int]) -> Taken:
        """The import, from the bytes of the file to the commit."""

        def work() -> None:
            with self.app.transaction(uuid.UUID(user_id), timeout_s=TIMEOUT_S) as tx:
                file = open_contacts(io.BytesIO(data), content_type="text/csv")
                counts = import_contacts(tx, file.records, source=file.format)
            assert (counts.created, counts.updated, counts.unchanged) == expected, counts

        with self.app.read(None) as tx:  # the one connection of the pool
            return timed(work, server_cpu_ms(tx))

    def close(self) -> None:
        """Ends the sessions."""
        self.psql.close()
        self.app.close()
        self.owner.close()


def turns(bench: Bench, count: int, repeats: int) -> dict[str, list[Taken]]:
    """Every way, turn and turn about."""
    rows = people(count)
    full, half = csv_file(rows), csv_file(rows, blank=("Job Title", "Notes"))
    taken: dict[str, list[Taken]] = {FLOOR: [], NEW: [], "the same file again": [], "half of the contacts updated": []}
    for _ in range(repeats):
        user_id, other_id = new_user(bench.owner, "imported "), new_user(bench.owner, "imported ")
        taken[FLOOR].append(bench.copy(rows))
        taken[NEW].append(bench.load(user_id, full, (count, 0, 0)))
        taken["the same file again"].append(bench.load(user_id, full, (0, 0, count)))
        bench.load(other_id, half, (count, 0, 0))
        taken["half of the contacts updated"].append(bench.load(other_id, full, (0, count - count // 2, count // 2)))
    return taken


def rows_of(taken: dict[str, list[Taken]], count: int, *, cpu: bool) -> Iterator[Measured]:
    """A row for each way; the ratio is of rates, turn by turn."""
    for name, own in taken.items():
        metrics = {
            "rows/s": count / statistics.median(each.wall for each in own) * 1000,
            "CPU us/row": statistics.median(each.cpu for each in own) / count * 1000,
        }
        shares = [
            floor.cpu / each.cpu if cpu else floor.wall / each.wall
            for each, floor in zip(own, taken[FLOOR], strict=True)
        ]
        ratio = None if name == FLOOR else statistics.median(shares)
        yield Measured(
            name, metrics, count, ratio=ratio, limit=LIMIT if name == NEW and count >= LIMITED_FROM else None
        )


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much, and where."""
    parser.add_argument("--database-url")
    parser.add_argument("--rows", default="10000,100000")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--others", type=int, default=200_000, help="contacts of others in the table")
    parser.add_argument("--cpu", action="store_true", help="the ratio is of processor time, client and server together")


def measure(options: argparse.Namespace) -> list[Table]:
    """Every size, one after the other."""
    with database_url(options.database_url) as url:
        with closing(owner_of(url)) as owner:
            if not owner.run("select 1 from crm.contacts limit 1"):
                build(owner, [], options.others)
        rows: list[Measured] = []
        with closing(Bench(url)) as bench:
            for size in options.rows.split(","):
                rows += rows_of(turns(bench, int(size), options.repeats), int(size), cpu=options.cpu)
    return [Table("import", rows, floor=f"{FLOOR}'s rate", sizes="contacts", more=True)]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
