"""Serve the built front end: its files, and its index page for every address inside the app."""

from __future__ import annotations

import json
import mimetypes
from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

from selfhost.headers import content_security_policy, sign_in_origins

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Files of this folder have a hash of their content in their names.
ASSETS = "assets/"
A_YEAR_S = 365 * 24 * 3600
# Files of which the build keeps compressed versions, and the codings by their suffixes, the smallest first.
COMPRESSED = (".js", ".css", ".svg")
CODINGS = {"br": ".br", "gzip": ".gz"}

# The configuration for signing in; the build copies it from the sources.
CONFIG = "config.json"
LOCAL_SIGN_IN = '{"oidc": null}'
LOOK_AGAIN_S = 1

PAGE = "index.html"
_MESSAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Warmpath</title>
<style>html {{ color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif }} body {{ max-width: 34rem; margin: 20vh auto; padding: 0 1.5rem }}</style>
<h1>{title}</h1>
<p>{text} The API is documented at <a href="/api/crm/docs">/api/crm/docs</a>.</p>
</html>
"""
NOT_BUILT = _MESSAGE.format(title="The app is not built", text="The terminal says why.")
BEING_BUILT = _MESSAGE.format(
    title="The app is being built", text="It appears here by itself, in half a minute at most."
)


def serve_site(
    folder: Path, request: Request, config: Path, *, is_being_built: Callable[[], bool], mailbox: str | None = None
) -> Response:
    """Answer a GET or HEAD for a page or a file of the front end.

    Args:
        folder: folder of the build, which may not exist.
        request: the request, whose path is looked up in the folder.
        config: file for signing in, which may not exist.
        is_being_built: whether a build runs at this moment.
        mailbox: address of the mailbox of the local stack, which the app links to; None without one.
    """
    path = request.path.lstrip("/")
    if path in {"", PAGE}:
        return _being_built() if is_being_built() else _index(folder, request, config)
    if path == CONFIG:
        return _sign_in(request, config) if mailbox is None else _with_mailbox(config, mailbox)
    try:
        answer = _asset(folder, path, request) if path.startswith(ASSETS) else None
        answer = answer or send_from_directory(folder, path, request.environ)
    except NotFound:
        if path.startswith(ASSETS):
            raise
        return _being_built() if is_being_built() else _index(folder, request, config)
    if path.startswith(ASSETS):
        answer.cache_control.max_age = A_YEAR_S
        answer.cache_control.public = True
        answer.cache_control.immutable = True
        answer.cache_control.no_cache = None
    return answer


def _asset(folder: Path, path: str, request: Request) -> Response | None:
    """Answer with the compressed version of a file that the client takes; None where only the file itself is kept."""
    has_versions = (folder / f"{path}.gz").is_file() if path.endswith(COMPRESSED) else False
    if not has_versions:
        return None
    content_type = mimetypes.guess_type(path)[0]
    for coding, suffix in CODINGS.items():
        if request.accept_encodings[coding] > 0:
            try:
                answer = send_from_directory(folder, path + suffix, request.environ, mimetype=content_type)
            except NotFound:
                continue
            answer.headers["Content-Encoding"] = coding
            answer.vary.add("Accept-Encoding")
            return answer
    answer = send_from_directory(folder, path, request.environ)
    answer.vary.add("Accept-Encoding")
    return answer


def _sign_in(request: Request, config: Path) -> Response:
    try:
        return send_from_directory(config.parent, config.name, request.environ)
    except NotFound:
        return Response(LOCAL_SIGN_IN, mimetype="application/json")


def _with_mailbox(config: Path, mailbox: str) -> Response:
    """Answer with the configuration for signing in, and with the address of the mailbox."""
    try:
        sign_in = json.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        sign_in = json.loads(LOCAL_SIGN_IN)
    return Response(json.dumps(sign_in | {"mailbox": mailbox}), mimetype="application/json")


def _index(folder: Path, request: Request, config: Path) -> Response:
    """Answer with the app's page, which reads the address itself."""
    try:
        answer = send_from_directory(folder, PAGE, request.environ)
        page = (folder / PAGE).read_text(encoding="utf-8")
    except (NotFound, OSError):
        answer, page = Response(NOT_BUILT, mimetype="text/html"), NOT_BUILT
    answer.headers["Content-Security-Policy"] = content_security_policy(page, sign_in_origins(config))
    return answer


def _being_built() -> Response:
    """Answer with a page that reloads until the app is built; status 200, because the API answers already."""
    answer = Response(BEING_BUILT, mimetype="text/html")
    answer.headers["Refresh"] = str(LOOK_AGAIN_S)
    answer.headers["Cache-Control"] = "no-store"
    return answer
