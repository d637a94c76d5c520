"""Serves the gateway with the server that functions-framework runs in the cloud; started by `dev.run`.

Usage: python -m dev.serve LISTENING_DESCRIPTOR DATA_FOLDER
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gunicorn.app.base import BaseApplication

from dev.deliveries import Deliveries
from dev.gateway import Functions, create_gateway
from dev.incoming import HEADER_FIELD_BYTES, HEADER_FIELDS, REQUEST_LINE_BYTES
from dev.issuer import KEY_FILE, PUBLISHED, Issuer, publish
from dev.launch import end_with_parent
from dev.mailbox import FOLDER, Mailbox
from dev.scheduler import Scheduler
from dev.waiting import refuse_late
from shared.edge.deps import deps
from shared.manifest import functions
from shared.plumbing.telemetry.logs import log_lines

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from gunicorn.workers.base import Worker

# As many as one instance in the cloud answers at once.
THREADS = 16
# All that come are taken at once, as only who was taken is known to wait (see `dev.waiting`); those that have nothing to
# say make room for others (see `dev.worker`).
CONNECTIONS = 4096
# Sockets of our own, files of answers and uploads.
SPARE_FILES = 1024
# Requests under way when the stack is stopped get so long to finish, in seconds.
GRACE_S = 3
KEEP_ALIVE_S = 30
MAILBOX = "DEV_MAILBOX"
PUSH_TOKEN = "DEV_PUSH_TOKEN"  # noqa: S105 - the name of a variable


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with one process of threads, on a socket that was opened before.

    Args:
        descriptor: of the socket.
        folder: where the issuer's key and the mailbox are.
        apps: the functions' apps; made in the process that serves unless given.
        tools: whether anybody on this machine may have a token; never where others come.
        sign_in: what the app reads as `/config.json`; the file beside the built app unless given.
    """

    def __init__(
        self,
        descriptor: int,
        folder: Path,
        apps: Functions | None = None,
        *,
        tools: bool = False,
        sign_in: Path | None = None,
    ) -> None:
        self._options: dict[str, Any] = {
            "bind": f"fd://{descriptor}",
            "workers": 1,
            "worker_class": "dev.worker.Worker",
            "threads": THREADS,
            "worker_connections": _connections(),
            "timeout": 0,
            "graceful_timeout": GRACE_S,
            "keepalive": KEEP_ALIVE_S,
            "limit_request_line": REQUEST_LINE_BYTES,
            "limit_request_fields": HEADER_FIELDS,
            "limit_request_field_size": HEADER_FIELD_BYTES,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_fork": _after_fork,
        }
        self._folder = folder
        self._apps = apps
        self._tools = tools
        self._sign_in = sign_in
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def _carry_events(self, apps: Functions) -> None:
        settings = deps().settings
        if settings.event_delivery == "outbox":
            Deliveries(functions(), apps.app, lambda: deps().database).start()
        elif os.environ.get("PUBSUB_EMULATOR_HOST"):
            from dev.emulator import make_subscriptions

            make_subscriptions(
                functions().values(),
                project=settings.google_cloud_project,
                base_url=settings.public_url,
                token=os.environ[PUSH_TOKEN],
            )

    def load(self) -> WSGIApplication:
        """Called by gunicorn in the process that serves: nothing is opened before it is there."""
        issuer = Issuer(self._folder / KEY_FILE) if self._tools else None
        if issuer is not None and os.environ.get(PUBLISHED):
            publish(issuer, urlsplit(os.environ["OIDC_JWKS_URL"]).port or 0)
        apps = self._apps or Functions()
        Scheduler(functions(), apps.app).start()
        self._carry_events(apps)
        mailbox = None
        if self._tools and os.environ.get(MAILBOX):
            mailbox = Mailbox(self._folder / FOLDER, urlsplit(os.environ["SMTP_URL"]).port or 0)
            mailbox.start()
        gateway = create_gateway(
            functions(),
            issuer=issuer,
            push_token=os.environ.get(PUSH_TOKEN),
            functions=apps,
            mailbox=mailbox,
            sign_in=self._sign_in,
            over_tls=deps().settings.public_url.startswith("https:"),
        )
        return refuse_late(gateway)


def _connections() -> int:
    """How many may be open: as many as we want, or as the machine lets us; many let a process ask for more than it has."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else max(min(CONNECTIONS, soft - SPARE_FILES), soft // 2)


def _after_fork(_server: object, worker: Worker) -> None:
    """Ends the worker with its parent at once; its own look-out takes a second, and the next run may start sooner."""
    end_with_parent(worker.ppid)


def main() -> None:
    """Serves until it is told to stop."""
    descriptor, folder = sys.argv[1:]
    sys.argv[1:] = []  # gunicorn reads them, too
    log_lines()
    Server(int(descriptor), Path(folder), tools=True).run()


if __name__ == "__main__":
    main()
