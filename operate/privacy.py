"""Answer the wish of a person by one command: `python -m operate.privacy show|erase|suppress|admit EMAIL`.

People can do the same by themselves with a mailed link, at `/api/crm/privacy`. The database is that of `DATABASE_URL`, or else the local
stack's in `DATA_DIR`.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from dev.stack import Options
from operate.database import reachable
from shared.errors import CrmError
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.privacy import repository


def main() -> None:
    """Run the command, and print what is held about the address then."""
    parser = argparse.ArgumentParser(
        prog="python -m operate.privacy",
        description="The facts that this installation holds about an address, and the wish of its owner.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    explained = {
        "show": "print what is held",
        "erase": "delete what providers and sources have said, and ask none again",
        "suppress": "the same, and let no import, connected account or letter take the address",
        "admit": "take erase or suppress back",
    }
    for name, text in explained.items():
        commands.add_parser(name, help=text).add_argument("email")
    asked = parser.parse_args()
    now = datetime.now(UTC)
    try:
        with (
            reachable(Options.from_environment()) as url,
            Database(Pool(connect_to_url(url), 1)).transaction(None) as tx,
        ):
            if asked.command in {"erase", "suppress"}:
                repository.erase_facts(tx, asked.email, keeps_away=asked.command == "suppress", now=now)
            elif asked.command == "admit":
                repository.admit_again(tx, asked.email)
            facts = repository.facts_about(tx, asked.email, now)
    except CrmError as error:
        sys.exit(f"warmpath: {error}")
    print(json.dumps(facts, indent=2))


if __name__ == "__main__":
    main()
