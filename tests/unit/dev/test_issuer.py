from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from dev.issuer import AUDIENCE, ISSUER, Issuer, name_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    return Issuer(tmp_path / "key.pem")


def verified(token: str, issuer: Issuer) -> dict[str, Any]:
    keys = jwt.PyJWKSet.from_dict(issuer.jwks())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, algorithms=["RS256"], audience=AUDIENCE, issuer=ISSUER)


def test_a_token_verifies_with_the_published_keys(issuer: Issuer) -> None:
    claims = verified(issuer.token("Ana.Silva@example.com"), issuer)
    assert (claims["email"], claims["name"]) == ("Ana.Silva@example.com", "Ana Silva")


def test_the_same_address_is_the_same_person_however_it_is_written(issuer: Issuer) -> None:
    first, second = (verified(issuer.token(email), issuer)["sub"] for email in ("Ana@example.com", "ana@EXAMPLE.com"))
    assert first == second


def test_the_key_survives_a_restart_and_is_private(tmp_path: Path, issuer: Issuer) -> None:
    token = issuer.token()
    assert verified(token, Issuer(tmp_path / "key.pem"))
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600


def test_a_rotated_key_no_longer_verifies_old_tokens(issuer: Issuer) -> None:
    token = issuer.token()
    issuer.rotate()
    with pytest.raises(KeyError):
        verified(token, issuer)
    assert verified(issuer.token(), issuer)


def test_the_published_keys_hold_nothing_private(issuer: Issuer) -> None:
    assert set(issuer.jwks()["keys"][0]) == {"kty", "n", "e", "kid", "use", "alg"}


@pytest.mark.parametrize(
    ("email", "name"), [("ana.silva@x.example", "Ana Silva"), ("ana_m-silva@x", "Ana M Silva"), ("@x", "@x")]
)
def test_a_name_is_made_from_an_address(email: str, name: str) -> None:
    assert name_of(email) == name
