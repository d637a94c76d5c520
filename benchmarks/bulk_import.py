r"""A file of 100,000 contacts through the import, against COPY of the same rows straight into the same indexed table.

    python -m benchmarks.bulk_import --database-url postgresql://owner@localhost:5432/import_benchmark

makes the database where it is missing, with 200,000 contacts of others in it. The two ways take turns, each for a new user, and print
rows/s and their ratio. COPY (what \copy of psql does) gets its rows ready-made and checks nothing; the import parses the file, tells people
apart, and is timed to the commit. Then the same file again (nothing to do), and a file that fills one blank in every other contact.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import resource
import statistics
import time
import uuid
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pg8000.native

from benchmarks.address_books import build, new_user, vocabulary
from shared.contacts.importing.reader import open_contacts
from shared.contacts.importing.staging import import_contacts
from shared.database import Database
from shared.migrate import migrate
from shared.pool import Pool, connect_to_url
from shared.sql import Query

if TYPE_CHECKING:
    from collections.abc import Callable

OTHERS = 200_000
TIMEOUT_S = 600.0
COLUMNS = ["Full Name", "E-mail", "Phone", "Company", "Job Title", "City", "LinkedIn", "Notes", "Tags"]
COPY = Query.parse(
    "copy",
    "none",
    """
    copy crm.contacts (user_id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, notes, tags, source)
    from stdin with (format csv)""",
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


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Bench:
    """The two ways, on one database."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.owner = pg8000.native.Connection(
            parts.username or "",
            parts.hostname or "",
            parts.path[1:],
            parts.port or 5432,
            parts.password,
            ssl_context=False,
        )
        self.app = Database(Pool(connect_to_url(url), 1))

    def copy(self, rows: list[Row]) -> float:
        """COPY as the owner, past row-level security."""
        data = table_rows(rows, new_user(self.owner, "copied "))
        return timed(lambda: self.owner.run(COPY.text, stream=io.BytesIO(data)))

    def load(self, user_id: str, data: bytes, expected: str) -> float:
        """The import, from the bytes of the file to the commit."""

        def work() -> None:
            with self.app.transaction(uuid.UUID(user_id), timeout_s=TIMEOUT_S) as tx:
                file = open_contacts(io.BytesIO(data), content_type="text/csv")
                counts = import_contacts(tx, file.records, source=file.format)
            assert json.dumps([counts.created, counts.updated, counts.unchanged]) == expected, counts

        return timed(work)

    def parse(self, data: bytes) -> float:
        """The share of the client that reads the file."""
        return timed(lambda: sum(1 for _ in open_contacts(io.BytesIO(data), content_type="text/csv").records))


def prepare(url: str) -> None:
    """Makes the database where it is missing."""
    parts = urlsplit(url)
    where = (parts.username or "", parts.hostname or "", parts.port or 5432, parts.password)
    with closing(
        pg8000.native.Connection(where[0], where[1], "postgres", where[2], where[3], ssl_context=False)
    ) as server:
        if server.run("select 1 from pg_database where datname = :name", name=parts.path[1:]):
            return
        server.run(f'create database "{parts.path[1:]}"')
    with closing(
        pg8000.native.Connection(where[0], where[1], parts.path[1:], where[2], where[3], ssl_context=False)
    ) as owner:
        migrate(owner)
        build(owner, [], OTHERS)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=2)
    options = parser.parse_args()
    prepare(options.database_url)
    bench, count = Bench(options.database_url), options.rows
    rows = people(count)
    full, half = csv_file(rows), csv_file(rows, blank=("Job Title", "Notes"))
    print(f"parsing alone: {count / bench.parse(full):,.0f} rows/s")
    ratios: dict[str, list[float]] = {}
    for _ in range(options.repeats):
        copied = bench.copy(rows)
        print(f"{'COPY into the table':24} {count / copied:8,.0f} rows/s")
        user_id, other_id = new_user(bench.owner, "imported "), new_user(bench.owner, "imported ")
        for name, whose, data, expected in (
            ("import, all new", user_id, full, [count, 0, 0]),
            ("import, the same again", user_id, full, [0, 0, count]),
            ("(half blank, first)", other_id, half, [count, 0, 0]),
            ("import, half updated", other_id, full, [0, count - count // 2, count // 2]),
        ):
            seconds = bench.load(whose, data, json.dumps(expected))
            ratios.setdefault(name, []).append(copied / seconds)
            print(f"{name:24} {count / seconds:8,.0f} rows/s   {copied / seconds:.2f} of COPY", flush=True)
    print("medians:", {name: round(statistics.median(values), 2) for name, values in ratios.items()})
    print(
        f"peak memory of this process, its copies of the files included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


if __name__ == "__main__":
    main()
