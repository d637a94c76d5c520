"""How long a search takes at the SQL function: users of 1,000,000, 100,000 and 1,000 contacts side by side, among others.

    python -m benchmarks.search [--sizes 1000000,100000,1000] [--others 400000] [--lists]

asks three dozen classes of questions, the users in turn, and sets each beside the look-up of a contact by its id in the same session.
Some have filters beside them, or are a profile that was pasted; some ask only how many fit.
--lists measures pages of lists (`benchmarks.lists`) on the same database. With --cpu it counts processor time (of the server's
process and this one, on Linux), which a busy machine does not stretch. --database-url keeps a database for the next run.
"""

from __future__ import annotations

import json
import random
import statistics
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks import lists
from benchmarks.address_books import measured_users
from benchmarks.databases import database_url, owner_of, percentiles, server_cpu_ms, wall_ms
from benchmarks.results import Limit, Row, Table, run
from shared.contacts import repository
from shared.plumbing.postgres.connection import STATEMENT_TIMEOUT_S
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.plumbing.postgres.sql import Query

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

SEED = 3
LAST = 100  # more words than a field of an address book has

SEARCH = Query.parse("search", "many", "select id, score, name_key, matched from crm.search_contacts(:question, 20)")
AMONG = Query.parse(
    "among",
    "many",
    "select id, score, name_key, matched from crm.search_among(:question, :filters::jsonb, 20, null, null, null)",
)
COUNT = Query.parse("count", "value", "select crm.count_among(:question, :filters::jsonb)")
BY_ID = Query.parse(
    "by_id", "many", "select document from crm.contacts_json where user_id = :user_id::uuid and id = :contact_id::uuid"
)
LIMITS = {
    "rare prefix": Limit(10, metric="p95 ms"),
    "common word": Limit(10, metric="p95 ms"),
    "typo, one word": Limit(20, metric="p95 ms"),
    "e-mail, whole": Limit(10, metric="p95 ms"),
    "two filters": Limit(20, metric="p95 ms"),
}
# Ids are random, so the first of them are a fair sample.
SAMPLE = (
    "select id, name_key, coalesce(email_key, ''), company_key, coalesce(title, ''), tags, coalesce(notes, ''), "
    "coalesce(phones[1], ''), coalesce(linkedin_slug, ''), coalesce(company, '') from crm.contacts "
    "where user_id = :user_id and not is_self and id > gen_random_uuid() order by id limit 1"
)

Person = tuple["UUID", str, str, str, str, list[str], str, str, str, str]


class Filtered(NamedTuple):
    """A question with filters, as of lists; `is_count` asks for no contacts, only how many fit."""

    question: str
    filters: dict[str, Any]
    is_count: bool = False


class Profile(NamedTuple):
    """A profile's address, pasted."""

    slug: str


Question = str | Filtered | Profile


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


def classes(draw: random.Random) -> dict[str, Callable[[Person], Question]]:
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
        # With a title that the person has. A surname beside any other title finds nobody in a small book, and then what is measured is
        # the search for mistyped words: of some random questions half or more were, or were not.
        "rare + common word": lambda p: f"{word(p[1], 1)} {word(p[4], LAST).lower()}",
        "name + company": lambda p: f"{word(p[1], 1)} {word(p[3], 0)[:5]}",
        "e-mail (prefix)": lambda p: p[2][: p[2].find("@") + 4] if p[2] else word(p[1], 1),
        "e-mail, whole": lambda p: p[2] or word(p[1], 1),
        "e-mail, half of the top-level domain": lambda p: p[2][:-1] or word(p[1], 1),
        "@domain": lambda p: p[2][p[2].find("@") :][:6] if p[2] else "@gmail",
        "@domain, whole": lambda p: p[2][p[2].find("@") :] if p[2] else "@gmail.com",
        "domain, whole": lambda p: p[2][p[2].find("@") + 1 :] or "gmail.com",
        "phone, whole": lambda p: p[7] or "+1 555 0000003",
        "phone, the end of it": lambda p: (p[7] or "+1 555 0000003")[-7:],
        "phone, the first digits": lambda p: (p[7] or "+1 555 0000003")[3:10],
        "nickname": lambda p: f"{draw.choice(['bob', 'mike', 'bill', 'betty'])} {word(p[1], 1)[:5]}",
        "two words in one": lambda p: f"{word(p[1], 0)}{word(p[1], 1)}",
        "profile, pasted": lambda p: Profile(p[8] or "p2"),
        "tag": lambda p: p[5][0] if p[5] else "customer",
        "rare, one filter": lambda p: Filtered(word(p[1], 1)[:6], {"has_email": bool(p[2])}),
        "common, one filter": lambda p: Filtered("engineer", {"tags": p[5][:1] or ["customer"]}),
        "two filters": lambda p: Filtered(word(p[1], 0), {"has_email": bool(p[2]), "company": p[9]}),
        "two common filters": lambda p: Filtered("en", {"has_email": True, "tags": p[5][:1] or ["customer"]}),
        "typo, one filter": lambda p: Filtered(one_edit(draw, word(p[1], 1)), {"has_email": bool(p[2])}),
        "count of a rare word": lambda p: Filtered(word(p[1], 1), {}, is_count=True),
        "count of a common word": lambda _: Filtered("engineer", {}, is_count=True),
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


# Its question tells the last name only.
ONE_WORD = "typo, one word"
FINDS_THE_PERSON = {
    "two words",
    "full name, reversed",
    "rare + common word",
    "name + company",
    "e-mail, whole",
    "two words in one",
    ONE_WORD,
    "typo in one of two",
    "typos in both, swapped",
}


def answer(tx: Session, user_id: UUID, question: Question) -> list[Any]:
    """The rows that answer a question: of contacts their id, score, name and matched fields, in the order of the search."""
    match question:
        case Profile(slug):
            tx.value(repository.QUERIES.find_by_profile, user_id=user_id, slug=slug, filters="{}", limit=20)
            return []
        case Filtered(text, filters, True):
            tx.value(COUNT, question=text, filters=json.dumps(filters))
            return []
        case Filtered(text, filters):
            return tx.many(AMONG, question=text, filters=json.dumps(filters))
        case _:
            return tx.many(SEARCH, question=question)


def ask_about(
    people: dict[int, list[Person]],
    name: str,
    ask: Callable[[Person], Question],
    database: Database,
    users: dict[int, UUID],
    *,
    cpu: bool,
) -> dict[int, Asked]:
    """Asks questions of a class about as many people of each user, in turn."""
    asked = {size: Asked() for size in users}
    for number in range(len(next(iter(people.values())))):
        for size, user_id in users.items():
            person, mine = people[size][number], asked[size]
            question = ask(person)
            # a count of a common word reads a tenth of the book, and the machine may be busy
            timeout_s = 60.0 if isinstance(question, Filtered) and question.is_count else STATEMENT_TIMEOUT_S
            with database.read(user_id, timeout_s=timeout_s) as tx:
                clock = server_cpu_ms(tx) if cpu else wall_ms
                began = clock()
                tx.many(BY_ID, user_id=user_id, contact_id=person[0])
                looked_up = clock()
                rows = answer(tx, user_id, question)
                mine.took(looked_up - began, clock() - looked_up)
                meant = person[1].split()[-1] if name == ONE_WORD else person[1]
                mine.found += any(meant in row[2] for row in rows)
    return asked


class Asked:
    """What questions of one class took a user, and the look-up of a contact by its id before each."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.floor: list[float] = []
        self.found = 0

    def took(self, floor_ms: float, ms: float) -> None:
        """One question."""
        self.floor.append(floor_ms)
        self.times.append(ms)

    def row(self, name: str, size: int, floor: float) -> Row:
        """The metrics, and how many times a look-up the median is."""
        ratio = statistics.median(self.times) / floor
        return Row(name, percentiles(self.times), size, ratio=ratio, limit=LIMITS.get(name))


def table(url: str, users: dict[int, UUID], repeats: int, only: str, *, cpu: bool) -> Table:
    """A row for each class of question and user."""
    draw, taken, found = random.Random(SEED), [], []
    with closing(owner_of(url)) as owner, closing(Database(Pool(connect_to_url(url), 1))) as database:
        for name, ask in classes(draw).items():
            if only not in name:
                continue
            people = {
                size: [owner.run(SAMPLE, user_id=user_id)[0] for _ in range(repeats)] for size, user_id in users.items()
            }
            ask_about(
                {size: some[:1] for size, some in people.items()}, name, ask, database, users, cpu=cpu
            )  # prepares
            asked = ask_about(people, name, ask, database, users, cpu=cpu)
            taken += [(name, size, mine) for size, mine in asked.items()]
            if name in FINDS_THE_PERSON:
                share = sum(mine.found for mine in asked.values()) / repeats / len(users)
                found.append(f"{share:.0%} ({name})")
    floor = statistics.median(ms for _, _, mine in taken for ms in mine.floor)
    rows = [mine.row(name, size, floor) for name, size, mine in taken]
    note = f"Somebody of the name that was meant was among the first twenty: {', '.join(found)}." if found else ""
    return Table(
        "search",
        rows,
        floor="a contact by its id",
        sizes="contacts",
        note=note,
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much, and what."""
    parser.add_argument("--database-url")
    parser.add_argument("--sizes", default="1000000,100000,1000")
    parser.add_argument("--others", type=int, default=400_000, help="contacts of others beside them")
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--only", default="", help="classes whose name has this in it")
    parser.add_argument("--cpu", action="store_true", help="processor time of the server's process and this one")
    parser.add_argument("--lists", action="store_true", help="pages of lists, too")


def measure(options: argparse.Namespace) -> list[Table]:
    """Fills the database where it has to be, and asks."""
    with database_url(options.database_url) as url:
        users = measured_users(url, [int(size) for size in options.sizes.split(",")], options.others)
        tables = [table(url, users, options.repeats, options.only, cpu=options.cpu)]
        return [*tables, lists.table(url, users, options.repeats)] if options.lists else tables


if __name__ == "__main__":
    run(__doc__, measure, arguments)
