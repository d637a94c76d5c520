"""Tokens that lie about who made them, for whom, when, and for which address. What is plainly off stands in plumbing/test_auth."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from dev.issuer import AUDIENCE, ISSUER
from tests.security.conftest import ME, TEAMS

if TYPE_CHECKING:
    from collections.abc import Iterator


def claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": AUDIENCE, "sub": uuid.uuid4().hex, "iat": now, "exp": now + 300}
    return {name: value for name, value in (usual | changes).items() if value is not None}


def part(value: Any) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.fixture
def signed(issuer):
    """Signs with the issuer's own key: what is refused then is refused for what it says."""

    def sign(payload: Any = None, header: dict[str, Any] | None = None, key: Any = None) -> str:
        head = {"alg": "RS256", "typ": "JWT", "kid": issuer.jwks()["keys"][0]["kid"], **(header or {})}
        data = json.dumps(payload or claims()).encode()
        return jwt.PyJWS().encode(data, key or issuer._key, "RS256", headers=head)

    return sign


@pytest.fixture
def ask(api):
    def asked(token: str) -> Any:
        return api.get(ME, headers={"Authorization": f"Bearer {token}"})

    return asked


class Elsewhere(BaseHTTPRequestHandler):
    """A server that a token would like to be asked for its key."""

    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Elsewhere.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}/keys"
    server.shutdown()
    server.server_close()


def test_a_good_token_is_taken(ask, signed):
    assert ask(signed()).status_code == 200


@pytest.mark.parametrize("subject", ["x" * 501, "x" * 4000, "é" * 600])
def test_a_subject_longer_than_any_is_refused(ask, signed, subject):
    answer = ask(signed(claims(sub=subject)))
    assert answer.status_code == 401
    assert "subject" in answer.json["detail"]


def test_the_longest_subject_is_taken(ask, signed):
    assert ask(signed(claims(sub="é" * 496 + uuid.uuid4().hex[:4]))).status_code == 200


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk", "x5c"])
def test_where_a_token_says_its_key_is_nobody_looks(ask, signed, elsewhere, name):
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(stranger.public_key())), "kid": "mine", "use": "sig"}
    value: Any = {"jwk": key, "x5c": ["MIIB"]}.get(name, elsewhere)
    for kid in ("mine", signed.__closure__[0].cell_contents.jwks()["keys"][0]["kid"]):
        assert ask(signed(header={name: value, "kid": kid}, key=stranger)).status_code == 401
    assert Elsewhere.asked == []


@pytest.mark.parametrize(
    "kid",
    ["", "../../dev/null", "file:///dev/null", "' OR '1'='1", "x\0y", "a" * 3000, None, 7, ["a"], {"a": "b"}],
    ids=repr,
)
def test_a_key_id_names_a_published_key_and_nothing_else(ask, issuer, kid):
    head, body = {"alg": "RS256", "kid": kid}, claims()
    for signature in (b"", b"\0" * 256):
        assert ask(f"{part(head)}.{part(body)}.{part(signature)}").status_code == 401


@pytest.mark.parametrize(
    "algorithm", ["none", "None", "nOnE", "", "HS256", "HS384", "HS512", "RS384", "RS512", "PS256", "ES256", "EdDSA", None, 1]
)  # fmt: skip
def test_there_is_one_algorithm(ask, issuer, algorithm):
    """Above all none that takes the public key for a secret, in any form of it."""
    public = issuer._key.public_key()
    forms = [json.dumps(issuer.jwks()).encode(), issuer.jwks()["keys"][0]["n"].encode(), b""]
    forms += [
        public.public_bytes(encoding, form)
        for encoding in (serialization.Encoding.PEM, serialization.Encoding.DER)
        for form in (serialization.PublicFormat.SubjectPublicKeyInfo, serialization.PublicFormat.PKCS1)
    ]
    body = f"{part({'alg': algorithm, 'kid': issuer.jwks()['keys'][0]['kid']})}.{part(claims())}"
    for secret in forms:
        signature = hmac.digest(secret, body.encode(), hashlib.sha256)
        assert ask(f"{body}.{part(signature)}").status_code == 401
    assert ask(f"{body}.").status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": [AUDIENCE + "2"]}, {"aud": []}, {"aud": ""}, {"aud": {AUDIENCE: 1}}, {"aud": AUDIENCE.upper()}, {"aud": "another-client"},
        {"iss": ISSUER + "/"}, {"iss": ISSUER.upper()}, {"iss": [ISSUER]}, {"iss": "http://localhost/warmpath/dev@evil.example"}, {"iss": ""},
        {"exp": int(time.time()) - 3600}, {"exp": "soon"}, {"exp": None}, {"exp": -1},
        {"nbf": int(time.time()) + 3600}, {"nbf": "x"}, {"iat": int(time.time()) + 3600}, {"iat": "x"},
        {"sub": None}, {"sub": ""}, {"sub": ["a"]}, {"sub": {"a": 1}}, {"sub": "x\0y"}, {"sub": "\ud800"},
    ],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
def test_a_token_of_the_issuer_for_another_use_is_refused(ask, signed, changes):
    answer = ask(signed(claims(**changes)))
    assert answer.status_code == 401, answer.text


def test_of_two_claims_of_a_name_neither_can_be_added_without_the_key(ask, signed):
    """The signature covers the text; what has two subjects was written by the issuer, and the last one counts everywhere."""
    head, _, signature = signed().split(".")
    twice = json.dumps(claims())[:-1] + ', "sub": "admin", "sub": "root"}'
    assert ask(f"{head}.{part(twice.encode())}.{signature}").status_code == 401


@pytest.mark.parametrize(
    "header", [{"crit": ["exp"]}, {"crit": ["b64"], "b64": False}, {"crit": ["unheard-of"], "unheard-of": 1}]
)
def test_what_a_token_says_must_be_understood_is_not_passed_over(ask, signed, header):
    assert ask(signed(header=header)).status_code == 401


@pytest.mark.parametrize(
    "token",
    ["..", "...", "a.b.c.d.e", "e30.e30.", "." * 8000, "e30." * 2000, "=.=.=", "\x7f", "é.é.é", part(b"[" * 5000) + ".e30.e30", part(b"null") + ".e30.e30", part(b"[]") + ".e30.e30", "A" * 8193],
)  # fmt: skip
def test_what_is_no_token_is_refused(ask, token):
    assert ask(token).status_code == 401


def test_a_token_works_as_a_bearer_token_alone(api, signed):
    token = signed()
    everywhere = api.anonymous()
    for answer in (
        everywhere.get(f"{ME}?access_token={token}"), everywhere.get(ME, headers={"Cookie": f"token={token}; session={token}"}),
        everywhere.get(ME, headers={"Authorization": token}), everywhere.get(ME, headers={"Authorization": f"Basic {token}"}),
        everywhere.get(ME, headers={"X-Forwarded-Authorization": f"Bearer {token}"}),
        everywhere.get(ME, headers={"X-Goog-IAP-JWT-Assertion": token, "X-Apigateway-Api-Userinfo": part(claims())}),
    ):  # fmt: skip
        assert answer.status_code == 401


@pytest.mark.parametrize("verified", [None, False, "false", 0, 1, "yes", [], {}, [True]], ids=repr)
def test_an_address_that_the_issuer_does_not_say_it_verified_opens_nothing(api, ask, signed, verified):
    """Issuers that leave the claim out let people write any address: with it, one could answer for somebody else."""
    address = f"{uuid.uuid4().hex}@example.com"
    api.post(TEAMS, json={"name": "Team"})
    api.post(f"{TEAMS}/mine/invitations", json={"email": address})
    token = signed(claims(email=address, email_verified=verified))

    assert ask(token).json["email"] is None
    assert api.get(f"{TEAMS}/mine", headers={"Authorization": f"Bearer {token}"}).json["invitations"] == []


@pytest.mark.parametrize("name", ["a\0b", "\ud800", ["a"], {"a": 1}, 7, "x" * 1000, "\u202eevil", "<b>"], ids=repr)
def test_a_name_is_whatever_people_wrote_at_the_issuer(ask, signed, name):
    assert ask(signed(claims(name=name, email=name, email_verified=True))).status_code == 200


def test_an_address_follows_what_the_issuer_verified_last(ask, signed):
    subject, old, new = uuid.uuid4().hex, f"{uuid.uuid4().hex}@example.com", f"{uuid.uuid4().hex}@example.com"
    told = [
        ask(signed(claims(sub=subject, email=address, email_verified=verified))).json["email"]
        for address, verified in ((old, False), (old, True), (new, False), (new, True))
    ]
    assert told == [None, old, old, new]


def test_the_same_subject_of_another_issuer_is_somebody_else(database):
    from shared.users import repository

    subject = uuid.uuid4().hex
    with database.read(None) as tx:
        ids = {
            repository.sign_in(tx, issuer=each, subject=subject, email=None, name="") for each in (ISSUER, "https://b")
        }
    assert len(ids) == 2
