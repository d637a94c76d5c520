"""The program of a container: some functions (`FUNCTION_TARGET`), everything behind the gateway, or the migration.

Usage: python -m selfhost.container [serve|migrate]
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
from pathlib import Path

DEFAULT_PORT = 8080
BACKLOG = 2048
DIST = Path(__file__).parent.parent / "frontend" / "dist"
# The gateway takes messages of a Pub/Sub emulator with this secret; without one it takes no messages.
_PUSH_TOKEN = "DEV_PUSH_TOKEN"  # noqa: S105 - the name of a variable


def main() -> None:
    """Run the command that the first argument names; `serve` without one."""
    commands = {"serve": serve, "migrate": migrate}
    command = commands.get(sys.argv[1] if len(sys.argv) > 1 else "serve")
    if command is None:
        sys.exit("usage: python -m selfhost.container [serve|migrate]")
    sys.argv[1:] = []  # gunicorn would read them, too
    command()


def serve() -> None:
    """Serve HTTP on `PORT` until a signal."""
    port = int(os.environ.get("PORT") or DEFAULT_PORT)
    targets = [name.strip() for name in os.environ.get("FUNCTION_TARGET", "").split(",") if name.strip()]
    if targets:
        from selfhost.service import serve_functions
        from shared.manifest import functions

        serve_functions(targets, functions(), port)
        return
    from selfhost.serve import Server
    from selfhost.sign_in import CONFIG, write_sign_in
    from shared.plumbing.telemetry.logs import in_the_cloud, log_json, log_lines

    if in_the_cloud():
        log_json()
    else:
        log_lines()
    if os.environ.get("PUBSUB_EMULATOR_HOST"):
        os.environ.setdefault(_PUSH_TOKEN, secrets.token_urlsafe())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sign_in = write_sign_in(os.environ, DIST / CONFIG, folder)
        listening = socket.create_server(("", port), backlog=BACKLOG)
        listening.set_inheritable(True)
        Server(listening.detach(), sign_in=sign_in).run()


def migrate() -> None:
    """Migrate the database of `DATABASE_URL`."""
    from selfhost.migration import migrate as bring_up_to_date

    bring_up_to_date(os.environ)


if __name__ == "__main__":
    main()
