"""Users at work, each in a thread of their own: contacts, ties, introductions, invitations, enrichment, teams."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.fakes.providers.answers import Person
from tests.faults.journal import PERHAPS, YES, Contact, Introduction, Join, Reply

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.fakes.providers.server import FakeProviders
    from tests.faults.caller import Answer, Caller
    from tests.faults.journal import Journal

CONTACTS, GRAPH, VIRAL, TEAMS = "/api/crm/contacts", "/api/crm/graph", "/api/crm/viral", "/api/crm/teams"
IMPORTED = 12
# Of the own contacts, those that stay: ties and introductions lead through them.
READS = (
    f"{CONTACTS}?limit=20",
    f"{CONTACTS}/search?q=con",
    f"{GRAPH}/relationships?limit=20",
    f"{VIRAL}/leaderboard",
    f"{VIRAL}/stats",
    f"{VIRAL}/invitations",
    f"{GRAPH}/introductions",
    f"{TEAMS}/mine",
    "/api/crm/enrichment/credits/ledger",
    "/api/crm/users/me",
)


class User(threading.Thread):
    """One user, who does one thing after the other until told to stop.

    Args:
        email: of theirs.
        caller: calls as them.
        journal: of all users.
        rng: decides what is done.
        providers: are told about some of the contacts.
        stale_is_news: whether a contact that is read must be as new as possible right now.
    """

    def __init__(
        self,
        email: str,
        caller: Caller,
        journal: Journal,
        rng: random.Random,
        providers: FakeProviders,
        stale_is_news: Callable[[], bool],
    ) -> None:
        super().__init__(name=email, daemon=True)
        self.email = email
        self.stop = threading.Event()
        self._caller, self._journal, self._rng, self._providers = caller, journal, rng, providers
        self._stale_is_news = stale_is_news
        self._own: list[Contact] = []
        self._count = 0
        self._me = ""
        self._things: list[tuple[int, Callable[[], object]]] = [
            (14, self._create), (6, self._create_once), (18, self._edit), (4, self._remove), (22, self._read_contact),
            (10, self._read), (3, self._import), (10, self._tie), (6, self._note_interaction), (8, self._enrich),
            (7, self._introduce), (4, self._end_introduction), (3, self._invite), (2, self._share), (4, self._find_path),
        ]  # fmt: skip

    def run(self) -> None:
        weights, things = zip(*self._things, strict=True)
        try:
            answer = self._caller.insist("GET", "/api/crm/users/me")
            self._me = answer.body["self_contact_id"] if answer.is_yes else ""
            while self._me and not self.stop.is_set():
                self._rng.choices(things, weights)[0]()
                self.stop.wait(self._rng.uniform(0.01, 0.06))
        except Exception as error:  # noqa: BLE001 - whatever it is, an answer was not what it should be
            self._journal.find(f"{self.email} cannot go on: {error!r}")
        finally:
            self.leave()

    def leave(self) -> None:
        """Closes what is open."""
        self._caller.close()

    def _new_name(self, kind: str) -> str:
        self._count += 1
        return f"{kind} {self._count} of {self.email.partition('@')[0]}"

    def _address(self, name: str) -> str:
        return f"{name.replace(' ', '-')}@people.example"

    def _certain(self, *, mailed: bool = False) -> Contact | None:
        """One of the own contacts of whom everything is known."""
        known = [contact for contact in self._own[-60:] if contact.is_certain and (contact.email or not mailed)]
        return self._rng.choice(known) if known else None

    def _keep(self, contact: Contact) -> Contact:
        self._own.append(contact)
        with self._journal.lock:
            self._journal.contacts.append(contact)
        return contact

    def _take_in(self, contact: Contact, answer: Answer) -> None:
        if answer.is_yes:
            contact.id, contact.created = answer.body["id"], YES

    def _create(self) -> None:
        """A contact that only has a name: created once, or perhaps."""
        contact = self._keep(Contact(self.email, self._new_name("contact")))
        self._take_in(contact, self._caller.ask("POST", CONTACTS, {"name": contact.name, "notes": ""}))

    def _create_once(self, **fields: Any) -> Contact:
        """A contact with an address, asked for until there is an answer: once, however often."""
        name = self._new_name("reachable contact")
        contact = self._keep(Contact(self.email, name, self._address(name)))
        if self._rng.random() < 0.6:
            self._providers.knows(
                Person(contact.email or "", name=name, title="Lens maker", company="Acme", linkedin=name)
            )
        body = {"name": name, "email": contact.email, "notes": "", "enrich": False, **fields}
        self._take_in(contact, self._caller.insist("POST", CONTACTS, body))
        return contact

    def _edit(self) -> None:
        contact = self._certain()
        if contact is None:
            return
        notes = f"edited {self._rng.getrandbits(48):x}"
        contact.notes.add(notes)
        answer = self._caller.ask("PATCH", f"{CONTACTS}/{contact.id}", {"notes": notes})
        if answer.is_yes:
            contact.notes = {notes}

    def _remove(self) -> None:
        contact = self._certain()
        if contact is None or self._is_tied(contact):
            return
        contact.removed = PERHAPS
        if self._caller.ask("DELETE", f"{CONTACTS}/{contact.id}").is_yes:
            contact.removed = YES

    def _is_tied(self, contact: Contact) -> bool:
        return any(contact.id in key for key in list(self._journal.ties)) or contact.id in self._journal.enrichments

    def _read_contact(self) -> None:
        contact = self._certain()
        if contact is None:
            return
        strict = self._stale_is_news()
        answer = self._caller.ask("GET", f"{CONTACTS}/{contact.id}")
        if answer.is_yes and (answer.body["notes"] or "") not in contact.notes:
            self._journal.counts["stale reads"] += 1
            if strict and self._stale_is_news():
                self._journal.find(f"{contact.name} was read as {answer.body['notes']!r}, not {contact.notes}")

    def _read(self) -> None:
        self._caller.ask("GET", self._rng.choice(READS))

    def _import(self) -> None:
        """A file, again and again until there is an answer: each of its people once."""
        names = [self._new_name("imported contact") for _ in range(IMPORTED)]
        people = [self._keep(Contact(self.email, name, self._address(name))) for name in names]
        file = "name,email\n" + "".join(f"{person.name},{person.email}\n" for person in people)
        answer = self._caller.insist(
            "POST", f"{CONTACTS}/import?enrich=false", file, headers={"Content-Type": "text/csv"}
        )
        if answer.is_yes:
            for person in people:
                person.created = YES

    def _tie(self) -> None:
        one, other = self._certain(), self._certain()
        if one is None or other is None or one is other:
            return
        self._set_tie(one.id, other.id)

    def _set_tie(self, one: str, other: str, strength: float | None = None) -> Answer:
        low, high = sorted((one, other))
        strength = round(self._rng.uniform(0.1, 1), 2) if strength is None else strength
        allowed = self._journal.ties.setdefault((self.email, low, high), set())
        allowed.add(strength)
        body = {"from_contact_id": low, "to_contact_id": high, "strength": strength}
        answer = self._caller.insist("PUT", f"{GRAPH}/relationships", body)
        if answer.is_yes:
            self._journal.ties[self.email, low, high] = {strength}
        else:
            allowed.add(0)  # perhaps there is none
        return answer

    def _note_interaction(self) -> None:
        contact = self._certain()
        if contact is None or self._is_tied(contact):
            return
        at = (datetime.now(UTC) - timedelta(days=self._rng.uniform(1, 300))).isoformat()
        answer = self._caller.insist("POST", f"{CONTACTS}/{contact.id}/interactions", {"kind": "call", "at": at})
        if answer.is_yes:
            contact.interactions.add(at)
            with self._journal.lock:
                self._journal.enrichments.add(contact.id)  # it stays

    def _enrich(self) -> None:
        contact = self._certain(mailed=True)
        if contact is None or not contact.id:
            return
        with self._journal.lock:
            self._journal.enrichments.add(contact.id)
        urgent = {"priority": self._rng.choice(("high", "normal", "low")), "force": self._rng.random() < 0.2}
        answer = self._caller.ask("POST", f"{CONTACTS}/{contact.id}/enrich", urgent, may_be=frozenset({402}))
        if answer.is_yes:
            self._journal.counts["enrichments asked for"] += 1

    def _introduce(self) -> None:
        """Two new people, one of whom knows the other, and a question to the first about the second."""
        connector, target = self._create_once(), self._create_once()
        if not (connector.id and target.id):
            return
        first = self._set_tie(self._me, connector.id, 0.9)
        if not (first.is_yes and self._set_tie(connector.id, target.id, 0.8).is_yes):
            return
        asked = Introduction(self.email, target.id, connector.email or "", target.email or "")
        with self._journal.lock:
            self._journal.introductions.append(asked)
        body = {"target_id": target.id, "message": "I build telescopes."}
        answer = self._caller.insist("POST", f"{GRAPH}/introduce", body, may_be=frozenset({409}))
        if answer.is_yes:
            asked.id = answer.body["id"]

    def _end_introduction(self) -> None:
        mine = [
            i for i in self._journal.introductions if i.user == self.email and i.id and not (i.ended or i.completed)
        ]
        if not mine:
            return
        chosen = self._rng.choice(mine)
        answer = self._caller.ask("GET", f"{GRAPH}/introductions/{chosen.id}")
        if not answer.is_yes:
            return
        conflict = frozenset({409})
        if answer.body["status"] == "introduced":
            chosen.completed = PERHAPS
            path = f"{GRAPH}/introductions/{chosen.id}/complete"
            if self._caller.insist("POST", path, may_be=conflict).is_yes:
                chosen.completed = YES
        elif answer.body["status"] == "requested" and self._rng.random() < 0.2:
            chosen.ended = PERHAPS
            path = f"{GRAPH}/introductions/{chosen.id}/withdraw"
            if self._caller.insist("POST", path, may_be=conflict).is_yes:
                chosen.ended = YES

    def _invite(self) -> None:
        friend = self._address(self._new_name("friend"))
        join = self._journal.joins.setdefault(friend, Join(self.email))
        join.invited = self._caller.insist("POST", f"{VIRAL}/invitations", {"emails": [friend]}).is_yes

    def _share(self) -> None:
        if self.email not in self._journal.members:
            return
        wanted = self._rng.random() < 0.5
        allowed = self._journal.sharing.setdefault(self.email, {False})
        allowed.add(wanted)
        if self._caller.insist("PUT", f"{TEAMS}/mine/sharing", {"ties": wanted}).is_yes:
            self._journal.sharing[self.email] = {wanted}

    def _find_path(self) -> None:
        contact = self._certain()
        if contact is not None:
            self._caller.ask("GET", f"{GRAPH}/path?to={contact.id}&through_team=true")

    def make_team(self, name: str, colleagues: list[User]) -> None:
        """Makes a team and brings others into it; before the faults begin."""
        self._caller.insist("POST", TEAMS, {"name": name}, may_be=frozenset({409}))
        self._journal.members[self.email] = name
        for colleague in colleagues:
            self._caller.insist("POST", f"{TEAMS}/mine/invitations", {"email": colleague.email})
            waiting = colleague._caller.insist("GET", f"{TEAMS}/mine").body["invitations"]
            path = f"{TEAMS}/invitations/{waiting[0]['id']}/accept"
            if colleague._caller.insist("POST", path, may_be=frozenset({409})).is_yes:
                self._journal.members[colleague.email] = name


class Reader(threading.Thread):
    """Whoever gets e-mail: answers questions by their links, and joins by invitations.

    Args:
        taken: what the mail server took, which grows.
        caller: makes a client for a user, or for nobody.
        journal: of all.
        rng: decides what is answered.
        share: which of so many readers this is.
    """

    def __init__(
        self,
        taken: list[Any],
        caller: Callable[[str], Caller],
        journal: Journal,
        rng: random.Random,
        share: tuple[int, int],
    ) -> None:
        super().__init__(name=f"reader-{share[0]}", daemon=True)
        self.stop = threading.Event()
        self._taken, self._make, self._journal, self._rng, self._share = taken, caller, journal, rng, share
        self._nobody = caller("")

    def run(self) -> None:
        number, of = self._share
        read = 0
        try:
            while True:
                for mail in self._taken[read:]:
                    read += 1
                    # by the recipient: whoever gets an e-mail twice reads one after the other
                    if sum(mail.to[0].encode()) % of == number:
                        self._read(mail)
                if self.stop.wait(0.05) and read == len(self._taken):
                    return
        except Exception as error:  # noqa: BLE001 - whatever it is, an answer was not what it should be
            self._journal.find(f"a reader of e-mail cannot go on: {error!r}")
        finally:
            self._nobody.close()

    def _read(self, mail: Any) -> None:
        recipient = mail.to[0]
        if "/join/" in mail.text and recipient in self._journal.joins:
            self._join(recipient, mail.text.partition("/join/")[2].split()[0])
        elif "/respond/" in mail.text and recipient.startswith("reachable-contact"):
            self._answer(recipient, mail.text.partition("/respond/")[2].split()[0])

    def _answer(self, recipient: str, token: str) -> None:
        decision = self._rng.choices(("accept", "decline", "not_now"), (8, 1, 1))[0]
        reply = self._journal.replies.setdefault(recipient, Reply(decision, time.monotonic()))
        path = f"{GRAPH}/introductions/respond/{token}"
        answer = self._nobody.insist("POST", path, {"decision": reply.decision}, may_be=frozenset({404, 409}))
        if answer.is_yes:
            reply.heard = True

    def _join(self, friend: str, code: str) -> None:
        join, caller = self._journal.joins[friend], self._make(friend)
        answer = caller.insist("POST", f"{VIRAL}/invitations/accept", {"code": code}, may_be=frozenset({409}))
        join.accepted = join.accepted or answer.is_yes
        for number in range(5):
            address = f"of-{friend.partition('@')[0]}-{number}@people.example"
            if caller.insist("POST", CONTACTS, {"email": address, "enrich": False}).is_yes:
                join.contacts += 1
        caller.close()
