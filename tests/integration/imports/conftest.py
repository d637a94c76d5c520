"""Imports as jobs, step by step, without threads: a test decides when a worker works, and with how many rows at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from shared.edge.deps import deps
from shared.edge.jobs import make_kinds
from shared.jobs.service import Jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api

IMPORTS = "/api/crm/imports"


@dataclass
class Importing:
    """One user's imports."""

    api: Api
    user_id: UUID
    batch_rows: int = 1000

    def send(self, data: bytes, kind: str = "contacts", filename: str = "contacts.csv", **options: Any) -> str:
        """Announces a file and sends it whole; returns the import's id."""
        body = {"kind": kind, "filename": filename, "size": len(data), **options}
        made = self.api.post(IMPORTS, json=body)
        assert made.status_code == 202, made.json
        url = made.json["upload"]["url"].partition("//")[2].partition("/")[2]
        sent = self.api.put(f"/{url}", data=data)
        assert sent.status_code == 200, sent.text
        return str(made.json["id"])

    def get(self, import_id: str) -> Any:
        """The import."""
        return self.api.get(f"{IMPORTS}/{import_id}").json

    def work(self, import_id: str, jobs: Jobs | None = None) -> Any:
        """Lets a worker work until it stops by itself; returns the import."""
        (jobs or self.worker()).work(self.user_id, UUID(import_id))
        return self.get(import_id)

    def worker(self, batch_rows: int = 0) -> Jobs:
        """A worker."""
        return Jobs(deps().database, make_kinds(deps(), batch_rows=batch_rows or self.batch_rows))

    def plan(self, data: bytes, **options: Any) -> Any:
        """Sends a file and lets it be read; returns the import with its plan."""
        import_id = self.send(data, **options)
        self.get(import_id)
        return self.work(import_id)

    def start(self, import_id: str, **body: Any) -> Any:
        """Starts a planned import, and lets it be merged."""
        started = self.api.post(f"{IMPORTS}/{import_id}/start", json=body)
        assert started.status_code == 202, started.json
        return self.work(import_id)

    def run(self, data: bytes, **options: Any) -> Any:
        """Imports a file from the announcement to its end."""
        planned = self.plan(data, **options)
        assert planned["phase"] == "plan", planned
        return self.start(planned["id"])


@pytest.fixture
def importing(api: Api, user_id: UUID) -> Importing:
    """Imports of a fresh user."""
    return Importing(api, user_id)


@pytest.fixture
def another(api: Api) -> Callable[[str], Importing]:
    """Imports of another fresh user, by their address."""

    def make(email: str) -> Importing:
        other = api.as_user(email)
        return Importing(other, UUID(other.get("/api/crm/users/me").json["id"]))

    return make
