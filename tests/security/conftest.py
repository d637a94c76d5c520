"""What the attacks share: a client that signs in once, and somebody else whose things must stay theirs."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Api
from tests.security.corpus import LEAKS

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

CONTACTS = "/api/crm/contacts"
GRAPH = "/api/crm/graph"
ME = "/api/crm/users/me"
TEAMS = "/api/crm/teams"


class SignedIn(Api):
    """The API as a user whose one token is used for every call."""

    def __init__(self, api: Api) -> None:
        super().__init__(api.application, api.issuer, api.email)
        self.token = api.issuer.token(api.email, "Uma User")

    def open(self, *args: Any, headers: Any = None, **kwargs: Any) -> TestResponse:
        return super().open(*args, headers={"Authorization": f"Bearer {self.token}", **(headers or {})}, **kwargs)


@pytest.fixture
def attacker(api: Api) -> SignedIn:
    """A user with an account of their own."""
    return SignedIn(api)


@pytest.fixture
def victim(api: Api) -> SignedIn:
    """Somebody else."""
    return SignedIn(api.as_user(f"victim-{uuid.uuid4().hex}@example.com"))


def check_harmless(answer: TestResponse, what: object) -> None:
    """An answer that is no failure of ours, in a form of the API, and tells nothing of how the house is built."""
    assert answer.status_code < 500, (what, answer.text)
    for leak in LEAKS:
        assert leak not in answer.text, (what, leak, answer.text[:300])
    assert "X-Injected" not in answer.headers, what
