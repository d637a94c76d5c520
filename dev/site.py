"""Serves the built front end: its files, and its index page for every address that the app itself understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from pathlib import Path

# Files below it carry a hash of their content in their names.
ASSETS = "assets/"
A_YEAR_S = 365 * 24 * 3600

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Warmpath</title>
<p>The front end is not built here. The API is documented at <a href="/api/crm/docs">/api/crm/docs</a>.</p>
</html>
"""


def serve_site(folder: Path, request: Request) -> Response:
    """Answers a GET or HEAD for a page or a file of the front end.

    Args:
        folder: what the build has written; it may not exist.
        request: its path is looked up in the folder.
    """
    path = request.path.lstrip("/")
    try:
        answer = send_from_directory(folder, path or "index.html", request.environ)
    except NotFound:
        if path.startswith(ASSETS):
            raise
        return _index(folder, request)
    if path.startswith(ASSETS):
        answer.cache_control.max_age = A_YEAR_S
        answer.cache_control.public = True
        answer.cache_control.immutable = True
        answer.cache_control.no_cache = None
    return _hardened(answer)


def _index(folder: Path, request: Request) -> Response:
    """The app's page: it reads the address itself."""
    try:
        return _hardened(send_from_directory(folder, "index.html", request.environ))
    except NotFound:
        return _hardened(Response(NOT_BUILT, mimetype="text/html"))


def _hardened(answer: Response) -> Response:
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Frame-Options"] = "DENY"
    return answer
