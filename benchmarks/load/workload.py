"""The requests that people make, one function each, and what a good answer to each is.

Every read is compared with what was confirmed before it was sent: a change that was answered must be seen.
"""

from __future__ import annotations

import json
import random
import re
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.load.people import FIRST, LAST, People, Person, bearer, name_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from benchmarks.load.client import Answer
    from dev.issuer import Issuer

    Send = Callable[..., Awaitable[Answer]]

CONTACTS, GRAPH, VIRAL = "/api/crm/contacts", "/api/crm/graph", "/api/crm/viral"
IMPORTED = 20
# Reads of what the same person has just changed: as many as look again after saving.
LOOKS_AGAIN = 0.2
# Other e-mails have such links as well, to unsubscribe.
_QUESTION = re.compile("^Would you introduce|suggests that you meet")
_LINK = re.compile(r"/respond/([\w.~-]+)")


class Wrong(Exception):
    """An answer that is not what it should be."""


class Nothing(Exception):
    """Nobody could do that now: there is, say, no e-mail to answer."""


class Workload:
    """Makes requests as people do.

    Args:
        people: who they are.
        send: method, path, headers and body to an answer.
        issuer: of tokens for those who join.
        mailbox: the folder of e-mails that were sent, whose links are followed.
        seed: makes the same requests again.
    """

    def __init__(self, people: People, send: Send, issuer: Issuer, mailbox: Path, seed: int = 1) -> None:
        self.people = people
        self.chance = random.Random(seed)
        self._send = send
        self._issuer = issuer
        self._mailbox = mailbox
        self._read_until = ""
        self._links: deque[str] = deque()
        self._codes: deque[str] = deque(maxlen=1000)
        self._joiners = 0

    async def act(self, kind: str) -> None:
        """One request to a function, by somebody.

        Raises:
            Wrong: the answer is not good.
            Nothing: there is nothing to do it with.
        """
        await getattr(self, kind)(self.people.draw(self.chance))

    async def get_contact(self, person: Person) -> None:
        """Sees what was confirmed to be changed, or something later."""
        known = person.versions
        contact = (
            self.chance.choice(list(known))
            if known and self.chance.random() < LOOKS_AGAIN
            else self.chance.choice(person.contacts)
        )
        least = known.get(contact, 0)
        answer = await self._call(person, "GET", f"{CONTACTS}/{contact}")
        read = answer.json()
        _check(read["id"] == contact, "another contact")
        _check(int(read["notes"][1:]) >= least, f"a stale contact: {read['notes']} after v{least}")

    async def list_contacts(self, person: Person) -> None:
        """Pages of three orders; the newest first begins with what was confirmed to be added last."""
        order = self.chance.choice(("name", "-created_at", "company"))
        newest = person.newest if order == "-created_at" and not person.adding else None
        items = (await self._call(person, "GET", f"{CONTACTS}?limit=50&sort={order}")).json()["items"]
        _check(len(items) == 50, "a page that is not full")
        if newest and newest == person.newest:
            _check(any(item["id"] == newest for item in items), "a list without the contact that was added last")

    async def search_contacts(self, person: Person) -> None:
        """Beginnings of names, some with a typing error."""
        first, last = name_of(self.chance.randrange(person.drawn) + 1).split()
        asked = self.chance.choice((first[:3], last, f"{first}+{last}", last[:2] + last[3:], f"{first}+{last[:3]}"))
        answer = await self._call(person, "GET", f"{CONTACTS}/search?q={asked}&limit=20")
        _check(bool(answer.json()["items"]), "a search that finds nobody")

    async def find_path(self, person: Person) -> None:
        """To anybody; those whom a direct contact knows are surely reached."""
        place = self.chance.randrange(len(person.contacts))
        contact = person.contacts[place]
        answer = (await self._call(person, "GET", f"{GRAPH}/path?to={contact}&alternatives=2")).json()
        for path in answer["paths"]:
            _check(path["contacts"][-1]["id"] == contact, "a path to somebody else")
        if place < person.drawn // 2:
            _check(bool(answer["paths"]), "no path where there is one")

    async def get_network(self, person: Person) -> None:
        """Around a contact."""
        contact = person.contacts[self.chance.randrange(person.drawn)]
        answer = (await self._call(person, "GET", f"{GRAPH}/network/{contact}?limit=100")).json()
        _check(len(answer["nodes"]) > 1, "a network of one")

    async def update_contact(self, person: Person) -> None:
        """Notes a version, which later reads must see."""
        contact = self.chance.choice(person.contacts)
        if contact in person.changing:
            raise Nothing
        person.changing.add(contact)
        try:
            version = person.versions.get(contact, 0) + 1
            answer = await self._call(person, "PATCH", f"{CONTACTS}/{contact}", {"notes": f"v{version}"})
            _check(answer.json()["notes"] == f"v{version}", "a change that is not in its own answer")
            person.versions[contact] = version
        finally:
            person.changing.discard(contact)

    async def create_contact(self, person: Person) -> None:
        """Adds somebody, whom the consumer then fills in."""
        person.made += 1
        number, person.adding, person.newest = person.made, person.adding + 1, None
        name = f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}"
        fields = {"name": name, "email": f"made{number}.{person.email}", "notes": "v0"}
        try:
            answer = await self._call(person, "POST", CONTACTS, fields, expected=201)
        finally:
            person.adding -= 1
        made = answer.json()["id"]
        person.contacts.append(made)
        if not person.adding:
            person.newest = made

    async def import_contacts(self, person: Person) -> None:
        """A small file."""
        person.made += 1
        number, person.adding, person.newest = person.made, person.adding + 1, None
        rows = [
            f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)},file{number}.{row}.{person.email},Firm {row},v0"
            for row in range(IMPORTED)
        ]
        body = "\n".join(["name,email,company,notes", *rows]).encode()
        try:
            path = f"{CONTACTS}/import?enrich=false"
            answer = await self._call(person, "POST", path, body, content_type="text/csv")
        finally:
            person.adding -= 1
        _check(answer.json()["created"] == IMPORTED, f"an import that made {answer.json()['created']} of {IMPORTED}")

    async def add_interaction(self, person: Person) -> None:
        """Noted once, answered with the strength that follows."""
        contact = self.chance.choice(person.contacts)
        at = datetime.now(UTC) - timedelta(seconds=self.chance.uniform(0, 30 * 86400))
        fields = {"kind": "email", "at": at.isoformat(), "direction": "out"}
        answer = await self._call(person, "POST", f"{CONTACTS}/{contact}/interactions", fields, expected=201)
        _check(0 < answer.json()["strength"] <= 1, "a strength out of its bounds")

    async def set_relationship(self, person: Person) -> None:
        """Between two contacts, or with a new strength."""
        one, other = self.chance.sample(person.contacts, 2)
        fields = {"from_contact_id": one, "to_contact_id": other, "strength": 0.5}
        await self._call(person, "PUT", f"{GRAPH}/relationships", fields, expected=(200, 201))

    async def request_enrichment(self, person: Person) -> None:
        """Queued; the consumer asks the providers."""
        contact = self.chance.choice(person.contacts)
        await self._call(person, "POST", f"{CONTACTS}/{contact}/enrich", {"priority": "normal"}, expected=202)

    async def request_introduction(self, person: Person) -> None:
        """To one whom a direct contact knows, each once."""
        place = person.drawn // 10 + person.asked
        if place >= person.drawn // 2:
            raise Nothing
        person.asked += 1
        fields = {"target_id": person.contacts[place], "message": "I should like to hear how you did it."}
        await self._call(person, "POST", f"{GRAPH}/introduce", fields, expected=201)

    async def answer_introduction(self, _person: Person) -> None:
        """By the link of an e-mail that has arrived."""
        if not self._links:
            self._read_mail()
        if not self._links:
            raise Nothing
        path = f"{GRAPH}/introductions/respond/{self._links.popleft()}"
        answer = await self._send("POST", path, {"Content-Type": "application/json"}, b'{"decision":"accept"}')
        _check(answer.status == 200, _refusal(answer))

    async def create_invitations(self, person: Person) -> None:
        """Two at a time."""
        person.made += 1
        emails = [f"friend{person.made}.{letter}.{person.email}" for letter in "ab"]
        answer = await self._call(person, "POST", f"{VIRAL}/invitations", {"emails": emails}, expected=201)
        self._codes.extend(item["code"] for item in answer.json()["items"][:2])

    async def accept_invitation(self, _person: Person) -> None:
        """By somebody who is new here."""
        if not self._codes:
            raise Nothing
        self._joiners += 1
        joiner = Person("", bearer(self._issuer, f"joiner{self._joiners}@load.example"), [])
        await self._call(joiner, "POST", f"{VIRAL}/invitations/accept", {"code": self._codes.popleft()})

    async def list_introductions(self, person: Person) -> None:
        """The first page."""
        await self._call(person, "GET", f"{GRAPH}/introductions")

    async def get_leaderboard(self, person: Person) -> None:
        """Of a week, a month or ever."""
        period = self.chance.choice(("7d", "30d", "all"))
        await self._call(person, "GET", f"{VIRAL}/leaderboard?period={period}")

    async def get_viral_stats(self, person: Person) -> None:
        """Of a month."""
        await self._call(person, "GET", f"{VIRAL}/stats?window=30d")

    async def _call(
        self,
        person: Person,
        method: str,
        path: str,
        body: dict[str, Any] | bytes | None = None,
        *,
        content_type: str = "application/json",
        expected: int | tuple[int, ...] = 200,
    ) -> Answer:
        headers, data = person.headers, b""
        if body is not None:
            headers = headers | {"Content-Type": content_type}
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = await self._send(method, path, headers, data)
        _check(answer.status in (expected if isinstance(expected, tuple) else (expected,)), _refusal(answer))
        return answer

    def _read_mail(self) -> None:
        """Takes the links out of the e-mails that have arrived since; their files are named by time."""
        for path in sorted(entry for entry in self._mailbox.glob("*.json") if entry.name > self._read_until):
            self._read_until = path.name
            mail = json.loads(path.read_text(encoding="utf-8"))
            found = _LINK.search(mail["text"])
            if found and _QUESTION.search(mail["subject"]):
                self._links.append(found[1])


def _check(good: bool, otherwise: str) -> None:
    if not good:
        raise Wrong(otherwise)


def _refusal(answer: Answer) -> str:
    try:
        problem = answer.json()
        return f"{answer.status} {problem['code']}: {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return f"{answer.status}"
