"""Dead letters from the terminal: `python -m operate.dead_letters list` and `replay`.

The database is that of `DATABASE_URL`, or else the local stack's in `DATA_DIR`.
"""

from __future__ import annotations

import argparse
import sys

from dev.stack import Options
from operate.database import reachable
from shared.errors import CrmError
from shared.manifest import functions
from shared.plumbing.events import outbox
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url


def main() -> None:
    """List dead letters, or send them to their consumers again."""
    topics = sorted({function.topic for function in functions().values() if function.topic})
    parser = argparse.ArgumentParser(prog="python -m operate.dead_letters", description=__doc__)
    parser.add_argument("command", choices=["list", "replay"])
    parser.add_argument("--topic", choices=topics, default="contact-enrichment")
    parser.add_argument("--limit", type=int, default=100)
    asked = parser.parse_args()
    try:
        with reachable(Options.from_environment()) as url, _database(url).transaction(None) as tx:
            if asked.command == "replay":
                print(f"{outbox.replay_dead_letters(tx, asked.topic, asked.limit)} dead letters are sent again")
                return
            for letter in outbox.list_dead_letters(tx, asked.topic, asked.limit):
                print(
                    f"{letter['died_at']:%Y-%m-%d %H:%M:%S} {letter['id']} sent {letter['sends']}x: {letter['reason']}"
                )
    except CrmError as error:
        sys.exit(f"warmpath: {error}")


def _database(url: str) -> Database:
    return Database(Pool(connect_to_url(url), 1))


if __name__ == "__main__":
    main()
