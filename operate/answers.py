"""See how ready people are to pass introductions on, as it was learned: `python -m operate.answers show|learn`.

`learn` counts the outcomes of the last two years again first, which the schedule of introductions does once a day. The database is
that of `DATABASE_URL`, or else the local stack's in `DATA_DIR`.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dev.stack import Options
from operate.database import reachable
from shared.errors import CrmError
from shared.introductions import learning
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shared.introductions.learning import AnswerRate


def main() -> None:
    """Run the command, and print the rates with the counts they follow from."""
    parser = argparse.ArgumentParser(
        prog="python -m operate.answers",
        description="How ready people are to pass introductions on, as it was learned.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("show", help="print the rates and the counts they follow from")
    commands.add_parser("learn", help="count the outcomes again, then print")
    asked = parser.parse_args()
    try:
        with reachable(Options.from_environment()) as url:
            database = Database(Pool(connect_to_url(url), 1))
            with database.transaction(None) as tx:
                if asked.command == "learn":
                    learning.learn(tx, datetime.now(UTC))
                rates = learning.list_rates(tx)
    except CrmError as error:
        sys.exit(f"warmpath: {error}")
    print(table(rates))


def table(rates: Iterable[AnswerRate]) -> str:
    """The rates as a table, the readiest first.

    `rate` is the chance of a yes over a tie that certainly holds; `start` is the rate before anybody has answered, which weighs as
    much as 20 questions.
    """
    lines = [f"{'who':<14}{'rate':>7}{'start':>7}{'asked':>8}{'said yes':>10}{'sum of strengths':>18}"]
    lines += [
        f"{rate.readiness:<14}{rate.rate:>7.3f}{rate.start_rate:>7.3f}{rate.asked:>8}{rate.accepted:>10}{rate.expected:>18.1f}"
        for rate in rates
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
