"""How long a page of a list takes, at any depth: users of 1,000,000, 100,000 and 1,000 contacts side by side, on the database of `benchmarks.search`.

    python -m benchmarks.lists --database-url postgresql://owner@localhost:5432/search_benchmark

prints milliseconds p50 / p95 / max of pages of 50, as the functions ask for them (under row-level security, JSON built by Postgres).
`deep` pages begin at random places of the list.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pg8000.native

from benchmarks.search import prepared
from shared.contacts import repository
from shared.contacts.repository import Filters
from shared.database import Database
from shared.pool import Pool, connect_to_url

if TYPE_CHECKING:
    from uuid import UUID

    from shared.database import Session

PAGE = 50
KEYS = {
    "name": "name_key",
    "company": "company_key",
    "-created_at": "created_at::text",
    "-updated_at": "updated_at::text",
}
EVERYBODY = Filters(tags=[], company=None, has_email=None)

Place = tuple[Any, "UUID"]
Ask = Callable[["Session", random.Random, dict[str, Place]], object]


def pages(frequent: list[str], rare: list[str]) -> dict[str, Ask]:
    """A way to ask for a page, by name."""

    def listed(sort: str, *, deep: bool) -> Ask:
        return lambda tx, _, places: repository.list_contacts(tx, sort, places[sort] if deep else None, PAGE)

    def filtered(sort: str, **given: Any) -> Ask:
        return lambda tx, _, __: repository.list_contacts(tx, sort, None, PAGE, replace(EVERYBODY, **given))

    def tagged(tags: list[str]) -> Ask:
        return lambda tx, draw, _: repository.list_contacts(
            tx, "name", None, PAGE, replace(EVERYBODY, tags=[draw.choice(tags)])
        )

    return {
        **{
            f"{sort}, {'deep' if deep else 'first'}": listed(sort, deep=deep) for sort in KEYS for deep in (False, True)
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


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--repeats", type=int, default=100)
    options = parser.parse_args()
    users = prepared(options.database_url)
    parts = urlsplit(options.database_url)
    owner = pg8000.native.Connection(
        parts.username or "",
        parts.hostname or "",
        parts.path[1:],
        parts.port or 5432,
        parts.password,
        ssl_context=False,
    )
    draw = random.Random(1)
    place = f"select {', '.join(KEYS.values())}, id from crm.contacts where user_id = :user_id and id > gen_random_uuid() order by id limit 1"
    tags = "select t from (select unnest(tags) from crm.contacts where user_id = :user_id limit 20000) u (t) group by t order by count(*) desc"
    print(f"{'page':20} {'contacts':>9} {'p50':>7} {'p95':>7} {'max':>7}")
    with closing(owner), closing(Database(Pool(connect_to_url(options.database_url), 1))) as database:
        for size, user_id in users.items():
            known = [tag for (tag,) in owner.run(tags, user_id=user_id)]
            for name, ask in pages(known[:10], known[-10:]).items():
                times = []
                with database.read(user_id) as tx:
                    for repeat in range(options.repeats + 1):
                        *keys, contact_id = owner.run(place, user_id=user_id)[0]
                        places = {sort: (key, contact_id) for sort, key in zip(KEYS, keys, strict=True)}
                        begun = time.perf_counter()
                        ask(tx, draw, places)
                        if repeat:  # the first one is prepared
                            times.append((time.perf_counter() - begun) * 1000)
                times.sort()
                p95 = times[int(len(times) * 0.95)]
                print(f"{name:20} {size:9,} {times[len(times) // 2]:7.2f} {p95:7.2f} {times[-1]:7.2f}", flush=True)


if __name__ == "__main__":
    main()
