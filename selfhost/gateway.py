"""One WSGI app for the whole product: every HTTP function of the manifest, and the front end.

functions-framework makes the app of each function, so the same code answers here and in the cloud. The gateway only does
the work of a load balancer in front of them: choose by method and path, refuse bodies that are too large, keep functions
without a route (topics, schedules, private ones) out of reach, and add security headers for browsers.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions_framework import create_app
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import ClosingIterator

from selfhost.bodies import BodyTooLarge, admit
from selfhost.headers import SECURITY_HEADERS, TRANSPORT_SECURITY
from selfhost.routing import Router
from selfhost.site import CONFIG, serve_site
from selfhost.uploads import PATH as UPLOAD_PREFIX
from selfhost.uploads import receive_upload
from shared.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from shared.manifest import Function
    from shared.plumbing.uploads.disk import DiskUploads

    Tool = Callable[[Request], Response]

PROJECT = Path(__file__).parent.parent
MAIN = PROJECT / "main.py"
SITE = PROJECT / "frontend" / "dist"

API_PREFIX = "/api/"
# The page of the links in e-mails.
ANSWER_PREFIX = "/respond/"
# Where programs look up how to use this address; a miss must not be answered with the page of the app.
WELL_KNOWN_PREFIX = "/.well-known/"
# Where programs look for an address book (RFC 6764).
CARDDAV = "/.well-known/carddav"
DEV_PREFIX = "/dev/"
MAILBOX_PATH = "/dev/mailbox"
# functions-framework reads the topic of a push from an address of this form.
PUSH_PREFIX = "/projects/"

# Other sites can point their names to this machine, so the tools answer under the names of this machine only.
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Functions:
    """The WSGI apps of the functions, each made at its first request."""

    def __init__(self, source: Path = MAIN) -> None:
        """Make no app yet; `source` is the main.py with the entry points."""
        self._source = str(source)
        self._apps: dict[str, WSGIApplication] = {}
        self._lock = threading.Lock()

    def app(self, name: str) -> WSGIApplication:
        """Return the app of a function, the same one every time."""
        app = self._apps.get(name)
        if app is None:
            with self._lock:  # making an app runs main.py, and functions-framework changes global state meanwhile
                app = self._apps.get(name)
                if app is None:
                    app = create_app(target=name, source=self._source)  # type: ignore[no-untyped-call]
                    self._apps[name] = app
        return app


class Gateway:
    """The WSGI app; make it with `create_gateway`."""

    def __init__(
        self,
        manifest: Mapping[str, Function],
        *,
        functions: Functions,
        tools: Mapping[str, Tool],
        uploads: Callable[[], DiskUploads | None],
        push_token: str | None,
        site: Path,
        is_being_built: Callable[[], bool],
        sign_in: Path,
        over_tls: bool,
    ) -> None:
        self._router = Router(manifest.values())
        self._consumers = {function.topic: function.name for function in manifest.values() if function.topic}
        # WebDAV has more methods than routes can name, and more addresses: all of them go to one function.
        self._prefixes = {function.dav: function.name for function in manifest.values() if function.dav}
        self._functions = functions
        self._push_token = push_token
        self._site = site
        self._is_being_built = is_being_built
        self._sign_in = sign_in
        self._headers = list((SECURITY_HEADERS | (TRANSPORT_SECURITY if over_tls else {})).items())
        self._tools = tools
        self._uploads = uploads

    @property
    def router(self) -> Router:
        """The served routes, for tests that compare them with the manifest."""
        return self._router

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""

        def hardened(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            present = {name.lower() for name, _ in headers}
            headers += [header for header in self._headers if header[0].lower() not in present]
            return start_response(status, headers, *rest)

        return self._answered(environ, hardened)

    def _answered(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            collected = admit(environ)
        except BodyTooLarge:
            return problem(413, "too_large", "The body is larger than 32 MB.")(environ, start_response)
        except ValueError:
            return problem(400, "bad_request", "Content-Length is not a number.")(environ, start_response)
        try:
            app = self._choose(environ)
        except HTTPException as error:
            name = error.name.lower().replace(" ", "_")
            app = problem(error.code or 500, name, error.description or error.name)
        answer = app(environ, start_response)
        return ClosingIterator(answer, collected.close) if collected else answer

    def _choose(self, environ: WSGIEnvironment) -> WSGIApplication:
        path = environ.get("PATH_INFO", "")
        for prefix, name in self._prefixes.items():
            if path.startswith(prefix):
                return self._functions.app(name)
            if path in {CARDDAV, CARDDAV + "/", prefix.rstrip("/")}:
                # before anybody has signed in, and whatever the method: a phone is led to the address book
                return Response(status=301, headers={"Location": prefix})
        if path.startswith((API_PREFIX, ANSWER_PREFIX)) or (
            path.startswith(WELL_KNOWN_PREFIX) and path not in self._tools
        ):
            return self._function(environ["REQUEST_METHOD"], path)
        if path.startswith(PUSH_PREFIX) and self._push_token is not None:
            return self._push(Request(environ))
        if path.startswith(UPLOAD_PREFIX):
            return self._upload(Request(environ))
        return self._page(Request(environ), path)

    def _page(self, request: Request, path: str) -> WSGIApplication:
        tool = self._tools.get(path)
        if tool is not None:
            if not _is_local(request):
                return problem(403, "forbidden", f"{request.host} is not this machine.")
            return tool(request)
        if path.startswith(DEV_PREFIX) or request.method not in {"GET", "HEAD"}:
            return problem(404, "not_found", f"No page or function is at {path}.")
        mailbox = MAILBOX_PATH if MAILBOX_PATH in self._tools and _is_local(request) else None
        return serve_site(self._site, request, self._sign_in, is_being_built=self._is_being_built, mailbox=mailbox)

    def _function(self, method: str, path: str) -> WSGIApplication:
        route = self._router.match(path)
        if route is None:
            return problem(404, "not_found", f"No page or function is at {path}.")
        function = route.function_for(method)
        if function is not None:
            return self._functions.app(function.name)
        answer = (
            Response(status=204)
            if method == "OPTIONS"
            else problem(405, "method_not_allowed", f"{method} is not served here, only {route.allow}.")
        )
        answer.headers["Allow"] = route.allow
        return answer

    def _upload(self, request: Request) -> WSGIApplication:
        """Take a chunk of a file to import; the address is the proof of the right to send it."""
        uploads = self._uploads()
        if uploads is None:
            return problem(404, "not_found", "Files are sent to the bucket.")
        if request.method != "PUT":
            refused = problem(405, "method_not_allowed", f"{request.method} is not served here, only PUT.")
            refused.headers["Allow"] = "PUT"
            return refused
        try:
            answer, fault = receive_upload(uploads, request)
        except NotFound as error:
            return problem(404, error.code, error.message)
        except Unavailable as error:
            return problem(503, error.code, error.message)
        return problem(answer.status_code, "bad_request", fault) if fault else answer

    def _push(self, request: Request) -> WSGIApplication:
        """Pass a pushed message to its consumer; the emulator proves itself by a secret, as Pub/Sub does by IAM in the cloud."""
        given, wanted = request.args.get("token", ""), self._push_token or ""
        if not hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode()):
            return problem(403, "forbidden", "Only the local Pub/Sub pushes here.")
        topic = request.path.rpartition("/topics/")[2]
        consumer = self._consumers.get(topic)
        return (
            self._functions.app(consumer) if consumer else problem(404, "not_found", f"No function consumes {topic}.")
        )


def create_gateway(
    manifest: Mapping[str, Function],
    *,
    push_token: str | None,
    tools: Mapping[str, Tool] | None = None,
    uploads: Callable[[], DiskUploads | None] = lambda: None,
    functions: Functions | None = None,
    site: Path = SITE,
    is_being_built: Callable[[], bool] = lambda: False,
    sign_in: Path | None = None,
    over_tls: bool = False,
) -> Gateway:
    """Make the gateway.

    Args:
        manifest: every function by name.
        push_token: the `?token=` of a push to `/projects/{project}/topics/{topic}`; None refuses all pushes.
        uploads: returns the folder of files to import, which `/uploads/` writes; None where they are sent elsewhere.
        tools: handlers of further addresses, under this machine's own names only; none on a public server.
        functions: apps of the functions; shared with the scheduler.
        site: folder of the built front end.
        is_being_built: whether the front end is being built at this moment.
        sign_in: file of `/config.json`; the one beside the built app unless given.
        over_tls: whether browsers use https, by a proxy in front.
    """
    return Gateway(
        manifest,
        functions=functions or Functions(),
        tools=tools or {},
        uploads=uploads,
        push_token=push_token,
        site=site,
        is_being_built=is_being_built,
        sign_in=sign_in or site / CONFIG,
        over_tls=over_tls,
    )


def _is_local(request: Request) -> bool:
    """Whether the request's host is one of this machine's own names."""
    return request.host.rsplit(":", 1)[0] in LOCAL_HOSTS


def problem(status: int, code: str, detail: str) -> Response:
    """Build a problem document (RFC 9457) in the form of the functions."""
    answer = Response(status=status, mimetype="application/problem+json")
    title = answer.status.partition(" ")[2].capitalize()
    answer.headers["X-Request-Id"] = secrets.token_hex(16)
    answer.set_data(
        json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code})
    )
    return answer
