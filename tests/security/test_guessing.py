"""Secrets that are handed out: long enough, kept as a hash or not told, and told apart from wrong ones by nothing but being right."""

from __future__ import annotations

import math
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.introductions.conftest import deliver, deliveries, mail, network
from tests.security.conftest import GRAPH, TEAMS
from tests.security.corpus import TEXTS

if TYPE_CHECKING:
    from tests.conftest import Api

__all__ = ["deliver", "deliveries", "mail", "network"]

INVITATIONS = "/api/crm/viral/invitations"


def bits(secrets: list[str]) -> float:
    """How many a secret of this form has, if all its letters are drawn alike."""
    [length] = {len(secret) for secret in secrets}
    return length * math.log2(len(set("".join(secrets))))


@pytest.fixture
def token(network, deliver, mail) -> str:
    network.ask()
    deliver()
    found: str = mail.token(network.ana)
    return found


def test_a_link_of_an_email_has_256_random_bits_and_is_kept_as_a_hash(network, deliver, mail, owner) -> None:
    from shared.email.repository import TOKEN_BYTES

    assert TOKEN_BYTES == 32
    network.ask()
    deliver()
    token = mail.token(network.ana)
    assert len(token) == 43
    dumped = "".join(
        str(owner.run(f"select * from crm.{table}"))
        for table in ("emails", "email_tokens", "outbox", "introductions", "introduction_steps")
    )
    assert token not in dumped
    [[unhashed]] = owner.run("select count(*) from crm.email_tokens where octet_length(token_hash) <> 32")
    assert unhashed == 0


def test_a_code_has_80_random_bits(api: Api) -> None:
    emails = [f"{number}-{api.email}" for number in range(50)]
    items = api.post(INVITATIONS, json={"emails": emails}).json["items"]
    codes = [item["code"] for item in items]
    assert len(set(codes)) == 50
    assert bits(codes) == 80
    # Drawn one by one: no letter of a place tells the next code's.
    assert all(len({code[place] for code in codes}) > 10 for place in range(16))


def changed(token: str) -> list[str]:
    """What a guesser would try from a token that is known."""
    flipped = [token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :] for place in (0, 21, 42)]
    return [*flipped, token[:-1], token + "A", token.swapcase(), token + "=", token[::-1], uuid.uuid4().hex, "x"]


def test_a_wrong_link_is_answered_like_one_that_never_was(network, token) -> None:
    nobody = network.api.anonymous()
    for path, method in (
        (f"{GRAPH}/introductions/respond/", "GET"),
        (f"{GRAPH}/introductions/respond/", "POST"),
        ("/respond/", "GET"),
        ("/respond/", "POST"),
    ):
        sent = {"json": {"decision": "accept"}} if "api" in path and method == "POST" else {}
        told = {
            (answer.status_code, answer.text)
            for guess in changed(token)
            for answer in [nobody.open(path + guess, method=method, **sent)]
        }
        assert len(told) == 1, told
        assert {status for status, _ in told} == {404}


@pytest.mark.parametrize("text", [text for text in TEXTS if text and "/" not in text][::7])
def test_no_text_is_taken_for_a_secret(api: Api, text: str) -> None:
    from urllib.parse import quote

    written = quote(text, safe="")
    for path in (f"{GRAPH}/introductions/respond/{written}", f"{INVITATIONS}/{written}", f"/respond/{written}"):
        assert api.anonymous().get(path).status_code in {400, 404}
    assert api.anonymous().post(f"{INVITATIONS}/open", json={"code": text}).status_code in {404, 422}


def test_a_wrong_code_tells_nothing_of_others(api: Api) -> None:
    [item] = api.post(INVITATIONS, json={"emails": [f"x-{api.email}"]}).json["items"]
    code = item["code"]
    guesses = [code[:-1], code + "a", code[:-1] + ("a" if code[-1] != "a" else "b"), "a" * 16, "%" * 16, "_" * 16]
    told = {api.anonymous().get(f"{INVITATIONS}/{guess.replace('%', '%25')}").text for guess in guesses}
    assert len(told) == 1
    seen = api.anonymous().get(f"{INVITATIONS}/{code}").json
    assert set(seen) == {"inviter", "message"}
    assert api.email not in str(seen)


def test_whether_somebody_has_an_account_is_told_to_nobody(api: Api) -> None:
    """Inviting who is here and who is not is answered alike: to the app, and to a team that they are not in."""
    here, nowhere = f"here-{api.email}", f"nowhere-{api.email}"
    api.as_user(here).get("/api/crm/users/me")
    told: list[list[Any]] = []
    for number, address in enumerate((here, nowhere)):
        asker = api.as_user(f"asker{number}-{api.email}")
        asker.post(TEAMS, json={"name": "Team"})
        answers = [
            asker.post(INVITATIONS, json={"emails": [address]}), asker.post(f"{TEAMS}/mine/invitations", json={"email": address}),
            asker.post("/api/crm/contacts", json={"email": address, "enrich": False}), asker.get(f"{GRAPH}/path", query_string={"to_email": address}),
        ]  # fmt: skip
        told.append(
            [(answer.status_code, _without_what_differs(answer.text, address, asker.email)) for answer in answers]
        )
    assert told[0] == told[1]


def _without_what_differs(text: str, address: str, asker: str) -> str:
    text = text.replace(address, "ADDRESS").replace(asker, "ASKER")
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", text)
    return re.sub(r"(?<=[\"/])[a-z2-7]{16}(?=\")", "CODE", re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "TIME", text))
