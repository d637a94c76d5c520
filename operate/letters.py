"""See and change how many letters a sender may send: `python -m operate.letters show|set|stop|reset EMAIL`.

A decision is kept by a hash of the address, so it also holds after the account was erased. The database is that of `DATABASE_URL`,
or else the local stack's in `DATA_DIR`.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime, timedelta

from dev.stack import Options
from operate.database import reachable
from shared.email import service
from shared.email.models import LetterDecision
from shared.errors import CrmError
from shared.models import validated
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url


def main() -> None:
    """Run the command, and print what is known of the address."""
    parser = argparse.ArgumentParser(
        prog="python -m operate.letters",
        description="The budget of letters of one sender: what is left, and what is decided.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    explained = {
        "show": "print what is known of a sender or mailbox",
        "set": "give a sender a number of letters a day",
        "stop": "let a sender send no more letters",
        "reset": "let the settings count again",
    }
    for name, text in explained.items():
        command = commands.add_parser(name, help=text)
        command.add_argument("email", help="address of the sender, as in their token")
        if name == "set":
            command.add_argument("--letters", type=int, help="in 24 hours, of all kinds; 0 for none")
            command.add_argument("--asks", type=int, help="introductions among them; 0 for none")
        if name in {"set", "stop"}:
            command.add_argument("--days", type=int, help="how long the decision holds; for good unless given")
            command.add_argument("--note", default="", help="the reason")
    asked = parser.parse_args()
    now = datetime.now(UTC)
    wanted: dict[str, object] = {"email": asked.email, "reset": asked.command == "reset"}
    if asked.command in {"set", "stop"}:
        stops = asked.command == "stop"
        wanted |= {
            "letters": 0 if stops else asked.letters,
            "asks": 0 if stops else asked.asks,
            "until": None if asked.days is None else now + timedelta(days=asked.days),
            "note": asked.note,
        }
        if not stops and asked.letters is None and asked.asks is None:
            parser.error("set needs --letters, --asks or both")
    try:
        decision = validated(LetterDecision, wanted)
        with reachable(Options.from_environment()) as url, _database(url).transaction(None) as tx:
            known = service.decide(tx, decision, now)
    except CrmError as error:
        sys.exit(f"warmpath: {error}")
    print(json.dumps(known, indent=2))


def _database(url: str) -> Database:
    return Database(Pool(connect_to_url(url), 1))


if __name__ == "__main__":
    main()
