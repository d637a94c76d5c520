"""A local HTTP server that answers like the providers, errors, limits and bad days included, and keeps a log of it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import socket
import struct
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.providers import answers
from tests.fakes.providers.answers import Answer, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEYS = {"hunter": "hunter-key", "pdl": "pdl-key", "apollo": "apollo-key"}
# What costs the caller something at the real vendor.
BILLED = frozenset(KEYS)


@dataclass(frozen=True)
class Delivery:
    """One request and what became of it.

    Attributes:
        delivered: a true answer about this person went out to the last byte.
    """

    provider: str
    email: str
    behaviour: str
    delivered: bool
    at: float = field(default_factory=time.time)


class FakeProviders:
    """All providers on one port, each under a path of its own: `url("hunter")` is hunter's base address.

    They know `people`; what happens instead of the truth is scripted: `script("hunter", email, "hang", "hit")` takes one
    behaviour after the other, `chance` decides for requests that nothing is scripted for.
    """

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.log: list[Delivery] = []
        self.chance: Callable[[str, str], str] | None = None
        self.hang_s = 3.0
        self.wait_s = 0.2
        self.latency_s = 0.0
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self._scripts: dict[tuple[str, str], deque[str]] = defaultdict(deque)
        self._lock = threading.Lock()
        self._by_hash: dict[str, str] = {}
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                fake.answer(self)

            do_POST = do_GET  # noqa: N815 - the name that http.server looks for

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_: Any) -> None:
                pass  # clients that hang up are what this server is for

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, provider: str) -> str:
        return f"http://127.0.0.1:{self.port}/{provider}"

    def environ(self, *providers: str, timeout_s: float = 1.0) -> dict[str, str]:
        """The settings that point at this server."""
        settings = {"ENRICHMENT_PROVIDERS": ",".join(providers)}
        for name in providers:
            if name != "domain":
                settings[f"{name.upper()}_BASE_URL"] = self.url(name)
                settings[f"{name.upper()}_API_KEY"] = KEYS.get(name, "")
                settings[f"{name.upper()}_TIMEOUT_S"] = str(timeout_s)
        return settings

    def knows(self, *people: Person) -> None:
        for person in people:
            self.people[person.email.lower()] = person
            self._by_hash[hashlib.sha256(person.email.lower().encode()).hexdigest()] = person.email.lower()

    def script(self, provider: str, email: str, *behaviours: str) -> None:
        self._scripts[provider, email.lower()].extend(behaviours)

    def asked(self, provider: str, email: str) -> int:
        return sum(1 for entry in list(self.log) if (entry.provider, entry.email) == (provider, email.lower()))

    def delivered(self, provider: str) -> list[str]:
        """The addresses whose person went out, in order; an address may be there several times."""
        return [entry.email for entry in list(self.log) if entry.provider == provider and entry.delivered]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        _, provider, *rest = parts.path.split("/")
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        email = self._email(provider, rest, query)
        with self._lock:
            self.requests.append((handler.command, handler.path, {k.lower(): v for k, v in handler.headers.items()}))
            scripted = self._scripts[provider, email]
            behaviour = scripted.popleft() if scripted else self.chance(provider, email) if self.chance else "hit"
        if self.latency_s:
            time.sleep(self.latency_s)
        if provider in KEYS and behaviour == "hit" and KEYS[provider] not in handler.headers.values():
            behaviour = "unauthorised"
        person = self.people.get(email)
        sent = self._behave(handler, provider, behaviour, self._truth(provider, rest, person))
        found = behaviour == "hit" and person is not None and (provider != "github" or rest[0] == "users")
        with self._lock:
            self.log.append(Delivery(provider, email, behaviour, delivered=sent and found))

    def _email(self, provider: str, path: list[str], query: dict[str, str]) -> str:
        if provider == "gravatar":
            return self._by_hash.get(path[-1], path[-1])
        if provider == "github":
            if path[0] == "users":
                return next((p.email.lower() for p in list(self.people.values()) if p.linkedin == path[1]), "")
            return query.get("q", "").removesuffix(" in:email").lower()
        return query.get("email", "").lower()

    def _truth(self, provider: str, path: list[str], person: Person | None) -> Answer:
        made: dict[str, Callable[[Person | None], Answer]] = {
            "gravatar/v3/profiles": answers.gravatar,
            "github/search/users": answers.github_search,
            "github/users": answers.github_user,
            "hunter/v2/combined/find": answers.hunter,
            "pdl/v5/person/enrich": answers.pdl,
            "apollo/api/v1/people/match": answers.apollo,
        }
        whole = "/".join([provider, *path])
        for prefix, answer in made.items():
            if whole == prefix or whole.startswith(prefix + "/"):
                return answer(person)
        return 404, {}, {"error": f"nothing is at {whole}"}

    def _behave(self, handler: BaseHTTPRequestHandler, provider: str, behaviour: str, truth: Answer) -> bool:
        if behaviour == "hang":
            time.sleep(self.hang_s)
        if behaviour in {"hang", "reset"}:
            return _hang_up(handler, reset=behaviour == "reset")
        stranger = Person("stranger@elsewhere.example", name="Some Body", linkedin="stranger")
        said: dict[str, Callable[[], Answer]] = {
            "hit": lambda: truth,
            "truncated": lambda: truth,
            "drip": lambda: truth,
            "miss": lambda: self._truth(provider, _path_of(handler), None),
            "stranger": lambda: self._truth(provider, _path_of(handler), stranger),
            "rate_limited": lambda: answers.rate_limited(provider, self.wait_s),
            "out_of_quota": lambda: answers.out_of_quota(provider),
            "unauthorised": lambda: answers.unauthorised(provider),
            "removed": lambda: answers.removed(provider),
            "busy": lambda: (503, {}, {"error": "busy"}),
            "error": lambda: (500, {"Content-Type": "text/html"}, b"<h1>Oops</h1>"),
            "no_json": lambda: (200, {"Content-Type": "text/html"}, b"<html>down for maintenance</html>"),
            "list": lambda: (200, {}, [1, 2, 3]),
            "redirect": lambda: (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
            "huge": lambda: (200, {}, {"data": "x" * 5_000_000}),
        }
        return _send(
            handler, said[behaviour](), announce_more=behaviour == "truncated", drip_s=0.15 * (behaviour == "drip")
        )


def _path_of(handler: BaseHTTPRequestHandler) -> list[str]:
    return urlsplit(handler.path).path.split("/")[2:]


def _send(handler: BaseHTTPRequestHandler, answer: Answer, *, announce_more: bool = False, drip_s: float = 0) -> bool:
    status, headers, body = answer
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        handler.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | headers).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data) + (1000 if announce_more else 0)))
        handler.end_headers()
        if drip_s:
            for byte in data:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(drip_s)
        else:
            handler.wfile.write(data)
        handler.wfile.flush()
    except OSError:
        return False
    if announce_more:
        return not _hang_up(handler)
    return True


def _hang_up(handler: BaseHTTPRequestHandler, *, reset: bool = False) -> bool:
    handler.close_connection = True
    with contextlib.suppress(OSError):
        if reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.shutdown(socket.SHUT_RDWR)
        handler.connection.close()
    return False


@contextlib.contextmanager
def fake_providers() -> Iterator[FakeProviders]:
    """The server, for as long as the block lasts."""
    fake = FakeProviders()
    try:
        yield fake
    finally:
        fake.close()
