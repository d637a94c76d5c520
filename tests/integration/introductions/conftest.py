from __future__ import annotations

import re
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from selfhost.deliveries import Deliveries
from selfhost.gateway import Functions
from shared.edge.deps import deps
from shared.manifest import functions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GRAPH = "/api/crm/graph"
CONTACTS = "/api/crm/contacts"
IMPORT_TIES = f"{GRAPH}/relationships/import"


@pytest.fixture(scope="session")
def deliveries(gateway, database) -> Deliveries:
    """Carries events to their consumers as the local stack does, when told to."""
    apps = Functions()
    return Deliveries(functions(), apps.app, lambda: database)


@pytest.fixture
def deliver(deliveries, database, owner) -> Callable[[], int]:
    """Delivers every e-mail and activation that waits, and what follows from them; how many events."""
    # What other tests of this worker queued and left is not this test's to deliver.
    owner.run("delete from crm.outbox where topic in ('email', 'activation')")

    def run() -> int:
        from shared.plumbing.events import outbox

        count = 0
        for _ in range(20):
            events = []
            for topic in ("email", "activation"):
                with database.transaction(None) as tx:
                    events += outbox.take(tx, topic, 500, max_in_flight=(None, None, None), retake_after_s=60)
            if not events:
                return count
            for event in events:
                count += 1
                assert deliveries.deliver(event) < 300, event
        raise AssertionError("events without end")

    return run


@pytest.fixture
def clock(gateway) -> Callable[..., Any]:
    """Moves the time that functions see: `with clock(days=6): ...`."""
    from datetime import UTC, datetime, timedelta

    @contextmanager
    def moved(**shift: float) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(deps()), "now", lambda _: datetime.now(UTC) + timedelta(**shift))
            yield

    return moved


@pytest.fixture
def schedule(deliveries) -> Callable[[str], Any]:
    """Calls a function that has a schedule."""
    from werkzeug.test import Client

    def call(name: str) -> Any:
        answer = Client(deliveries._app(name)).post("/")
        assert answer.status_code == 200, answer.text
        return answer.json

    return call


class Mail:
    """What a mailbox holds, and the links in it."""

    def __init__(self, mailbox: Any) -> None:
        self._mailbox = mailbox

    def to(self, address: str) -> list[dict[str, Any]]:
        return self._mailbox.mails(address)

    def last(self, address: str) -> dict[str, Any]:
        mails = self.to(address)
        assert mails, f"nothing was sent to {address}"
        return mails[0]

    def token(self, address: str) -> str:
        found = re.search(r"/respond/(\S+)", self.last(address)["text"])
        assert found, self.last(address)["text"]
        return found[1]


@pytest.fixture
def mail(mailbox) -> Mail:
    return Mail(mailbox)


class Network:
    """A requester who knows Ana, who knows Bruno, who knows Mei; each with addresses of this test's own."""

    def __init__(self, api: Any) -> None:
        self.mark = uuid.uuid4().hex[:10]
        self.api = api
        self.ana, self.bruno, self.mei = (f"{name}-{self.mark}@example.com" for name in ("ana", "bruno", "mei"))
        self.me = api.get("/api/crm/users/me").json["self_contact_id"]
        self.ids = {
            "ana": self.contact("Ana Diaz", self.ana, company="Acme"),
            "bruno": self.contact("Bruno Okafor", self.bruno, company="Initech"),
            "mei": self.contact(
                "Mei Tanaka", self.mei, company="Globex", title="CTO", phones=["+81 3 5550 1234"],
                linkedin_url=f"https://www.linkedin.com/in/mei-{self.mark}",
            ),
        }  # fmt: skip
        self.tie(self.me, self.ids["ana"], 0.9)
        self.tie(self.ids["ana"], self.ids["bruno"], 0.8)
        self.tie(self.ids["bruno"], self.ids["mei"], 0.7)

    def contact(self, name: str, email: str | None, **fields: Any) -> str:
        answer = self.api.post(CONTACTS, json={"name": name, "email": email, "enrich": False, **fields})
        assert answer.status_code == 201, answer.text
        return answer.json["id"]

    def tie(self, one: str, other: str, strength: float = 0.5) -> None:
        body = {"from_contact_id": one, "to_contact_id": other, "strength": strength}
        assert self.api.put(f"{GRAPH}/relationships", json=body).status_code in {200, 201}

    def ask(self, target: str = "mei", **fields: Any) -> Any:
        body = {"target_id": self.ids[target], "message": "I build telescopes and would value her view.", **fields}
        return self.api.post(f"{GRAPH}/introduce", json=body)

    def get(self, introduction: dict[str, Any]) -> dict[str, Any]:
        return self.api.get(f"{GRAPH}/introductions/{introduction['id']}").json

    def respond(self, token: str, decision: str, **fields: Any) -> Any:
        path = f"{GRAPH}/introductions/respond/{token}"
        return self.api.anonymous().post(path, json={"decision": decision, **fields})

    def question(self, token: str) -> Any:
        return self.api.anonymous().get(f"{GRAPH}/introductions/respond/{token}")


@pytest.fixture
def network(api) -> Network:
    return Network(api)
