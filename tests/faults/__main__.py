"""Makes faults, hundreds of them, while people are at work, and tells whether every promise was kept.

Usage: python -m tests.faults [--seed 7] [--runs 1] [--minutes 5] [--carrier outbox|pubsub|both] [--users 10] [--gap 0.7]
"""

from __future__ import annotations

import argparse
import logging
import sys
import time

from tests.faults.emulator import GCLOUD
from tests.faults.run import GAP_S, USERS, run


def main() -> None:
    """Prints a report of each run; ends with 1 when a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000, help="the same seed, the same faults")
    parser.add_argument("--runs", type=int, default=1, help="so many, each with the next seed")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--carrier", choices=("outbox", "pubsub", "both"), default="both", help="both: in turn")
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--gap", type=float, default=GAP_S, help="seconds between two faults, on average")
    given = parser.parse_args()
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    carriers = ("outbox", "pubsub") if given.carrier == "both" else (given.carrier,)
    if GCLOUD is None:
        print("left out: Pub/Sub's emulator (gcloud components install pubsub-emulator)")
        carriers = ("outbox",)
    bad = 0
    for number in range(given.runs):
        seed = given.seed + number
        carrier = carriers[seed % len(carriers)]
        report = run(seed, given.minutes * 60, carrier=carrier, users=given.users, gap_s=given.gap)
        print(report, flush=True)
        bad += bool(report.findings)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
