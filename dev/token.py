"""Print a token of the local stack for an address: `curl -H "Authorization: Bearer $(python -m dev.token)" ...`."""

from __future__ import annotations

import argparse
import sys

from dev.client import LocalApi, LocalApiError
from dev.issuer import DEMO_EMAIL


def main() -> None:
    """Print a token from the running stack."""
    parser = argparse.ArgumentParser(prog="python -m dev.token", description="Prints a token of the local stack.")
    parser.add_argument("email", nargs="?", default=DEMO_EMAIL, help="address of the user (default: %(default)s)")
    parser.add_argument("--port", type=int, default=LocalApi.usual_port(), help="port of the stack (%(default)s)")
    arguments = parser.parse_args()
    try:
        print(LocalApi(arguments.port).token(arguments.email))
    except LocalApiError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
