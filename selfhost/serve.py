"""Serve the gateway with gunicorn, which functions-framework runs in the cloud, too."""

from __future__ import annotations

import os
import resource
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

from selfhost.deliveries import Deliveries
from selfhost.gateway import Functions, create_gateway
from selfhost.incoming import HEADER_FIELD_BYTES, HEADER_FIELDS, REQUEST_LINE_BYTES
from selfhost.launch import end_with_parent
from selfhost.scheduler import Scheduler
from selfhost.waiting import refuse_late
from shared.edge.deps import deps
from shared.manifest import functions
from shared.plumbing.uploads.disk import DiskUploads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from wsgiref.types import WSGIApplication

    from gunicorn.workers.base import Worker

    from selfhost.gateway import Tool

# As many as one instance in the cloud answers at once.
THREADS = 16
# Connections are accepted at once, because only the waiting time of accepted ones is known (see `selfhost.waiting`); idle
# ones are closed for new ones (see `selfhost.worker`).
CONNECTIONS = 4096
# Files beside the clients' connections: sockets to servers, files of answers and uploads.
SPARE_FILES = 1024
# Time for requests in progress when the server stops.
GRACE_S = 3
KEEP_ALIVE_S = 30
PUSH_TOKEN = "DEV_PUSH_TOKEN"  # noqa: S105 - the name of a variable


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with one process of threads, on a socket that was opened before.

    Args:
        descriptor: descriptor of the socket.
        apps: apps of the functions; made in the serving process unless given.
        open_tools: makes the tools of a developer's machine, in the serving process; None on a public server.
        is_being_built: whether the front end is being built at this moment.
        sign_in: file of `/config.json`; the one beside the built app unless given.
    """

    def __init__(
        self,
        descriptor: int,
        apps: Functions | None = None,
        *,
        open_tools: Callable[[], Mapping[str, Tool]] | None = None,
        is_being_built: Callable[[], bool] = lambda: False,
        sign_in: Path | None = None,
    ) -> None:
        self._options: dict[str, Any] = {
            "bind": f"fd://{descriptor}",
            "workers": 1,
            "worker_class": "selfhost.worker.Worker",
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
        self._apps = apps
        self._open_tools = open_tools
        self._is_being_built = is_being_built
        self._sign_in = sign_in
        super().__init__()

    def load_config(self) -> None:
        """Set the options; gunicorn calls this."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def _carry_events(self, apps: Functions) -> None:
        settings = deps().settings
        if settings.event_delivery == "outbox":
            Deliveries(functions(), apps.app, lambda: deps().database).start()
        elif os.environ.get("PUBSUB_EMULATOR_HOST"):
            from selfhost.emulator import make_subscriptions

            make_subscriptions(
                functions().values(),
                project=settings.google_cloud_project,
                base_url=settings.public_url,
                token=os.environ[PUSH_TOKEN],
            )

    def load(self) -> WSGIApplication:
        """Make the app; gunicorn calls this in the serving process, before which no connection is opened."""
        tools = self._open_tools() if self._open_tools else {}
        apps = self._apps or Functions()
        Scheduler(functions(), apps.app).start()
        self._carry_events(apps)
        gateway = create_gateway(
            functions(),
            tools=tools,
            uploads=disk_uploads,
            push_token=os.environ.get(PUSH_TOKEN),
            functions=apps,
            is_being_built=self._is_being_built,
            sign_in=self._sign_in,
            over_tls=deps().settings.public_url.startswith("https:"),
        )
        return refuse_late(gateway)


def disk_uploads() -> DiskUploads | None:
    """The folder of files to import; None where a bucket takes them."""
    uploads = deps().uploads
    return uploads if isinstance(uploads, DiskUploads) else None


def _connections() -> int:
    """Return the most open connections; raise the process's limit of open files for them as far as the machine allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else max(min(CONNECTIONS, soft - SPARE_FILES), soft // 2)


def _after_fork(_server: object, worker: Worker) -> None:
    """Make the worker end at once with its parent; gunicorn's own check takes a second, and the next run may start sooner."""
    end_with_parent(worker.ppid)
