"""What the tests of the journal share: a book of contacts, and what undo answers."""

from __future__ import annotations

from typing import Any

import pytest

CONTACTS = "/api/crm/contacts"
OPERATIONS = "/api/crm/operations"


class Book:
    """The contacts of one user, through the API."""

    def __init__(self, api: Any) -> None:
        self.api = api

    def add(self, name: str, **fields: Any) -> str:
        """A new contact; its id."""
        answer = self.api.post(CONTACTS, json={"name": name, "enrich": False, **fields})
        assert answer.status_code == 201, answer.json
        return str(answer.json["id"])

    def edit(self, contact: str, **fields: Any) -> str:
        """Change fields; the operation."""
        answer = self.api.patch(f"{CONTACTS}/{contact}", json=fields)
        assert answer.status_code == 200, answer.json
        return str(answer.headers["Operation-Id"])

    def delete(self, contact: str) -> str:
        """Move to the trash; the operation."""
        answer = self.api.delete(f"{CONTACTS}/{contact}")
        assert answer.status_code == 204, answer.json
        return str(answer.headers["Operation-Id"])

    def get(self, contact: str) -> dict[str, Any]:
        """The contact, as far as people write it."""
        found = self.api.get(f"{CONTACTS}/{contact}")
        assert found.status_code == 200, found.json
        return {name: value for name, value in found.json.items() if name not in {"updated_at", "enrichment"}}

    def tie(self, first: str, second: str, strength: float) -> str:
        """Set a tie by hand; the operation."""
        answer = self.api.put(
            "/api/crm/graph/relationships",
            json={"from_contact_id": first, "to_contact_id": second, "strength": strength, "mutual": True},
        )
        assert answer.status_code in {200, 201}, answer.json
        return str(answer.headers["Operation-Id"])

    def ties(self, contact: str) -> dict[str, float]:
        """The strengths of a contact's ties, by the other end."""
        page = self.api.get(f"/api/crm/graph/relationships?contact_id={contact}&limit=200").json["items"]
        ends = {"from_contact_id", "to_contact_id"}
        return {
            next(tie[end] for end in ends if tie.get(end) not in {None, contact}): round(tie["strength"], 6)
            for tie in page
        }

    def meet(self, contact: str, at: str = "2026-01-02T03:04:05Z") -> str:
        """Record a call; the operation."""
        answer = self.api.post(
            f"{CONTACTS}/{contact}/interactions", json={"kind": "call", "at": at, "direction": "out"}
        )
        assert answer.status_code in {200, 201}, answer.json
        return str(answer.headers["Operation-Id"])

    def meetings(self, contact: str) -> list[str]:
        """The times of a contact's interactions."""
        page = self.api.get(f"{CONTACTS}/{contact}/interactions").json["items"]
        return [item["at"] for item in page]

    def load(self, csv: str, **query: Any) -> str:
        """Import a file; the operation."""
        answer = self.api.post(f"{CONTACTS}/import", data=csv, content_type="text/csv", query_string=query)
        assert answer.status_code == 200, answer.json
        return str(answer.headers["Operation-Id"])

    def undo(self, operation: str, *, dry_run: bool = False) -> dict[str, Any]:
        """Take an operation back; the outcome."""
        answer = self.api.post(f"{OPERATIONS}/{operation}/undo", json={"dry_run": dry_run})
        assert answer.status_code == 200, answer.json
        outcome: dict[str, Any] = answer.json
        return outcome

    def names(self) -> list[str]:
        """The names of all contacts but the self contact."""
        items = self.api.get(f"{CONTACTS}?limit=200").json["items"]
        return [item["name"] for item in items if not item["is_self"]]


@pytest.fixture
def book(api):
    """The user's contacts."""
    return Book(api)
