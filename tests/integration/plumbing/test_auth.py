from __future__ import annotations

import base64
import json
import threading
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from dev.issuer import AUDIENCE, ISSUER
from shared.edge.deps import deps

ME = "/api/crm/users/me"


def claims(**changes):
    now = int(time.time())
    return {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "sub-1",
        "iat": now,
        "exp": now + 300,
        "email": "s@example.com",
    } | changes


def ask(api, token):
    return api.get(ME, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def sign(issuer):
    def signed(payload, **kwargs):
        header, _, _ = issuer.token("x@example.com", "X").split(".")
        key_id = json.loads(base64.urlsafe_b64decode(header + "=="))["kid"]
        return jwt.encode(payload, kwargs.get("key", issuer._key), "RS256", headers={"kid": kwargs.get("kid", key_id)})

    return signed


def test_the_first_call_makes_the_user_with_credits_and_a_self_contact(api):
    user = api.get(ME).json

    assert user["credits"] == 100
    me = api.get(f"/api/crm/contacts/{user['self_contact_id']}").json
    assert me["is_self"] is True
    assert me["email"] == user["email"] == api.email
    assert api.get(ME).json == user


def test_first_calls_at_the_same_time_make_one_user(api):
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(api.as_user(api.email).get(ME).json["id"])) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 8
    assert len(set(answers)) == 1


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b.c", "Bearer " + "x" * 10_000, "Bearer \xff"]
)
def test_no_token_or_no_real_one_is_unauthenticated(api, header):
    answer = api.anonymous().get(ME, headers={"Authorization": header} if header is not None else {})

    assert answer.status_code == 401
    assert answer.json["code"] == "unauthenticated"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_good_token_is_taken(api, sign):
    assert ask(api, sign(claims())).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": -3600},
        {"exp": None},
        {"iss": "https://evil.example"},
        {"aud": "another-app"},
        {"aud": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "s" * 4000},
        {"nbf": 3600},
    ],
    ids=str,
)
def test_a_token_whose_claims_do_not_fit_is_refused(api, sign, changes):
    # Times are given as seconds from now.
    changes = {
        name: value + time.time() if name in {"exp", "nbf"} and value else value for name, value in changes.items()
    }
    payload = {name: value for name, value in (claims() | changes).items() if value is not None}

    assert ask(api, sign(payload)).status_code == 401


def test_clocks_may_differ_by_half_a_minute_and_no_more(api, sign):
    now = int(time.time())

    assert ask(api, sign(claims(exp=now - 10))).status_code == 200
    assert ask(api, sign(claims(exp=now - 60))).status_code == 401


def test_an_unsigned_token_is_refused(api):
    assert ask(api, jwt.encode(claims(), "", "none")).status_code == 401


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(api, issuer):
    document = json.dumps(issuer.jwks()).encode()
    body = ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
        for part in ({"alg": "HS256", "kid": issuer.jwks()["keys"][0]["kid"]}, claims())
    )
    import hashlib
    import hmac

    signature = base64.urlsafe_b64encode(hmac.digest(document, body.encode(), hashlib.sha256)).rstrip(b"=").decode()

    assert ask(api, f"{body}.{signature}").status_code == 401


def test_a_token_of_another_key_is_refused_whatever_it_says_of_itself(api, sign):
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    assert ask(api, sign(claims(), key=stranger)).status_code == 401
    assert ask(api, sign(claims(), key=stranger, kid="unknown")).status_code == 401


def test_an_email_that_the_issuer_did_not_verify_is_not_believed(api, sign):
    assert ask(api, sign(claims(sub="unverified", email_verified=False))).json["email"] is None


def test_an_erased_user_is_gone_and_the_next_call_makes_a_new_one(api, caplog):
    before = api.get(ME).json
    api.post("/api/crm/contacts", json={"name": "Ana"})

    with caplog.at_level("INFO"):
        assert api.delete(ME).status_code == 204
    # whoever restores a backup has to erase them again
    assert [entry.user_id for entry in caplog.records if entry.msg == "user.erased"] == [before["id"]]

    after = api.get(ME).json
    assert after["id"] != before["id"]
    assert [item["is_self"] for item in api.get("/api/crm/contacts").json["items"]] == [True]


def test_settings_are_merged_and_null_removes_one(api):
    api.patch(ME, json={"settings": {"theme": "dark", "rows": 50}})

    answer = api.patch(ME, json={"name": "Uma", "settings": {"rows": None, "leaderboard": False}})

    assert answer.json["settings"] == {"theme": "dark", "leaderboard": False}
    assert answer.json["name"] == "Uma"
    assert api.get(f"/api/crm/contacts/{answer.json['self_contact_id']}").json["name"] == "Uma"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x" * 501, "500 characters"),
        ("9" * 600, "500 characters"),
        (10**500, "2^53"),
        (2**53 + 1, "2^53"),
        ([], "a text, a number"),
        ({"deep": {"er": 1}}, "a text, a number"),
        ("a\0b", "NUL"),
    ],
)
def test_a_setting_that_could_not_be_told_again_as_it_is_is_refused_by_name(api, value, said):
    answer = api.patch(ME, json={"settings": {"fine": 1, "theme": value}})

    assert answer.status_code == 422
    assert "settings.theme" in answer.json["errors"][0]["field"]
    assert said in answer.text
    assert api.get(ME).json["settings"] == {}


@pytest.mark.parametrize("value", ["9" * 500, 2**53, -(2**53), 0, 1.5, 1e300, True, False, "", "0.5"])
def test_a_setting_is_told_again_as_it_was_set(api, value):
    told = api.patch(ME, json={"settings": {"a": value}}).json["settings"]["a"]
    assert (told, type(told)) == (value, type(value)) or value == 1e300


def test_settings_are_bounded_in_all_however_many_requests_bring_them(api, owner, user_id):
    for start in (0, 25):
        assert api.patch(ME, json={"settings": {f"k{start + n}": n for n in range(25)}}).status_code == 200
    answer = api.patch(ME, json={"settings": {"one more": 1}})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "settings")
    assert api.patch(ME, json={"settings": {"k0": None, "one more": 1}}).status_code == 200

    for n in range(50):
        last = api.patch(ME, json={"settings": {f"k{n}": "é" * 500}})
    assert last.status_code == 422
    assert len(json.dumps(api.get(ME).json["settings"], ensure_ascii=False).encode()) <= 10_000

    # what is there already may shrink
    owner.run(
        "update crm.users set settings = jsonb_build_object('a', repeat('x', 50000), 'b', 1) where id = :id", id=user_id
    )
    assert api.patch(ME, json={"settings": {"c": 1}}).status_code == 422
    assert api.patch(ME, json={"name": "Uma"}).status_code == 200
    assert api.patch(ME, json={"settings": {"b": None}}).status_code == 200


BLANK = ["", "   ", "\u200b", "\u202e\u2066", "\u3164", "\n"]


@pytest.mark.parametrize("blank", BLANK)
def test_a_name_that_nobody_sees_is_refused(api, blank):
    contact = api.post("/api/crm/contacts", json={"name": "Ana", "email": "ana@example.com", "enrich": False}).json[
        "id"
    ]
    named = [api.patch(ME, json={"name": blank}), api.post("/api/crm/teams", json={"name": blank})]
    if blank:  # a contact may be known by an address alone
        fields = {"name": blank, "email": "bo@example.com", "enrich": False}
        named += [
            api.post("/api/crm/contacts", json=fields),
            api.put(f"/api/crm/contacts/{contact}", json={"name": blank, "email": "ana@example.com"}),
            api.patch(
                f"/api/crm/contacts/{contact}", json={"name": blank}, content_type="application/merge-patch+json"
            ),
        ]

    for answer in named:
        assert (answer.status_code, [error["field"] for error in answer.json["errors"]]) == (422, ["name"])


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("put", "/api/crm/graph/relationships", {"strength": True}, "strength"),
        ("put", "/api/crm/graph/relationships", {"strength": "0.5"}, "strength"),
        ("put", "/api/crm/graph/relationships", {"strength": 0.5, "mutual": 1}, "mutual"),
        ("put", "/api/crm/teams/mine/sharing", {"ties": 0}, "ties"),
        ("put", "/api/crm/teams/mine/sharing", {"ties": "yes"}, "ties"),
        ("post", "/api/crm/contacts", {"name": "Ana", "enrich": 0}, "enrich"),
        ("post", "/api/crm/contacts", {"name": 5}, "name"),
        ("post", "/api/crm/contacts/{id}/interactions", {"kind": "call", "at": 1767000000}, "at"),
    ],
)
def test_a_number_is_no_boolean_and_a_text_no_number(api, method, path, body, field):
    ids = [api.post("/api/crm/contacts", json={"name": name, "enrich": False}).json["id"] for name in ("Ana", "Bo")]
    if "relationships" in path:
        body = body | {"from_contact_id": ids[0], "to_contact_id": ids[1]}
    answer = getattr(api, method)(path.replace("{id}", ids[0]), json=body)

    assert (answer.status_code, [error["field"] for error in answer.json["errors"]]) == (422, [field])


@pytest.mark.parametrize(
    "body",
    [{"credits": 1000}, {"id": "x"}, {"settings": {"a": {"b": 1}}}, {"settings": {str(n): 1 for n in range(51)}}],
)
def test_a_user_cannot_change_what_is_not_theirs_to_change(api, body):
    assert api.patch(ME, json=body).status_code == 422


def test_a_user_who_asks_too_fast_is_told_when_to_ask_again(api, monkeypatch):
    monkeypatch.setitem(
        deps().__dict__, "settings", deps().settings._replace(rate_limit_per_minute=60, rate_limit_burst=3)
    )
    answers = [api.get(ME) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[3].json["code"] == "rate_limited"
    assert int(answers[3].headers["Retry-After"]) >= 1
    assert [answer.headers["RateLimit"] for answer in answers[:3]] == [f'"user";r={left};t=1' for left in (2, 1, 0)]
    assert api.as_user("another@example.com").get(ME).status_code == 200


@pytest.mark.parametrize("contact", ["{self}", "none-of-mine"])
def test_a_contact_that_the_cache_is_asked_for_beside_the_limit_counts_like_anything_else(api, monkeypatch, contact):
    path = f"/api/crm/contacts/{contact.format(self=api.get(ME).json['self_contact_id'])}"
    api.get(path)  # from Postgres; the others from the cache
    monkeypatch.setitem(
        deps().__dict__, "settings", deps().settings._replace(rate_limit_per_minute=60, rate_limit_burst=3)
    )
    answers = [api.get(each) for each in (path, ME, path, path, ME)]

    found = 200 if contact == "{self}" else 404
    assert [answer.status_code for answer in answers] == [found, 200, found, 429, 429]
    assert [answer.headers["RateLimit"] for answer in answers[:3]] == [f'"user";r={left};t=1' for left in (2, 1, 0)]
    assert api.anonymous().get(path).status_code == 401


def test_every_answer_carries_a_request_id_and_keeps_the_callers_trace(api):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    assert len(api.get(ME).headers["X-Request-Id"]) == 32
    assert api.get(ME, headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}).headers["X-Request-Id"] == trace
    assert api.anonymous().get(ME, headers={"X-Cloud-Trace-Context": f"{trace}/1;o=1"}).headers["X-Request-Id"] == trace


def test_health_needs_no_token(api):
    assert api.anonymous().get("/api/crm/health").json == {"status": "ok", "database": "ok", "cache": "ok"}
