"""Check a deployment by a few requests: database, routes, app, deep links, protection."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

TIMEOUT_S = 15
BETWEEN_TRIES_S = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request; status 0 where none came."""

    status: int
    kind: str
    body: bytes
    location: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One request, its right answer, and what that answer shows."""

    path: str
    status: int
    kind: str
    shows: str


QUESTIONS = (
    Question("/api/crm/health", 200, "application/json", "the functions run and reach the database"),
    Question("/api/crm/contacts", 401, "application/problem+json", "nobody sees contacts without a token"),
    Question("/api/crm/no-such-thing", 404, "", "an unknown API address is not answered by the app"),
    Question("/", 200, "text/html", "the app is served"),
    Question("/contacts/deep/link", 200, "text/html", "an address inside the app opens the app"),
)


def ask_once(url: str, path: str) -> Answer:
    """GET one path without following redirects."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
    try:
        connection.request("GET", path, headers={"User-Agent": "warmpath-smoke"})
        response = connection.getresponse()
        content_type = response.getheader("Content-Type", "").split(";")[0]
        return Answer(response.status, content_type, response.read(), response.getheader("Location", ""))
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, "", str(error).encode())
    finally:
        connection.close()


def wrong_answers(url: str) -> list[str]:
    """Ask every question once.

    Returns:
        A sentence for each wrong answer.
    """
    wrong = []
    for question in QUESTIONS:
        answer = ask_once(url, question.path)
        healthy = question.path != "/api/crm/health" or _healthy(answer)
        if (answer.status, healthy) != (question.status, True) or not answer.kind.startswith(question.kind):
            found = f"{answer.status} {answer.kind}".strip() if answer.status else answer.body.decode(errors="replace")
            wrong.append(f"{question.path}: {found}, expected {question.status} {question.kind} ({question.shows})")
    if url.startswith("https://"):
        plain = ask_once(url.replace("https://", "http://", 1), "/")
        if plain.status != http.client.MOVED_PERMANENTLY or not plain.location.startswith("https://"):
            wrong.append(f"http:// is answered with {plain.status}, expected a redirect to https://")
    return wrong


def smoke(url: str, wait_s: float) -> list[str]:
    """Repeat the requests until all answers are right, for at most `wait_s` seconds; a load balancer takes minutes to change.

    Returns:
        A sentence for each answer that is still wrong at the end.
    """
    end = time.monotonic() + wait_s
    while (wrong := wrong_answers(url)) and time.monotonic() < end:
        time.sleep(min(BETWEEN_TRIES_S, wait_s))
    return wrong


def _healthy(answer: Answer) -> bool:
    try:
        return bool(json.loads(answer.body)["status"] == "ok")
    except (ValueError, KeyError, TypeError):
        return False
