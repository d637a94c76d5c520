from __future__ import annotations

from typing import Any

import pytest

from tests.integration.introductions.conftest import clock, deliveries, schedule

__all__ = ["clock", "deliveries", "schedule"]

TOKENS = "/api/crm/access/tokens"


@pytest.fixture
def program(api):
    """Makes a token of the user and calls with it: `program("read")`."""

    def made(*scopes: str, name: str = "n8n", days: int = 90, of: Any = api) -> Any:
        made = of.post(TOKENS, json={"name": name, "scopes": list(scopes), "days": days})
        assert made.status_code == 201, made.text
        return Program(api, made.json)

    return made


class Program:
    """A program with a token: `program.get(path)`."""

    def __init__(self, api: Any, token: dict[str, Any]) -> None:
        self._api = api.anonymous()
        self.id = token["id"]
        self.token = token["token"]
        self.made = token

    def __getattr__(self, method: str) -> Any:
        def called(path: str, headers: Any = None, **given: Any) -> Any:
            sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
            return getattr(self._api, method)(path, headers=sent, **given)

        return called
