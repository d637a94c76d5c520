from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.introductions.conftest import Mail, clock, deliver, deliveries, mail, schedule

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Mail", "clock", "deliver", "deliveries", "mail", "schedule"]

TEAMS = "/api/crm/teams"
GRAPH = "/api/crm/graph"
CONTACTS = "/api/crm/contacts"


class Person:
    """A user with an address book.

    Attributes:
        api: calls as them.
        email: of theirs.
        user_id: theirs.
        me: the contact that they are themselves.
    """

    def __init__(self, api: Any, email: str) -> None:
        self.api, self.email = api, email
        user = api.get("/api/crm/users/me").json
        self.user_id, self.me = user["id"], user["self_contact_id"]

    def knows(self, name: str, strength: float | None = 0.5, **fields: Any) -> str:
        """A contact; tied to oneself unless the strength is None."""
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.text
        contact_id: str = answer.json["id"]
        if strength is not None:
            self.tie(self.me, contact_id, strength)
        return contact_id

    def tie(self, one: str, other: str, strength: float) -> None:
        body = {"from_contact_id": one, "to_contact_id": other, "strength": strength}
        assert self.api.put(f"{GRAPH}/relationships", json=body).status_code in {200, 201}

    def shares(self, ties: bool = True) -> None:
        assert self.api.put(f"{TEAMS}/mine/sharing", json={"ties": ties}).json == {"ties": ties}

    def team(self) -> Any:
        return self.api.get(f"{TEAMS}/mine").json

    def joins(self, host: Person) -> None:
        """By an invitation of a member."""
        assert host.api.post(f"{TEAMS}/mine/invitations", json={"email": self.email}).status_code == 201
        invitation = self.team()["invitations"][0]["id"]
        assert self.api.post(f"{TEAMS}/invitations/{invitation}/accept").status_code == 200

    def finds(self, **query: Any) -> list[Any]:
        """Paths through the team."""
        answer = self.api.get(f"{GRAPH}/path", query_string={"through_team": "true", **query})
        assert answer.status_code == 200, answer.text
        paths: list[Any] = answer.json["paths"]
        return paths


@pytest.fixture
def person(api) -> Callable[[str], Person]:
    """Makes users with addresses of this test's own."""
    mark = uuid.uuid4().hex[:10]

    def make(name: str) -> Person:
        email = f"{name}-{mark}@example.com"
        return Person(api.as_user(email), email)

    return make


@pytest.fixture
def uma(person) -> Person:
    """Who searches; has a team."""
    uma = person("uma")
    assert uma.api.post(f"{TEAMS}", json={"name": "Lens makers"}).status_code == 201
    return uma


@pytest.fixture
def carl(person, uma) -> Person:
    """A colleague who shares his ties."""
    carl = person("carl")
    carl.joins(uma)
    carl.shares()
    return carl
