"""Migrate or seed a database from the terminal: `python -m operate.database migrate|seed`.

The database is that of `DATABASE_URL`, or else the local stack's, whether the stack runs or not.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from dev.postgres import Postgres
from dev.processes import data_folder, say
from dev.seed.load import seed
from dev.servers import servers
from dev.stack import Options
from shared.errors import CrmError
from shared.plumbing.postgres.migrate import migrate
from shared.plumbing.postgres.owner import connected

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def reachable(options: Options) -> Iterator[str]:
    """Make the database reachable while the block lasts, and return the owner's URL.

    Raises:
        StackError: the database cannot be started.
    """
    if options.database_url:
        yield options.database_url
        return
    running = Postgres(options.folder)
    if running.attach():
        yield running.url()
        return
    with data_folder(options.folder) as folder, servers(folder, redis=False) as started:
        assert started.postgres is not None
        yield started.postgres.url()


def main() -> None:
    """Run the command that the first argument names."""
    commands = {"migrate": _migrate, "seed": _seed}
    try:
        command = commands[sys.argv[1]]
    except (IndexError, KeyError):
        sys.exit("usage: python -m operate.database migrate|seed")
    try:
        with reachable(Options.from_environment()) as url:
            command(url)
    except CrmError as error:
        sys.exit(f"warmpath: {error}")


def _migrate(url: str) -> None:
    with connected(url) as connection:
        if not migrate(connection, log=say):
            say("the database is up to date")


def _seed(url: str) -> None:
    _migrate(url)
    if not seed(url, say=say):
        say("the demo user has contacts already")


if __name__ == "__main__":
    main()
