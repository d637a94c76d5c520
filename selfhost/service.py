"""One Cloud Run service: some functions of the manifest in one process, behind Google's front end.

functions-framework makes the app of each function and its gunicorn serves them, as on Cloud Functions. The worker of
`selfhost.worker` is for a server on the open internet; here no slow client comes further than Google's front end.

A service of one function passes every path to it. With several the path decides, as Terraform writes it:

- a route of the manifest;
- `/projects/PROJECT/topics/TOPIC`, where Pub/Sub pushes for the consumer of the topic;
- `/functions/NAME`, where Cloud Scheduler and operators call.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import TYPE_CHECKING

from functions_framework._http.gunicorn import GunicornApplication
from werkzeug.wrappers import Response

from selfhost.gateway import Functions, problem
from selfhost.routing import Router
from shared.config import ConfigurationError
from shared.edge.deps import deps
from shared.errors import Unavailable
from shared.plumbing.telemetry.logs import in_the_cloud, log_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from shared.manifest import Function

# Where Cloud Run asks whether a new instance may get requests; terraform/functions.tf names it, too.
STARTUP_PATH = "/startup"
TOPIC_PREFIX = "/projects/"
NAME_PREFIX = "/functions/"
# Cloud Run asks each second and waits a second for the answer.
ANSWER_WITHIN_S = 0.8
# A database that is down must not keep instances from starting: they answer 503 with a sentence.
WAIT_AT_MOST_S = 30
# Cloud Run asks for two minutes.
GIVE_UP_AFTER_S = 120
BETWEEN_TRIES_S = 1.0

log = logging.getLogger(__name__)


class Startup:
    """The answer to Cloud Run's startup probe: yes, once there is a connection to the database, or after half a minute.

    The first question begins to connect, so this happens in the serving process; the connection stays in the pool.
    """

    def __init__(self, connect: Callable[[], None]) -> None:
        self._connect = connect
        self._ready = threading.Event()
        self._begun = threading.Lock()

    def is_ready(self) -> bool:
        """Whether the instance may get requests; waits for less than a second."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._wait, name="startup", daemon=True).start()
        return self._ready.wait(ANSWER_WITHIN_S)

    def _wait(self) -> None:
        began = time.monotonic()
        while (waited_s := time.monotonic() - began) < GIVE_UP_AFTER_S:
            try:
                self._connect()
                break
            except Unavailable as error:
                if waited_s > WAIT_AT_MOST_S:
                    log.warning("startup.without_database", extra={"reason": str(error)})
                    break
            except ConfigurationError as error:
                log.error("startup.failed", extra={"reason": str(error)})  # noqa: TRY400 - the sentence says it all
                return
            except Exception as error:  # noqa: BLE001 - whatever the ways to sign in raise
                # A sign-in that is refused may be a right that has not taken effect yet. When it stays so, Cloud Run gives the
                # revision up, and the one before goes on.
                log.warning("startup.refused", extra={"reason": str(error)})
            time.sleep(BETWEEN_TRIES_S)
        else:
            return
        self._ready.set()


class Service:
    """The WSGI app of a service.

    Args:
        served: the service's functions by name.
        functions: makes their apps.
        startup: answers the startup probe.
    """

    def __init__(self, served: Mapping[str, Function], functions: Functions, startup: Startup) -> None:
        self._served = served
        self._functions = functions
        self._startup = startup
        self._router = Router(served.values())
        self._prefixes = {function.dav: name for name, function in served.items() if function.dav}
        self._consumers = {function.topic: name for name, function in served.items() if function.topic}
        # A single function is imported before the process forks, and so before it is asked whether it is ready.
        self._only = functions.app(next(iter(served))) if len(served) == 1 else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        if path == STARTUP_PATH:
            return Response(status=204 if self._startup.is_ready() else 503)(environ, start_response)
        app = self._only or self._choose(environ["REQUEST_METHOD"], path)
        return app(environ, start_response)

    def _choose(self, method: str, path: str) -> WSGIApplication:
        route = self._router.match(path)
        function = route.function_for(method) if route else None
        if function is not None:
            return self._functions.app(function.name)
        for prefix, name in self._prefixes.items():
            if path.startswith(prefix):
                return self._functions.app(name)
        if path.startswith(TOPIC_PREFIX):
            name = self._consumers.get(path.rpartition("/topics/")[2], "")
        else:
            name = path.removeprefix(NAME_PREFIX) if path.startswith(NAME_PREFIX) else ""
        # A route is reached by the load balancer alone, which has checked the method and the address.
        named = self._served.get(name)
        if named is not None and not named.is_public:
            return self._functions.app(name)
        return problem(404, "not_found", f"No function of this service is at {method} {path}.")


def connect_once() -> None:
    """Open a connection to the primary and leave it in the pool.

    Raises:
        Unavailable: the database cannot be reached.
    """
    if any(os.environ.get(name) for name in ("CLOUD_SQL_INSTANCE", "ALLOYDB_INSTANCE", "DATABASE_URL")):
        deps().database.connect()


def serve_functions(names: Iterable[str], manifest: Mapping[str, Function], port: int) -> None:
    """Serve functions of the manifest on a port until a signal.

    Raises:
        SystemExit: a name is not in the manifest.
    """
    served = {}
    for name in names:
        if name not in manifest:
            raise SystemExit(f'FUNCTION_TARGET names "{name}", which is not a function of functions/manifest.json')
        served[name] = manifest[name]
    if in_the_cloud():
        log_json()
    app = Service(served, Functions(), Startup(connect_once))
    GunicornApplication(app, "0.0.0.0", port, debug=False).run()  # type: ignore[no-untyped-call]  # noqa: S104 - a container's port
