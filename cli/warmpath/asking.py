"""The questions and small changes: search, path, due, note, log, export, sync."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode
from uuid import UUID

from warmpath.api import ApiError
from warmpath.terminal import plain, print_json, say

if TYPE_CHECKING:
    import argparse

    from warmpath.api import Api

_CRM = "/api/crm"
_CANDIDATES = 10


def search(options: argparse.Namespace, api: Api, _: str) -> int:
    """`warmpath search WORDS`: people by words, the best match first."""
    found = _get(api, "/contacts/search", q=" ".join(options.words), limit=options.limit)
    people = [each for each in found["items"] if not each["is_self"]]
    _show(options, {"people": people}, [_line(each) for each in people] or ["Nobody."])
    return 0 if people else 1


def path(options: argparse.Namespace, api: Api, _: str) -> int:
    """`warmpath path PERSON`: who can introduce me, the likeliest path first."""
    target = find(api, options.person)
    found = _get(api, "/graph/path", to=target["id"], alternatives=options.paths - 1)
    lines = [
        f"{each['likelihood']:4.0%}  " + " > ".join(plain(person["name"]) for person in each["contacts"][1:])
        for each in found["paths"]
    ]
    _show(options, found, lines or [f"No path leads to {plain(target['name'])}."])
    return 0 if lines else 1


def due(options: argparse.Namespace, api: Api, _: str) -> int:
    """`warmpath due`: whom to talk to today."""
    found = _get(api, "/due", limit=options.limit)
    lines = [f"{plain(each['contact']['name'])}: {plain(each['why'])}" for each in found["items"]]
    _show(options, found, lines or ["Nobody is due."])
    return 0


def note(options: argparse.Namespace, api: Api, _: str) -> int:
    """`warmpath note PERSON TEXT`: add a note; without a text it is read from standard input."""
    text = " ".join(options.text) or sys.stdin.read()
    person = find(api, options.person)
    made = api.call("POST", f"{_CRM}/contacts/{person['id']}/notes", {"text": text.strip()}, once=True)
    _show(options, made, [f"Noted: {plain(person['name'])}"])
    return 0


def log(options: argparse.Namespace, api: Api, _: str) -> int:
    """`warmpath log PERSON`: record a call, a meeting, a message or an e-mail."""
    person = find(api, options.person)
    at = options.at or datetime.now(UTC).replace(microsecond=0)
    body = {"kind": options.kind, "direction": options.direction, "at": at.isoformat()}
    if options.note:
        body["note"] = options.note
    made = api.call("POST", f"{_CRM}/contacts/{person['id']}/interactions", body, once=True)
    _show(options, made, [plain(made["sentence"])])
    return 0


def export(options: argparse.Namespace, api: Api, _: str) -> int:
    """`warmpath export`: all contacts, to a file or standard output."""
    address = f"{_CRM}/contacts/export?{urlencode({'format': options.format})}"
    if options.output is None:
        api.download(address, sys.stdout.buffer)
        return 0
    with options.output.open("wb") as file:
        size = api.download(address, file)
    say(f"{size:,} bytes in {options.output}")
    return 0


def sync(options: argparse.Namespace, api: Api, _: str) -> int:
    """`warmpath sync status`: the sources, how far they are; `warmpath sync now` reads accounts at once."""
    sources = _get(api, "/sources")["items"]
    if options.what == "now":
        for each in sources:
            if each["account"]:
                api.call("POST", f"{_CRM}/sources/{each['id']}/sync")
        sources = _get(api, "/sources")["items"]
    lines = [
        f"{plain(each['name'])} ({each['kind']}): {plain(each['problem'] or each['state'])}; {each['counted']:,} of {each['read']:,} counted"
        + (f", last read {each['last_run_at'][:16].replace('T', ' ')}" if each["last_run_at"] else "")
        for each in sources
    ]
    _show(options, {"sources": sources}, lines or ["No sources."])
    return 1 if any(each["problem"] for each in sources) else 0


def find(api: Api, who: str) -> dict[str, Any]:
    """Find the one person that an id, an address or a full name means. Nobody is guessed.

    Raises:
        ApiError: nobody is meant, or several may be; names those.
    """
    try:
        found: dict[str, Any] = api.call("GET", f"{_CRM}/contacts/{UUID(who)}")
    except ValueError:
        pass
    else:
        return found
    if "@" in who:
        exact = _get(api, "/contacts", email=who, limit=_CANDIDATES)["items"]
        near = exact
    else:
        near = [
            each for each in _get(api, "/contacts/search", q=who, limit=_CANDIDATES)["items"] if not each["is_self"]
        ]
        exact = [each for each in near if each["name"].casefold() == who.strip().casefold()]
    if len(exact) == 1:
        return dict(exact[0])
    if not near:
        raise ApiError(f"Nobody is called {json.dumps(who, ensure_ascii=False)}")
    listed = "\n".join(f"  {each['id']}  {_line(each)}" for each in exact or near)
    raise ApiError(f"Which one? Use the id:\n{listed}")


def _get(api: Api, address: str, **query: Any) -> Any:
    return api.call("GET", f"{_CRM}{address}" + (f"?{urlencode(query, quote_via=quote)}" if query else ""))


def _line(contact: dict[str, Any]) -> str:
    facts = (contact.get("title"), contact.get("company"), contact.get("location"), contact.get("email"))
    return plain(", ".join([contact["name"], *(fact for fact in facts if fact)]))


def _show(options: argparse.Namespace, document: Any, lines: list[str]) -> None:
    if options.json:
        print_json(document)
    else:
        print("\n".join(lines))
