"""Serve the gateway on a developer's machine with its tools; `dev.stack` starts this.

Usage: python -m dev.serve LISTENING_DESCRIPTOR DATA_FOLDER
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dev.frontend import is_being_built
from dev.issuer import KEY_FILE, PUBLISHED, Issuer, publish
from dev.mailbox import FOLDER, Mailbox
from dev.tools import tools
from selfhost.serve import Server
from shared.plumbing.telemetry.logs import log_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selfhost.gateway import Tool

MAILBOX = "DEV_MAILBOX"


def open_tools(folder: Path) -> Mapping[str, Tool]:
    """Make the tools; publish the keys and start the mailbox where the environment asks for them.

    Args:
        folder: folder of the issuer's key and of the mailbox.
    """
    issuer = Issuer(folder / KEY_FILE)
    if os.environ.get(PUBLISHED):
        publish(issuer, urlsplit(os.environ["OIDC_JWKS_URL"]).port or 0)
    mailbox = None
    if os.environ.get(MAILBOX):
        mailbox = Mailbox(folder / FOLDER, urlsplit(os.environ["SMTP_URL"]).port or 0)
        mailbox.start()
    return tools(issuer, mailbox)


def main() -> None:
    """Serve until a signal."""
    descriptor, folder = sys.argv[1:]
    sys.argv[1:] = []  # gunicorn would read them, too
    log_lines()
    Server(int(descriptor), open_tools=partial(open_tools, Path(folder)), is_being_built=is_being_built).run()


if __name__ == "__main__":
    main()
