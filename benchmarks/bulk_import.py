r"""A file of contacts through the import, against psql's \copy of the same rows straight into the same indexed table.

    python -m benchmarks.bulk_import [--rows 10000,100000] [--repeats 3]

The ways take turns, each for a new user, beside 200,000 contacts of others; the ratio is of rows a second. \copy gets its rows
ready-made as the table has them: it parses no people, looks at nobody who is there and checks nothing, but writes what every way writes: all indexes,
the document of search, the keys of contacts and the journal, by the table's triggers, in one transaction.

Both ways of importing parse the file and tell people apart, and are timed to the last commit: in one request, and as a job, from the file in the
store on, each step committed. "counted" is a job that waits with its plan first, and is started then. Further, the same file again (nothing to do),
and a file that fills one blank in every other contact.
"""

from __future__ import annotations

import csv
import io
import random
import statistics
import subprocess
import tempfile
import uuid
from contextlib import closing, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.address_books import build, new_user, vocabulary
from benchmarks.databases import database_url, own_cpu_ms, owner_of, process_cpu_ms, server_cpu_ms, wall_ms
from benchmarks.results import Limit, Table, run
from benchmarks.results import Row as Measured
from dev.postgres import embedded_binaries
from shared.contacts.importing.file_kind import ContactFiles
from shared.contacts.importing.reader import open_contacts
from shared.contacts.importing.staging import import_contacts
from shared.imports import work as imports
from shared.imports.files import Choices
from shared.imports.work import ImportWork
from shared.jobs import repository as jobs
from shared.jobs.repository import RUNNING, Job, Step
from shared.jobs.service import Jobs
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.plumbing.uploads.disk import DiskUploads

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from benchmarks.databases import Clock

TIMEOUT_S = 600.0
FLOOR = "`\\copy`"
NEW, AGAIN, HALF = "all new", "the same file again", "half of the contacts updated"
JOB_NEW, JOB_COUNTED = "all new, as a job", "all new, as a job, counted"
JOB_AGAIN, JOB_HALF = "the same file again, as a job, counted", "half of the contacts updated, as a job, counted"
# Promised for large files; at small ones the look at who is there already takes as long as the rows.
LIMITS, LIMITED_FROM = {NEW: Limit(least=0.7), JOB_NEW: Limit(least=0.8)}, 100_000
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
    """The ways, on one database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.owner = owner_of(url)
        self.app = Database(Pool(connect_to_url(url), 1))
        self.workers = Database(Pool(connect_to_url(url), 2))  # one renews the lease
        self.uploads = DiskUploads(folder, "")
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

    def job(self, user_id: str, data: bytes, expected: tuple[int, int, int], *, counted: bool) -> Taken:
        """The import as a job, from the file in the store to its end."""
        user, name = uuid.UUID(user_id), uuid.uuid4().hex
        (self.uploads.folder / name).write_bytes(data)
        request = {
            "kind": "contacts",
            "filename": "contacts.csv",
            "size": len(data),
            "choices": imports.choices_document(Choices(filename="contacts.csv")),
        }
        state = imports.fresh_state(name, imports.PLAN if counted else imports.MERGE)
        with self.workers.transaction(user) as tx:
            job_id = jobs.create(tx, "import", Step(RUNNING, imports.READ, 0, len(data), state), request)
        worker = Jobs(self.workers, {"import": self._kind}, budget_s=TIMEOUT_S)

        def work() -> None:
            worker.work(user, job_id)
            if counted:
                with self.workers.transaction(user) as tx:
                    job = jobs.get(tx, job_id, locked=True)
                    counts = job.state["counts"]
                    assert (counts["new"], counts["changed"], counts["known"]) == expected, counts
                    jobs.set_to(tx, job, Step(RUNNING, imports.MERGE, 0, job.state["rows"], job.state), job.request)
                worker.work(user, job_id)

        with self.workers.transaction(None) as one, self.workers.transaction(None) as other:  # all of the pool
            clocks = [server_cpu_ms(one), server_cpu_ms(other)]
        taken = timed(work, lambda: sum(clock() for clock in clocks) - own_cpu_ms())  # both count this process
        with self.workers.read(user) as tx:
            result = jobs.get(tx, job_id).result
        assert result is not None
        assert (result["created"], result["updated"], result["unchanged"]) == expected, result
        return taken

    def _kind(self, user_id: uuid.UUID, job: Job) -> ImportWork:
        kind = ContactFiles(lambda _: nullcontext(), lambda _, ids: len(ids), lambda _: None)
        return ImportWork(user_id, job, kind, self.uploads, expiry=lambda: datetime.now(UTC) + timedelta(days=1))

    def close(self) -> None:
        """Ends the sessions."""
        self.psql.close()
        self.workers.close()
        self.app.close()
        self.owner.close()


def turns(bench: Bench, count: int, repeats: int) -> dict[str, list[Taken]]:
    """Every way, turn and turn about."""
    rows = people(count)
    full, half = csv_file(rows), csv_file(rows, blank=("Job Title", "Notes"))
    ways = (FLOOR, NEW, JOB_NEW, JOB_COUNTED, AGAIN, JOB_AGAIN, HALF, JOB_HALF)
    taken: dict[str, list[Taken]] = {way: [] for way in ways}
    new, again, updated = (count, 0, 0), (0, 0, count), (0, count - count // 2, count // 2)
    for _ in range(repeats):
        users = [new_user(bench.owner, "imported ") for _ in range(5)]
        taken[FLOOR].append(bench.copy(rows))
        taken[NEW].append(bench.load(users[0], full, new))
        taken[JOB_NEW].append(bench.job(users[1], full, new, counted=False))
        taken[JOB_COUNTED].append(bench.job(users[2], full, new, counted=True))
        taken[AGAIN].append(bench.load(users[0], full, again))
        taken[JOB_AGAIN].append(bench.job(users[0], full, again, counted=True))
        for user_id in users[3:]:
            bench.load(user_id, half, new)
        taken[HALF].append(bench.load(users[3], full, updated))
        taken[JOB_HALF].append(bench.job(users[4], full, updated, counted=True))
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
        yield Measured(name, metrics, count, ratio=ratio, limit=LIMITS.get(name) if count >= LIMITED_FROM else None)


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
        with tempfile.TemporaryDirectory() as folder, closing(Bench(url, Path(folder))) as bench:
            for size in options.rows.split(","):
                rows += rows_of(turns(bench, int(size), options.repeats), int(size), cpu=options.cpu)
    return [Table("import", rows, floor=f"{FLOOR}'s rate", sizes="contacts", more=True)]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
