"""How long a search takes at the SQL function: users of 1,000,000, 100,000 and 1,000 contacts side by side, among others.

    python -m benchmarks.search --database-url postgresql://owner@localhost:5432/search_benchmark

makes the database where it is missing (minutes; kept for the next run) and prints milliseconds p50 / p95 / max for each class of question
and user. With --cpu it prints the processor time of the server's process (on this machine, Linux), which a busy machine does not stretch. `found`: how often somebody of the name that was meant is among the first twenty.
"""

from __future__ import annotations

import argparse
import random
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pg8000.native

from benchmarks.address_books import build
from shared.database import Database
from shared.migrate import migrate
from shared.pool import Pool, connect_to_url
from shared.sql import Query

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from shared.database import Session

SIZES = [1_000_000, 100_000, 1_000]
OTHERS = 1_200_000
SEED = 3

SEARCH = Query.parse("search", "many", "select id, score, name_key, matched from crm.search_contacts(:question, 20)")
BACKEND = Query.parse("backend", "value", "select pg_backend_pid()")
# Ids are random, so the first of them are a fair sample.
SAMPLE = (
    "select id, name_key, coalesce(email_key, ''), company_key, coalesce(title, ''), tags, coalesce(notes, '') from crm.contacts "
    "where user_id = :user_id and not is_self and id > gen_random_uuid() order by id limit 1"
)

Person = tuple["UUID", str, str, str, str, list[str], str]


def one_edit(draw: random.Random, word: str) -> str:
    """The word with a typing error: swaps are the commonest."""
    place = draw.randrange(len(word) - 1)
    kind = draw.random()
    if kind < 0.4:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind < 0.7:
        return word[:place] + word[place + 1 :]
    letter = draw.choice("abcdefghijklmnopqrstuvwxyz")
    return word[:place] + letter + word[place + (kind < 0.85) :]


def classes(draw: random.Random) -> dict[str, Callable[[Person], str]]:
    """A way to ask for a person, by name of the class."""

    def word(text: str, number: int) -> str:
        words = text.split()
        return words[min(number, len(words) - 1)] if words else "nobody"

    return {
        "rare prefix": lambda p: word(p[1], 1)[:6],
        "two words": lambda p: f"{word(p[1], 0)[:4]} {word(p[1], 1)[:5]}",
        "full name, reversed": lambda p: f"{word(p[1], 1)} {word(p[1], 0)}",
        "common word": lambda _: draw.choice(["engineer", "senior", "sales", "manager", "inc", "met", "software"]),
        "two common words": lambda _: draw.choice(
            ["software engineer", "sales manager", "senior product", "met berlin", "may an"]
        ),
        "rare + common word": lambda p: f"{word(p[1], 1)} engineer",
        "name + company": lambda p: f"{word(p[1], 1)} {word(p[3], 0)[:5]}",
        "e-mail (prefix)": lambda p: p[2][: p[2].find("@") + 4] if p[2] else word(p[1], 1),
        "@domain": lambda p: p[2][p[2].find("@") :][:6] if p[2] else "@gmail",
        "tag": lambda p: p[5][0] if p[5] else "customer",
        "typo, one word": lambda p: one_edit(draw, word(p[1], 1)),
        "typo in one of two": lambda p: f"{word(p[1], 0)} {one_edit(draw, word(p[1], 1))}",
        "typos in both, swapped": lambda p: f"{one_edit(draw, word(p[1], 1))} {one_edit(draw, word(p[1], 0))}",
        "typo in the company": lambda p: one_edit(draw, word(p[3], 0)),
        "no match, one word": lambda _: "".join(draw.choice("qxyjkv") for _ in range(8)),
        "no match, two words": lambda p: f"{word(p[1], 0)} " + "".join(draw.choice("qxyjkv") for _ in range(8)),
        "1 letter": lambda p: p[1][:1],
        "2 letters": lambda p: p[1][:2],
        "3 letters": lambda p: p[1][:3],
        "will, may an, so no": lambda _: draw.choice(["will", "may an", "so no", "mark will", "no"]),
    }


FINDS_THE_PERSON = {
    "two words",
    "full name, reversed",
    "name + company",
    "typo, one word",
    "typo in one of two",
    "typos in both, swapped",
}


def measure(url: str, users: dict[int, UUID], repeats: int, only: str | None, *, cpu: bool = False) -> None:
    """Prints one line for each class of question and user."""
    draw = random.Random(SEED)
    parts = urlsplit(url)
    owner = pg8000.native.Connection(
        parts.username or "", parts.hostname or "", parts.path[1:], parts.port or 5432, parts.password
    )
    database = Database(Pool(connect_to_url(url), 1))
    print(f"{'class':24} {'contacts':>9} {'p50':>7} {'p95':>7} {'max':>7}  found")
    with closing(owner), closing(database):
        for name, ask in classes(draw).items():
            if only and only not in name:
                continue
            for size, user_id in users.items():
                people = [owner.run(SAMPLE, user_id=user_id)[0] for _ in range(repeats)]
                times, found = [], 0
                with database.read(user_id) as tx:
                    tx.many(SEARCH, question="warm up")
                    clock = server_clock(tx) if cpu else time.perf_counter
                    for person in people:
                        question = ask(person)
                        begun = clock()
                        rows = tx.many(SEARCH, question=question)
                        times.append((clock() - begun) * 1000)
                        meant = person[1].split()[-1] if name == "typo, one word" else person[1]
                        found += any(meant in row[2] for row in rows)
                times.sort()
                share = f"{found}/{repeats}" if name in FINDS_THE_PERSON else ""
                p95 = times[int(len(times) * 0.95)]
                print(
                    f"{name:24} {size:9,} {times[len(times) // 2]:7.1f} {p95:7.1f} {times[-1]:7.1f}  {share}",
                    flush=True,
                )


def server_clock(tx: Session) -> Callable[[], float]:
    """Seconds of processor time of the process that answers this session."""
    used = Path(f"/proc/{tx.value(BACKEND)}/schedstat")
    return lambda: int(used.read_text(encoding="ascii").split()[0]) / 1e9


def prepared(url: str) -> dict[int, UUID]:
    """The measured users of the database, which is made and filled where it is missing."""
    parts = urlsplit(url)
    name = parts.path[1:]
    where = (parts.username or "", parts.hostname or "", parts.port or 5432, parts.password)
    with closing(pg8000.native.Connection(where[0], where[1], "postgres", where[2], where[3])) as server:
        if not server.run("select 1 from pg_database where datname = :name", name=name):
            server.run(f'create database "{name}"')
    with closing(pg8000.native.Connection(where[0], where[1], name, where[2], where[3])) as owner:
        migrate(owner)
        known = owner.run(
            "select id, split_part(subject, ' ', 2)::int from crm.users where subject like 'measured %' order by 2 desc"
        )
        if known:
            return {size: user_id for user_id, size in known}
        print(f"filling {name} ...", flush=True)
        build(owner, SIZES, OTHERS)
    return prepared(url)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--only", help="classes whose name has this in it")
    parser.add_argument("--cpu", action="store_true", help="processor time of the server's process")
    options = parser.parse_args()
    measure(options.database_url, prepared(options.database_url), options.repeats, options.only, cpu=options.cpu)


if __name__ == "__main__":
    main()
