"""Rate limits that nobody talks their way around."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from shared.edge.deps import deps
from tests.security.conftest import CONTACTS, ME
from tests.security.operations import operations

if TYPE_CHECKING:
    from tests.conftest import Api

BURST = 3


@pytest.fixture
def limited(gateway, monkeypatch):
    """At most three requests at once, and one a minute."""
    settings = deps().settings._replace(rate_limit_per_minute=1, rate_limit_burst=BURST)
    monkeypatch.setitem(deps().__dict__, "settings", settings)


@pytest.mark.usefixtures("limited")
def test_many_tokens_of_one_user_have_one_limit(api: Api, issuer) -> None:
    tokens = [issuer.token(api.email, "Uma User", jti=str(number)) for number in range(BURST + 3)]
    statuses = [api.get(ME, headers={"Authorization": f"Bearer {token}"}).status_code for token in tokens]
    assert statuses == [200] * BURST + [429] * 3


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP", "X-Cloud-Trace-Context", "User-Agent", "Host", "X-Original-URL", "Authorization2"]
)  # fmt: skip
def test_no_header_begins_a_new_limit(api: Api, header: str) -> None:
    statuses = [api.get(ME, headers={header: f"localhost.{number}"}).status_code for number in range(BURST + 2)]
    assert statuses == [200] * BURST + [429] * 2


@pytest.mark.usefixtures("limited")
def test_the_limit_is_one_for_all_operations_and_spellings(api: Api) -> None:
    paths = [
        ME,
        f"{CONTACTS}?limit=1",
        f"{CONTACTS}/search?q=a",
        f"{ME}?x=1",
        f"{CONTACTS}/{uuid.uuid4()}",
        "/api/crm/teams/mine",
    ]
    assert [api.get(path).status_code for path in paths][BURST:] == [429] * (len(paths) - BURST)
    assert api.head(ME).status_code == 429
    assert api.post(CONTACTS, json={"name": "Ana"}).status_code == 429


@pytest.mark.usefixtures("limited")
def test_who_is_limited_writes_nothing(api: Api, owner) -> None:
    for _ in range(BURST + 3):
        api.post(CONTACTS, json={"name": "Limited", "enrich": False})
    [[count]] = owner.run(
        "select count(*) from crm.contacts c join crm.users u on u.id = c.user_id where u.email = :email and not c.is_self",
        email=api.email,
    )
    assert count == BURST


@pytest.mark.usefixtures("limited")
def test_without_redis_the_limit_is_none_and_nothing_else_changes(api: Api, monkeypatch) -> None:
    """Accepted: a limit that fails closed would make the cache a part without which nothing works."""
    from shared.plumbing.redis.cache import Cache

    monkeypatch.setitem(deps().__dict__, "cache", Cache(None))
    assert {api.get(ME).status_code for _ in range(BURST + 3)} == {200}


SECRET = {
    operation.name: operation
    for operation in operations()
    if operation.public
    and ({"token", "code"} & {each["name"] for each in operation.named("path")} or operation.name == "open_invitation")
}


def test_every_operation_that_takes_a_secret_is_limited_by_it() -> None:
    assert set(SECRET) == {
        "get_introduction_question", "answer_introduction", "show_introduction_question", "submit_introduction_answer", "get_invitation", "open_invitation",
        "show_held_facts", "request_erasure", "connect_device", "show_digest_page", "submit_digest_answer",
    }  # fmt: skip


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize("name", SECRET)
def test_a_secret_works_so_often_a_minute(api: Api, monkeypatch, name: str) -> None:
    from shared.day.digest import service as digests
    from shared.devices import connecting
    from shared.introductions import service as introductions
    from shared.privacy import service as privacy
    from shared.viral import service as viral

    monkeypatch.setattr(introductions, "ANSWERS_A_MINUTE", BURST)
    monkeypatch.setattr(viral, "LOOKS_A_MINUTE", BURST)
    monkeypatch.setattr(privacy, "OPENED_A_MINUTE", BURST)
    monkeypatch.setattr(digests, "OPENED_A_MINUTE", BURST)
    monkeypatch.setattr(connecting, "OPENED_PER_MINUTE", BURST)
    operation, secret = SECRET[name], uuid.uuid4().hex
    nobody = api.anonymous()

    def ask(number: int, typed: str = secret) -> int:
        json = {"code": typed} if name == "open_invitation" else {"decision": "accept"}
        body = {"json": json} if operation.method == "POST" else {}
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        path = operation.address({}, typed)
        if name in {"submit_introduction_answer", "request_erasure", "submit_digest_answer"}:
            body = {"data": {"decision": "accept"}}
        return int(nobody.open(path, method=operation.method, headers=headers, **body).status_code)

    first = [ask(number) for number in range(BURST + 2)]
    assert 429 not in first[:BURST]
    assert first[BURST:] == [429, 429]
    if "invitation" in name:  # other spellings of a code are the same one
        assert ask(9, f" {secret.upper()} ") == 429
    assert ask(10, uuid.uuid4().hex) != 429
