"""Finding duplicates: how long a scan takes, what one new contact costs in the background, what reads notice of it, and how much is found.

    python -m benchmarks.duplicates [--contacts 10000,30000,100000] [--sets FILE.csv.gz ...] [--no-splink]

Books are made up with labels (`duplicate_books`); `--sets` adds files with the columns no, person, name, email, emails, phones, company, title,
location, linkedin_slug, birthday. Where `splink` is installed (`pip install splink pandas anyascii`, for this comparison alone), it is trained on the
labels of another book and judges the same books in the same run, at the threshold that was the best on that other book.
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import itertools
import statistics
import threading
import time
import uuid
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.address_books import new_user
from benchmarks.databases import database_url, owner_of, process_cpu_ms
from benchmarks.duplicate_books import Card, make_book
from benchmarks.results import Limit, Row, Table, run
from shared.contacts import repository as contacts
from shared.contacts.merging import repository
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.plumbing.postgres.sql import Query

if TYPE_CHECKING:
    import argparse

    import pg8000.native

TIMEOUT_S = 1_800.0
BACKEND = Query.parse("backend", "value", "select pg_backend_pid()")
TOUCH = Query.parse(
    "touch", "none", "update crm.contacts set updated_at = now() where user_id = :user_id::uuid and no = :no::int"
)
COPY = (
    "copy crm.contacts (user_id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday, source, source_uid)"
    " from stdin"
)
TURNS = 20
READS = 150
# Promised: a scan of 100,000 contacts, a new contact in the background, and the slowest reads beside a scan.
SCAN_LIMIT, ONE_LIMIT, READ_LIMIT = Limit(most=60, metric="s"), Limit(most=50, metric="CPU ms"), Limit(most=1.2)
BOOKS = {"5,000 made-up cards": (5_000, 21), "2,000 made-up cards": (2_000, 22)}

Pair = tuple[int, int]


def fill(owner: pg8000.native.Connection, cards: list[Card]) -> uuid.UUID:
    """A user with a book; the id."""
    user_id = new_user(owner, "duplicates ")
    taken = {card.emails[0].lower() for card in cards if card.emails and not card.name}

    def first(card: Card) -> str | None:
        """The first address that no contact has as its own; a card without a name needs its own."""
        if not card.name:
            return card.emails[0]
        own = next((email for email in card.emails if email.lower() not in taken), None)
        taken.update([own.lower()] if own else [])
        return own

    def field(value: str | None) -> str:
        return value.replace("\\", "\\\\").replace("\t", " ") if value else r"\N"

    def items(values: list[str]) -> str:
        return "{" + ",".join('"' + value.replace("\\", "").replace('"', "") + '"' for value in values) + "}"

    def lines() -> Any:
        for card in cards:
            profile = f"https://www.linkedin.com/in/{card.slug}" if card.slug else None
            row = [
                user_id, field(card.name) if card.name else "", field(first(card)), items(card.emails), items(card.phones), field(card.company),
                field(card.title), field(card.location), field(profile), field(card.slug), field(card.birthday), "csv", card.person,
            ]  # fmt: skip
            yield ("\t".join(row) + "\n").encode()

    owner.run(COPY, stream=lines())
    owner.run("analyze crm.contacts")
    return uuid.UUID(user_id)


def speed(url: str, owner: pg8000.native.Connection, sizes: list[int]) -> list[Table]:
    """Scans, single contacts and reads, by the size of the book."""
    scans, singles, reads = [], [], []
    with closing(Database(Pool(connect_to_url(url), 4))) as app:
        for size in sizes:
            user_id = fill(owner, make_book(size, seed=11))
            quiet = _reads(app, user_id)
            beside: list[float] = []
            ended = threading.Event()
            reader = threading.Thread(target=lambda: beside.extend(_reads(app, user_id, until=ended)))  # noqa: B023 - joined in this turn
            reader.start()
            wall_s, cpu_s = _scan(app, user_id)
            ended.set()
            reader.join()
            scans.append(Row("scan", {"s": wall_s, "CPU s": cpu_s, "CPU us/contact": cpu_s / size * 1e6}, size=size, limit=SCAN_LIMIT if size == 100_000 else None))  # fmt: skip
            singles.append(Row("one changed contact", _single(app, owner, user_id), size=size, limit=ONE_LIMIT))
            p95 = {
                name: statistics.quantiles(taken, n=20)[-1] for name, taken in (("quiet", quiet), ("beside", beside))
            }
            reads.append(Row("list, p95 beside a scan", {"p95 ms": p95["beside"], "quiet p95 ms": p95["quiet"]}, size=size, ratio=p95["beside"] / p95["quiet"], limit=READ_LIMIT))  # fmt: skip
    return [Table("scan", scans), Table("one changed contact", singles), Table("reads", reads)]


def _scan(app: Database, user_id: uuid.UUID) -> tuple[float, float]:
    with app.transaction(user_id, timeout_s=TIMEOUT_S) as tx:
        pid = int(tx.value(BACKEND))
        began, cpu = time.perf_counter(), process_cpu_ms(pid)
        repository.find_duplicates(tx)
        return time.perf_counter() - began, (process_cpu_ms(pid) - cpu) / 1000


def _single(app: Database, owner: pg8000.native.Connection, user_id: uuid.UUID) -> dict[str, float]:
    owner.run("update crm.duplicate_scans set at = now() + interval '1 minute' where user_id = :u", u=user_id)
    taken, cpu_taken = [], []
    for (no,) in owner.run(
        "select no from crm.contacts where user_id = :u order by random() limit :n", u=user_id, n=TURNS
    ):
        with app.trial(user_id) as tx:
            pid = int(tx.value(BACKEND))
            owner.run("update crm.duplicate_scans set at = now() + interval '29 seconds' where user_id = :u", u=user_id)
            tx.run(TOUCH, user_id=user_id, no=no)
            began, cpu = time.perf_counter(), process_cpu_ms(pid)
            repository.compare_changed(tx, 100)
            taken.append((time.perf_counter() - began) * 1000)
            cpu_taken.append(process_cpu_ms(pid) - cpu)
    return {"p50 ms": statistics.median(taken), "CPU ms": statistics.median(cpu_taken)}


def _reads(app: Database, user_id: uuid.UUID, until: threading.Event | None = None) -> list[float]:
    taken: list[float] = []
    while len(taken) < READS if until is None else not (until.is_set() and len(taken) >= READS):
        began = time.perf_counter()
        with app.read(user_id) as tx:
            contacts.list_contacts(tx, "name", None, 50)
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(0.01)
    return taken


def quality(url: str, owner: pg8000.native.Connection, books: dict[str, list[Card]], *, with_splink: bool) -> Table:
    """Precision, recall and F1 over pairs, and how many of the sure ones are wrong."""
    rows = []
    with closing(Database(Pool(connect_to_url(url), 1))) as app:
        for name, cards in books.items():
            user_id = fill(owner, cards)
            _scan(app, user_id)
            by_person: dict[str, list[int]] = defaultdict(list)
            for no, person in owner.run(
                "select no, source_uid from crm.contacts where user_id = :u and not is_self", u=user_id
            ):
                by_person[person].append(no)
            truth = _pairs_of(by_person)
            found = owner.run("select contact_no, other_no, band from crm.duplicates where user_id = :u", u=user_id)
            precision, recall, f1 = _judged({(a, b) for a, b, _ in found}, truth)
            sure = {(a, b) for a, b, band in found if band == "sure"}
            metrics = {
                "precision": precision,
                "recall": recall,
                "F1": f1,
                "sure": len(sure),
                "sure, wrong": len(sure - truth),
            }
            rows.append(Row(f"{name}, Warmpath", metrics, size=len(cards), limit=Limit(most=0, metric="sure, wrong")))
    if with_splink and importlib.util.find_spec("splink"):
        from benchmarks.duplicate_peers import splink_rows  # the libraries are optional

        rows += splink_rows(books)
    return Table("duplicates found", rows)


def _pairs_of(by_person: dict[str, list[int]]) -> set[Pair]:
    return {pair for cards in by_person.values() for pair in itertools.combinations(sorted(cards), 2)}


def _judged(found: set[Pair], truth: set[Pair]) -> tuple[float, float, float]:
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def read_set(path: Path) -> list[Card]:
    """A labelled book from a file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [
            Card(
                row["person"], row["name"], [part for part in row["emails"].split("|") if part], [part for part in row["phones"].split("|") if part],
                row["company"], row["title"], row["location"], row["linkedin_slug"], row["birthday"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large, and which books."""
    parser.add_argument("--contacts", default="10000,30000,100000")
    parser.add_argument("--sets", nargs="*", type=Path, default=[])
    parser.add_argument("--no-splink", action="store_true")


def measure(options: argparse.Namespace) -> list[Table]:
    """Speed, then quality."""
    books = {path.name.removesuffix(".csv.gz"): read_set(path) for path in options.sets}
    books |= {name: make_book(size, seed=seed) for name, (size, seed) in BOOKS.items()}
    sizes = [int(size) for size in options.contacts.split(",") if size]
    with database_url() as url, closing(owner_of(url)) as owner:
        return [*speed(url, owner, sizes), quality(url, owner, books, with_splink=not options.no_splink)]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
