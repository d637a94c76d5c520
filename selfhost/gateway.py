"""One WSGI app for the whole product: every HTTP function of the manifest, and the front end.

Each function is served by the app that functions-framework makes for its target, so what answers here is what is
deployed. The gateway only does what a load balancer does in front of them: choose by method and path, refuse what is
too large, keep what has no route (topics, schedules, private functions) out of reach, and add the headers that tell a
browser what not to do.
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from shared.manifest import Function

    Tool = Callable[[Request], Response]

PROJECT = Path(__file__).parent.parent
MAIN = PROJECT / "main.py"
SITE = PROJECT / "frontend" / "dist"

API_PREFIX = "/api/"
# The page that the links of e-mails lead to.
ANSWER_PREFIX = "/respond/"
DEV_PREFIX = "/dev/"
MAILBOX_PATH = "/dev/mailbox"
# functions-framework takes the topic of a push from this form of address.
PUSH_PREFIX = "/projects/"

# Pages elsewhere can make their own names point to this machine, so the tools answer under its own names only.
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Functions:
    """The functions' own apps, each made at the first request for it."""

    def __init__(self, source: Path = MAIN) -> None:
        """Make none yet; `source` is the main.py that offers them."""
        self._source = str(source)
        self._apps: dict[str, WSGIApplication] = {}
        self._lock = threading.Lock()

    def app(self, name: str) -> WSGIApplication:
        """The app of one function, the same one every time."""
        app = self._apps.get(name)
        if app is None:
            with self._lock:  # making one runs main.py, and functions-framework keeps global state meanwhile
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
        push_token: str | None,
        site: Path,
        is_being_built: Callable[[], bool],
        sign_in: Path,
        over_tls: bool,
    ) -> None:
        self._router = Router(manifest.values())
        self._consumers = {function.topic: function.name for function in manifest.values() if function.topic}
        self._functions = functions
        self._push_token = push_token
        self._site = site
        self._is_being_built = is_being_built
        self._sign_in = sign_in
        self._headers = list((SECURITY_HEADERS | (TRANSPORT_SECURITY if over_tls else {})).items())
        self._tools = tools

    @property
    def router(self) -> Router:
        """What is served, for whoever wants to compare it with the manifest."""
        return self._router

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""

        def hardened(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            there = {name.lower() for name, _ in headers}
            headers += [header for header in self._headers if header[0].lower() not in there]
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
        if path.startswith((API_PREFIX, ANSWER_PREFIX)):
            return self._function(environ["REQUEST_METHOD"], path)
        if path.startswith(PUSH_PREFIX) and self._push_token is not None:
            return self._push(Request(environ))
        request = Request(environ)
        tool = self._tools.get(path)
        if tool is not None:
            if not _is_local(request):
                return problem(403, "forbidden", f"{request.host} is not this machine.")
            return tool(request)
        if path.startswith(DEV_PREFIX) or request.method not in {"GET", "HEAD"}:
            return problem(404, "not_found", f"Nothing is at {path}.")
        mailbox = MAILBOX_PATH if MAILBOX_PATH in self._tools and _is_local(request) else None
        return serve_site(self._site, request, self._sign_in, is_being_built=self._is_being_built, mailbox=mailbox)

    def _function(self, method: str, path: str) -> WSGIApplication:
        route = self._router.match(path)
        if route is None:
            return problem(404, "not_found", f"Nothing is at {path}.")
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

    def _push(self, request: Request) -> WSGIApplication:
        """Hand a pushed message to its consumer; the cloud's own sender proves itself by IAM, ours by a secret."""
        given, wanted = request.args.get("token", ""), self._push_token or ""
        if not hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode()):
            return problem(403, "forbidden", "Only the local Pub/Sub pushes here.")
        topic = request.path.rpartition("/topics/")[2]
        consumer = self._consumers.get(topic)
        return self._functions.app(consumer) if consumer else problem(404, "not_found", f"Nobody consumes {topic}.")


def create_gateway(
    manifest: Mapping[str, Function],
    *,
    push_token: str | None,
    tools: Mapping[str, Tool] | None = None,
    functions: Functions | None = None,
    site: Path = SITE,
    is_being_built: Callable[[], bool] = lambda: False,
    sign_in: Path | None = None,
    over_tls: bool = False,
) -> Gateway:
    """Make the app.

    Args:
        manifest: every function by name.
        push_token: what a push to `/projects/{project}/topics/{topic}` must carry as `?token=`; None: nobody pushes.
        tools: what answers at further addresses, under this machine's own names only; none where others come.
        functions: the functions' apps; shared with the scheduler.
        site: the built front end.
        is_being_built: whether the front end is being built at this moment.
        sign_in: what the app reads as `/config.json`; the file beside the built app unless given.
        over_tls: whether people come over https, by a proxy in front.
    """
    return Gateway(
        manifest,
        functions=functions or Functions(),
        tools=tools or {},
        push_token=push_token,
        site=site,
        is_being_built=is_being_built,
        sign_in=sign_in or site / CONFIG,
        over_tls=over_tls,
    )


def _is_local(request: Request) -> bool:
    """Whether the request names this machine by one of its own names."""
    return request.host.rsplit(":", 1)[0] in LOCAL_HOSTS


def problem(status: int, code: str, detail: str) -> Response:
    """An RFC 9457 answer, in the form that the functions use."""
    answer = Response(status=status, mimetype="application/problem+json")
    title = answer.status.partition(" ")[2].capitalize()
    answer.headers["X-Request-Id"] = secrets.token_hex(16)
    answer.set_data(
        json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code})
    )
    return answer
