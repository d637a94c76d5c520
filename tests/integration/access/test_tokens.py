from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from shared.access import codes
from shared.edge import auth, programs
from shared.edge.deps import deps
from tests.integration.access.conftest import TOKENS

CONTACTS = "/api/crm/contacts"
CALLS = "/api/crm/access/calls"


def test_a_token_calls_as_its_user(api, program):
    contact = api.post(CONTACTS, json={"name": "Ana Lima"}).json

    answer = program("read").get(f"{CONTACTS}/{contact['id']}")

    assert answer.status_code == 200
    assert answer.json["name"] == "Ana Lima"


def test_a_token_is_shown_once(api, program):
    made = program("write", "read", name="  n8n at home ", days=30)

    (listed,) = api.get(TOKENS).json["items"]
    assert listed == {key: value for key, value in made.made.items() if key != "token"}
    assert listed["name"] == "n8n at home"
    assert listed["scopes"] == ["read", "write"]
    assert listed["ending"] == made.token[-4:]
    assert listed["last_used_at"] is None
    until = datetime.fromisoformat(listed["expires_at"]) - datetime.fromisoformat(listed["created_at"])
    assert until == timedelta(days=30)


def test_nothing_of_a_token_is_kept_but_its_hash(owner, program):
    made = program("read")

    (row,) = owner.run("select to_jsonb(t)::text, hash from crm.access_tokens t where id = :id", id=made.id)
    assert made.token not in row[0]
    assert row[1] == codes.digest(made.token)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "", "scopes": ["read"]}, "name"), ({"name": "\u200b", "scopes": ["read"]}, "name"), ({"name": "x" * 101, "scopes": ["read"]}, "name"),
        ({"name": "n", "scopes": []}, "scopes"), ({"name": "n", "scopes": ["admin"]}, "scopes.0"), ({"name": "n", "scopes": "read"}, "scopes"),
        ({"name": "n"}, "scopes"), ({"name": "n", "scopes": ["read"], "days": 0}, "days"), ({"name": "n", "scopes": ["read"], "days": 366}, "days"),
        ({"name": "n", "scopes": ["read"], "days": "9"}, "days"), ({"name": "n", "scopes": ["read"], "user_id": "x"}, "user_id"),
    ],
)  # fmt: skip
def test_a_token_that_cannot_be_made_names_the_field(api, body, field):
    answer = api.post(TOKENS, json=body)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_a_user_has_fifty_tokens_at_most(api, owner, user_id, program):
    owner.run(
        "insert into crm.access_tokens (user_id, name, hash, ending, scopes, expires_at) select :user, 'n', sha256(gen_random_uuid()::text::bytea), "
        "'abcd', '{read}', now() from generate_series(1, 49)",
        user=user_id,
    )
    program("read")

    answer = api.post(TOKENS, json={"name": "one more", "scopes": ["read"]})

    assert answer.status_code == 409
    assert "50" in answer.json["detail"]


def test_tokens_of_others_are_not_there(api, program):
    made = program("read")
    other = api.as_user(f"{uuid.uuid4().hex}@example.com")

    assert other.get(TOKENS).json["items"] == []
    assert other.delete(f"{TOKENS}/{made.id}").status_code == 404
    assert made.get(CONTACTS).status_code == 200


def test_a_revoked_token_ends_at_once_where_it_was_revoked(api, program):
    made = program("read")
    assert made.get(CONTACTS).status_code == 200

    assert api.delete(f"{TOKENS}/{made.id}").status_code == 204

    answer = made.get(CONTACTS)
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert api.delete(f"{TOKENS}/{made.id}").status_code == 404


def test_a_token_that_another_process_revoked_ends_within_half_a_minute(owner, program, monkeypatch):
    made = program("read")
    assert made.get(CONTACTS).status_code == 200
    owner.run("delete from crm.access_tokens where id = :id", id=made.id)
    assert made.get(CONTACTS).status_code == 200

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 30.1)

    assert auth.PROGRAM_REMEMBERED_S <= 30
    assert made.get(CONTACTS).status_code == 401


def test_an_expired_token_is_refused_without_grace(owner, program, monkeypatch):
    made = program("read")
    owner.run("update crm.access_tokens set expires_at = now() + interval '5 seconds' where id = :id", id=made.id)
    assert made.get(CONTACTS).status_code == 200

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 5.1)
    owner.run("update crm.access_tokens set expires_at = now() where id = :id", id=made.id)

    assert made.get(CONTACTS).status_code == 401


def test_a_token_of_an_erased_user_ends(api, owner, user_id, program):
    made = program("read")
    owner.run("delete from crm.users where id = :id", id=user_id)

    assert made.get(CONTACTS).status_code == 401


@pytest.mark.parametrize("change", ["last", "first", "shorter", "longer", "case", "kind", "digits"])
def test_a_mistyped_token_is_refused_without_a_query(program, monkeypatch, change):
    text = program("read").token
    wrong = {
        "last": text[:-1] + ("a" if text[-1] != "a" else "b"), "first": "wmp_" + ("a" if text[4] != "a" else "b") + text[5:],
        "shorter": text[:-1], "longer": text + "a", "case": text.swapcase(), "kind": "wma_" + text[4:], "digits": "wmp_" + "٣" * 49,
    }[change]  # fmt: skip
    asked = []
    monkeypatch.setattr(auth, "find_holder", lambda *given: asked.append(given))

    made = program("read")
    made.token = wrong

    assert (
        made.get(CONTACTS, headers={"Authorization": f"Bearer {wrong}".encode().decode("latin-1")}).status_code == 401
    )
    assert asked == []


def test_the_use_of_a_token_is_noted_every_ten_minutes(api, owner, program):
    made = program("read")

    def used():
        deps().authenticator.forget_program(uuid.UUID(made.id))
        made.get(CONTACTS)
        return api.get(TOKENS).json["items"][0]["last_used_at"]

    first = used()
    assert datetime.now(UTC) - datetime.fromisoformat(first) < timedelta(minutes=1)
    assert used() == first
    owner.run("update crm.access_tokens set last_used_at = now() - interval '11 minutes' where id = :id", id=made.id)
    assert datetime.fromisoformat(used()) >= datetime.fromisoformat(first)


@pytest.mark.parametrize("scope", ["read", "write", "introduce", "webhooks"])
def test_a_token_does_what_its_scopes_say_and_no_more(api, program, scope):
    contact = api.post(CONTACTS, json={"name": "Ana"}).json["id"]
    made = program(scope)
    asks = {
        "read": made.get(CONTACTS),
        "write": made.patch(f"{CONTACTS}/{contact}", json={"title": "CTO"}),
        "introduce": made.post("/api/crm/graph/introduce", json={}),
    }

    for needed, answer in asks.items():
        if needed == scope:
            assert answer.status_code in {200, 422}
        else:
            assert answer.status_code == 403
            assert answer.json["code"] == "insufficient_scope"
            challenge = answer.headers["WWW-Authenticate"]
            assert 'error="insufficient_scope"' in challenge
            assert f'scope="{needed}"' in challenge


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", TOKENS), ("get", TOKENS), ("delete", f"{TOKENS}/6b1f4d9e-2f10-4f38-9d3e-0b6a5a1f7c11"), ("get", CALLS), ("delete", "/api/crm/users/me"),
        ("patch", "/api/crm/users/me"), ("get", "/api/crm/users/me/export"), ("get", "/api/crm/users/me/audit"), ("post", "/api/crm/teams"),
        ("post", "/api/crm/viral/invitations"), ("delete", "/api/crm/contacts/trash"),
    ],
)  # fmt: skip
def test_what_only_a_person_may_do_no_token_does(api, program, method, path):
    made = program("read", "write", "introduce", "webhooks")

    answer = getattr(made, method)(path, json={"name": "more", "scopes": ["read"]})

    assert answer.status_code == 403
    assert answer.json["code"] == "insufficient_scope"
    assert len(api.get(TOKENS).json["items"]) == 1


def test_a_change_by_a_program_names_it_in_history_and_audit_log(api, program):
    made = program("write", name="n8n")
    contact = made.post(CONTACTS, json={"name": "Ana"})
    assert contact.status_code == 201

    (operation,) = api.get("/api/crm/operations?actor=program").json["items"]
    assert operation["actor"] == "program:n8n"
    assert [entry["actor"] for entry in api.get("/api/crm/users/me/audit?act=create_contact").json["items"]] == [
        "program:n8n"
    ]
    assert api.get("/api/crm/operations?actor=user").json["items"] == []


def test_a_program_cannot_pass_for_its_user_by_its_name(api, program):
    program("write", name="user").post(CONTACTS, json={"name": "Ana"})

    assert [each["actor"] for each in api.get("/api/crm/operations").json["items"]] == ["program:user"]


def test_what_programs_did_is_listed_by_the_hour(api, program):
    contact = api.post(CONTACTS, json={"name": "Ana"}).json["id"]
    first, second = program("read", name="first"), program("write", name="second")
    for _ in range(3):
        first.get(f"{CONTACTS}/{contact}")
    first.post(CONTACTS, json={"name": "Bob"})
    second.patch(f"{CONTACTS}/{contact}", json={"title": "CTO"})

    items = api.get(CALLS).json["items"]

    seen = {(each["program"], each["act"], each["target"], each["succeeded"], each["times"]) for each in items}
    assert seen == {
        ("first", "get_contact", contact, True, 3),
        ("first", "create_contact", None, False, 1),
        ("second", "update_contact", contact, True, 1),
    }
    assert all(datetime.fromisoformat(each["last_at"]) >= datetime.fromisoformat(each["first_at"]) for each in items)
    only = api.get(f"{CALLS}?program={second.id}").json["items"]
    assert [each["program"] for each in only] == ["second"]


def test_what_programs_did_comes_page_by_page_and_to_its_user_alone(api, program):
    made = program("read")
    for _ in range(5):
        made.get(f"{CONTACTS}/{uuid.uuid4()}")
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"{CALLS}?limit=2{cursor and f'&cursor={cursor}'}").json
        seen += [each["target"] for each in page["items"]]
        cursor = page["next_cursor"]

    assert len(seen) == len(set(seen)) == 5
    assert api.as_user(f"{uuid.uuid4().hex}@example.com").get(CALLS).json["items"] == []


def test_calls_of_people_are_not_noted(api):
    api.get(CONTACTS)

    assert api.get(CALLS).json["items"] == []


def test_old_calls_and_tokens_are_purged(api, owner, program, schedule):
    made, kept = program("read"), program("read")
    for each in (made, kept):
        each.get(CONTACTS)
    owner.run(
        "update crm.program_calls set hour = now() - interval '91 days' where program_id = :id",
        id=made.id,
    )
    owner.run("update crm.access_tokens set expires_at = now() - interval '31 days' where id = :id", id=made.id)

    answer = schedule("purge_access")

    assert answer["purged"] >= 1
    assert answer["tokens"] >= 1
    assert [each["program_id"] for each in api.get(CALLS).json["items"]] == [kept.id]
    assert [each["id"] for each in api.get(TOKENS).json["items"]] == [kept.id]


@pytest.fixture
def limited(monkeypatch, gateway):
    """Limits of users and programs, as in an installation."""

    def limits(**given):
        settings = deps().settings._replace(**{"rate_limit_per_minute": 60, "rate_limit_burst": 50, **given})
        monkeypatch.setitem(deps().__dict__, "settings", settings)

    return limits


def test_a_program_has_a_limit_of_its_own_and_never_locks_its_user_out(api, program, limited, monkeypatch):
    made, other = program("read"), program("read")
    limited()
    monkeypatch.setattr(programs, "BURST", 3)
    monkeypatch.setattr(programs, "PER_MINUTE", 6)
    answers = [made.get(CONTACTS) for _ in range(4)]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit"] == '"programs";r=49;t=1, "token";r=2;t=1'
    assert answers[0].headers["RateLimit-Policy"] == '"programs";q=50;w=50, "token";q=3;w=30'
    assert answers[3].headers["RateLimit"].endswith('"token";r=0;t=10')
    assert int(answers[3].headers["Retry-After"]) == 10
    assert other.get(CONTACTS).status_code == 200
    assert api.get(CONTACTS).headers["RateLimit"] == '"user";r=49;t=1'


def test_many_tokens_of_a_user_have_one_limit_together(api, program, limited):
    several = [program("read") for _ in range(3)]
    limited(rate_limit_burst=5)

    codes_of = [each.get(f"{CONTACTS}/{uuid.uuid4()}").status_code for each in several * 2]

    assert codes_of == [404] * 5 + [429]
    assert api.get(CONTACTS).status_code == 200
