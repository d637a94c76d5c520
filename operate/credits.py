"""Give a user of the local stack credits: `python -m operate.credits grant EMAIL N`.

Contacts that waited for credits continue by themselves. The database is that of `DATABASE_URL`, or else the local
stack's in `DATA_DIR`.
"""

from __future__ import annotations

import argparse
import sys

from dev.stack import Options
from operate.database import reachable
from shared.enrichment import credits as ledger
from shared.errors import CrmError
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url

NOTE = "granted on this machine"


def main() -> None:
    """Grant credits and print the new balance."""
    parser = argparse.ArgumentParser(
        prog="python -m operate.credits", description="Credits of a user of the local stack."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    grant = commands.add_parser("grant", help="give credits")
    grant.add_argument("email", help="address of the user, as in their token")
    grant.add_argument("credits", type=int, help="how many, 1 or more")
    asked = parser.parse_args()
    if asked.credits < 1:
        parser.error(f"credits must be 1 or more, not {asked.credits}")
    try:
        with reachable(Options.from_environment()) as url, _database(url).transaction(None) as tx:
            balance = ledger.grant(tx, ledger.find_user(tx, asked.email), asked.credits, NOTE)
    except CrmError as error:
        sys.exit(f"warmpath: {error}")
    print(f"{asked.email} has {balance} credits")


def _database(url: str) -> Database:
    return Database(Pool(connect_to_url(url), 1))


if __name__ == "__main__":
    main()
