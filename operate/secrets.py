"""Rotate the key that seals stored secrets: `python -m operate.secrets rotate`.

A key file gets a new version first; Cloud KMS makes versions itself. Then every secret in the database is wrapped with the newest
version, while the product runs. The key is that of `SECRETS_KEY`, or else the local stack's in `DATA_DIR`; the database is that of
`DATABASE_URL`, signed in to as the schema's owner, or else the local stack's.
"""

from __future__ import annotations

import argparse
import os
import sys

from dev.stack import Options, key_file
from operate.database import reachable
from shared.config import ConfigurationError
from shared.errors import CrmError
from shared.plumbing.postgres.owner import connected
from shared.plumbing.secrets.envelope import Sealer
from shared.plumbing.secrets.keys import KeyFile, open_keys
from shared.plumbing.secrets.rotation import rewrap_all


def main() -> None:
    """Rotate, and print how many secrets were wrapped."""
    parser = argparse.ArgumentParser(prog="python -m operate.secrets", description="The key of stored secrets.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("rotate", help="add a version to a key file, and wrap every secret with the newest version")
    parser.parse_args()
    options = Options.from_environment()
    try:
        keys = open_keys(os.environ.get("SECRETS_KEY", "").strip() or key_file(options.folder))
        if isinstance(keys, KeyFile):
            print(f"the key has version {keys.add_version()} now")
        with reachable(options) as url, connected(url) as owner:
            rotated = rewrap_all(owner, Sealer(keys))
    except (CrmError, ConfigurationError) as error:
        sys.exit(f"warmpath: {error}")
    print(f"{rotated.rewrapped} secrets were wrapped, {rotated.current} had been before")
    if rotated.unreadable:
        sys.exit(f"warmpath: {rotated.unreadable} secrets cannot be opened by any version of the key")


if __name__ == "__main__":
    main()
