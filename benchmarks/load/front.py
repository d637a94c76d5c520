"""The local stack's gateway before functions that are processes of their own: the load balancer, Pub/Sub and the scheduler.

Usage: python -m benchmarks.load.front PORTS LISTENING_DESCRIPTOR DATA_FOLDER
where PORTS is a JSON object of function names to ports.
"""

from __future__ import annotations

import http.client
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from dev.serve import open_tools
from selfhost.gateway import Functions
from selfhost.serve import Server
from shared.plumbing.telemetry.logs import log_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# More than the longest of the functions may take.
TIMEOUT_S = 310


class Forwarded(Functions):
    """The functions' apps, each of which sends what it is given to the function's own process.

    Args:
        ports: by the function's name.
    """

    def __init__(self, ports: dict[str, int]) -> None:
        super().__init__()
        self._ports = ports

    def app(self, name: str) -> WSGIApplication:
        """What forwards to one function; one that has no process of its own is served here."""
        port = self._ports.get(name)
        if port is None:
            return super().app(name)

        def forward(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            request = Request(environ)
            headers = {key: value for key, value in request.headers.items() if key.lower() != "connection"}
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
            try:
                path = request.full_path if request.query_string else request.path
                connection.request(request.method, path, request.get_data(), headers)
                answer = connection.getresponse()
                response = Response(answer.read(), answer.status)
                response.headers.clear()
                for key, value in answer.getheaders():
                    if key.lower() not in {"connection", "transfer-encoding", "server", "date"}:
                        response.headers.add(key, value)
            finally:
                connection.close()
            return response(environ, start_response)

        return forward


def main() -> None:
    """Serves until it is told to stop."""
    ports, descriptor, folder = sys.argv[1:]
    sys.argv[1:] = []  # gunicorn reads them, too
    log_lines()
    Server(int(descriptor), Forwarded(json.loads(ports)), open_tools=partial(open_tools, Path(folder))).run()


if __name__ == "__main__":
    main()
