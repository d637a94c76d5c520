"""Made-up address books for the benchmarks: Zipf-like names, companies, titles, tags and notes, from a fixed seed.

The three users that are measured share one partition with each other and with others, so that neighbours cost what they can cost.
"""

from __future__ import annotations

import contextlib
import random
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.databases import owner_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    import pg8000.native

SEED = 7
FIRST_NAMES = [
    "Maria",
    "José",
    "Anna",
    "Will",
    "May",
    "An",
    "So",
    "No",
    "Mark",
    "James",
    "John",
    "Robert",
    "Michael",
    "David",
    "Mary",
    "Patricia",
    "Jennifer",
    "Linda",
    "Elizabeth",
    "Barbara",
    "Zoë",
    "Chloé",
    "Renée",
    "François",
    "Jürgen",
    "Björn",
    "Søren",
    "Łukasz",
    "Şebnem",
    "Ñusta",
    "Ana",
    "Luis",
    "Juan",
    "Carlos",
    "Pedro",
    "Emma",
    "Olivia",
    "Ava",
    "Mia",
    "Lena",
    "Paul",
]
SURNAMES = [
    "Smith",
    "Johnson",
    "Williams",
    "Brown",
    "Jones",
    "García",
    "Miller",
    "Davis",
    "Rodríguez",
    "Martínez",
    "Hernández",
    "Lopez",
    "Wilson",
    "Anderson",
    "Thomas",
    "Taylor",
    "Moore",
    "Jackson",
    "Martin",
    "Lee",
    "Müller",
    "Schmidt",
    "Schneider",
    "Fischer",
    "Weber",
    "Meyer",
    "Becker",
    "Nowak",
    "Kowalski",
    "Dvořák",
    "Novák",
    "Rossi",
    "Silva",
]
LEVELS = ["Junior", "Senior", "Lead", "Head of", "Vice President", "Chief", "Staff", "Associate"]
ROLES = [
    "Software Engineer",
    "Sales Manager",
    "Marketing",
    "Product Manager",
    "Data Analyst",
    "Finance",
    "People",
    "Designer",
]
LEGAL = ["Inc", "GmbH", "Ltd", "Group", "Labs", "Partners", "SA", "Holding"]
COMMON_NOTES = [
    "met",
    "at",
    "the",
    "conference",
    "in",
    "berlin",
    "may",
    "be",
    "interested",
    "will",
    "call",
    "back",
    "no",
    "answer",
    "so",
    "far",
    "introduced",
    "by",
    "an",
    "old",
    "friend",
]


@dataclass(frozen=True)
class Vocabulary:
    """Words to draw from, the commonest first."""

    first_names: list[str]
    surnames: list[str]
    companies: list[str]
    titles: list[str]
    tags: list[str]
    note_words: list[str]


def vocabulary() -> Vocabulary:
    """The same words every time."""
    draw = random.Random(SEED)

    def invented(count: int, syllables: tuple[int, int], *, accented: float = 0.12) -> list[str]:
        words: dict[str, None] = {}
        while len(words) < count:
            word = "".join(
                draw.choice("bcdfghjklmnprstvwz") + draw.choice("aeiou") + draw.choice(["", "", "n", "r", "l", "s"])
                for _ in range(draw.randint(*syllables))
            )
            if draw.random() < accented:
                word = word.replace("a", "á", 1).replace("o", "ö", 1).replace("e", "é", 1)
            words[word.capitalize()] = None
        return list(words)

    note_words = [word.lower() for word in invented(3_000, (1, 3), accented=0)]
    return Vocabulary(
        first_names=FIRST_NAMES + invented(2_000, (2, 3)),
        surnames=SURNAMES + invented(20_000, (2, 4)),
        companies=[f"{name} {draw.choice(LEGAL)}" for name in invented(30_000, (2, 3))],
        titles=[f"{level} {role}" for level in LEVELS for role in ROLES],
        tags=[word.lower() for word in invented(200, (2, 2), accented=0)],
        note_words=COMMON_NOTES + note_words,
    )


_COPY = """
copy crm.contacts (user_id, name, email, emails, company, title, linkedin_url, linkedin_slug, tags, notes, phones, source, created_at) from stdin
"""
_NULL = r"\N"
_ROWS_PER_CHUNK = 5_000
_NOTE_WORDS = 8
_MEASURED = "select id, split_part(subject, ' ', 2)::int from crm.users where subject like 'measured %' order by 2 desc"


def new_user(connection: pg8000.native.Connection, name: str, *, partition: int | None = None) -> str:
    """Makes a user, in a given partition where the number matters; answers the id as text."""
    return str(
        connection.run(
            """
            insert into crm.users (id, issuer, subject)
            select id, 'benchmark', :name || id from (select gen_random_uuid() as id from generate_series(1, 1000)) u
            where :partition::int is null
                or satisfies_hash_partition('crm.contacts'::regclass, 16, coalesce(:partition::int, 0), id) limit 1
            returning id""",
            name=name,
            partition=partition,
        )[0][0]
    )


def fill(connection: pg8000.native.Connection, user_id: str, count: int, words: Vocabulary, seed: int) -> None:
    """Gives a user `count` contacts; others with another seed."""
    connection.run(_COPY, stream=_rows(user_id, count, words, seed))


def _rows(user_id: str, count: int, words: Vocabulary, seed: int) -> Iterator[bytes]:
    """Rows for COPY; 15 % have no e-mail, half have a profile, a third a phone number."""
    rng = np.random.default_rng([SEED, seed])
    now = datetime.now(UTC)

    def drawn(choices: list[str], *shape: int) -> list[Any]:
        # a squared random number draws the first of n words with probability n ** -0.5
        return list(np.array(choices, dtype=object)[(rng.random(shape) ** 2 * len(choices)).astype(int)].tolist())

    for start in range(1, count + 1, _ROWS_PER_CHUNK):
        size = min(_ROWS_PER_CHUNK, count + 1 - start)
        firsts, lasts, companies = (
            drawn(choices, size) for choices in (words.first_names, words.surnames, words.companies)
        )
        titles, tags = drawn(words.titles, size), drawn(words.tags, size)
        notes = drawn(words.note_words, size, _NOTE_WORDS)
        lines = []
        for n, first, last, company, title, tag, note in zip(
            range(start, start + size), firsts, lasts, companies, titles, tags, notes, strict=True
        ):
            email = f"{_plain(first)}.{_plain(last)}{n}@{_plain(company.partition(' ')[0])}.com" if n % 20 > 2 else ""
            profile = f"https://www.linkedin.com/in/p{n}\tp{n}" if n % 2 == 0 else "\\N\t\\N"
            lines.append(
                f"{user_id}\t{first} {last}\t{email or _NULL}\t{{{email}}}\t{company}\t{title}\t{profile}\t{{{tag if n % 2 else ''}}}\t"
                f"{' '.join(note)}\t{{{f'+1 555 {n:07}' if n % 3 == 0 else ''}}}\tcsv\t{now - timedelta(minutes=n)}\n"
            )
        yield "".join(lines).encode()


@cache
def _plain(word: str) -> str:
    """As an e-mail address writes it."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()


def build(connection: pg8000.native.Connection, sizes: list[int], others: int) -> dict[int, str]:
    """Fills a migrated, empty database: one user of each size, all in one partition, beside `others` contacts of other users.

    Returns:
        User id by size.
    """
    words = vocabulary()
    connection.run("drop index crm.contacts_tsv")  # built in one go at the end: many times faster
    users = {size: new_user(connection, f"measured {size} ", partition=0) for size in sizes}
    for size, user_id in users.items():
        fill(connection, user_id, size, words, size)
    each = 5_000
    for number in range(others // each):  # a sixth beside the measured ones
        fill(connection, new_user(connection, "other ", partition=0 if number % 6 == 0 else None), each, words, number)
    connection.run("set maintenance_work_mem = '1GB'")
    connection.run("create index contacts_tsv on crm.contacts using gin (tsv) with (fastupdate = off)")
    connection.run("vacuum (analyze) crm.contacts")
    return users


def measured_users(url: str, sizes: list[int], others: int) -> dict[int, UUID]:
    """The measured users of a database, by size; it is filled where they are missing."""
    with contextlib.closing(owner_of(url)) as owner:
        if not owner.run(_MEASURED):
            print(f"filling with {sum(sizes) + others:,} contacts ...", flush=True)
            build(owner, sizes, others)
        return {size: user_id for user_id, size in owner.run(_MEASURED) or ()}
