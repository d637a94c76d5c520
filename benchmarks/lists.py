"""How long a page of a list takes, at any depth: users of 1,000,000, 100,000 and 1,000 contacts side by side, as in `benchmarks.search`.

    python -m benchmarks.lists [--sizes 1000000,100000,1000] [--database-url postgresql://owner@localhost:5432/search_benchmark]

Pages of 50, as the functions ask for them (under row-level security, JSON built by Postgres). `deep` pages begin at random
places of the list.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from benchmarks.address_books import measured_users
from benchmarks.databases import database_url, owner_of, percentiles, wall_ms
from benchmarks.results import Row, Table, run
from shared.contacts import repository
from shared.contacts.repository import Filters
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url

if TYPE_CHECKING:
    import argparse
    from uuid import UUID

    from shared.plumbing.postgres.database import Session

PAGE = 50
KEYS = {
    "name": "name_key",
    "company": "company_key",
    "-created_at": "created_at::text",
    "-updated_at": "updated_at::text",
}
NAMES = {"name": "by name", "company": "by company", "-created_at": "newest first", "-updated_at": "changed last first"}
PLACE = f"select {', '.join(KEYS.values())}, id from crm.contacts where user_id = :user_id and id > gen_random_uuid() order by id limit 1"
TAGS = "select t from (select unnest(tags) from crm.contacts where user_id = :user_id limit 20000) u (t) group by t order by count(*) desc"
EVERYBODY = Filters()

Place = tuple[Any, "UUID"]
Ask = Callable[["Session", random.Random, dict[str, Place]], object]


def pages(frequent: list[str], rare: list[str]) -> dict[str, Ask]:
    """A way to ask for a page, by name."""

    def listed(sort: str, *, deep: bool) -> Ask:
        return lambda tx, _, places: repository.list_contacts(tx, sort, places[sort] if deep else None, PAGE)

    def filtered(sort: str, **given: Any) -> Ask:
        return lambda tx, _, __: repository.list_contacts(tx, sort, None, PAGE, EVERYBODY._replace(**given))

    def tagged(tags: list[str]) -> Ask:
        return lambda tx, draw, _: repository.list_contacts(
            tx, "name", None, PAGE, EVERYBODY._replace(tags=[draw.choice(tags)])
        )

    return {
        **{
            f"{NAMES[sort]}, {'deep' if deep else 'first'}": listed(sort, deep=deep)
            for sort in KEYS
            for deep in (False, True)
        },
        "common tag": tagged(frequent),
        "rare tag": tagged(rare),
        "two tags": filtered("name", tags=[frequent[0], frequent[1]]),
        "no such tag": filtered("-created_at", tags=["nobody has this"]),
        "a company": filtered("name", company="Acme Nowhere"),
        "with e-mail": filtered("-updated_at", has_email=True),
        "without e-mail": filtered("name", has_email=False),
        "count": lambda tx, _, __: repository.count_contacts(tx, EVERYBODY),
    }


def table(url: str, users: dict[int, UUID], repeats: int) -> Table:
    """A row for each kind of page and user; milliseconds by the clock."""
    draw, rows = random.Random(1), []
    with closing(owner_of(url)) as owner, closing(Database(Pool(connect_to_url(url), 1))) as database:
        for size, user_id in users.items():
            known = [tag for (tag,) in owner.run(TAGS, user_id=user_id)]
            for name, ask in pages(known[:10], known[-10:]).items():
                times = []
                with database.read(user_id) as tx:
                    for _ in range(repeats + 1):
                        *keys, contact_id = owner.run(PLACE, user_id=user_id)[0]
                        places = {sort: (key, contact_id) for sort, key in zip(KEYS, keys, strict=True)}
                        began = wall_ms()
                        ask(tx, draw, places)
                        times.append(wall_ms() - began)
                rows.append(Row(name, percentiles(times[1:]), size))  # the first one is prepared
    return Table("pages of lists", rows, sizes="contacts")


def arguments(parser: argparse.ArgumentParser) -> None:
    """How much, and where."""
    parser.add_argument("--database-url")
    parser.add_argument("--sizes", default="1000000,100000,1000")
    parser.add_argument("--others", type=int, default=400_000)
    parser.add_argument("--repeats", type=int, default=100)


def measure(options: argparse.Namespace) -> list[Table]:
    """Fills the database where it has to be, and asks."""
    with database_url(options.database_url) as url:
        users = measured_users(url, [int(size) for size in options.sizes.split(",")], options.others)
        return [table(url, users, options.repeats)]


if __name__ == "__main__":
    run(__doc__, measure, arguments)
