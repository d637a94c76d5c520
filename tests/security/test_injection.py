"""Hostile texts at every place of every operation where a text can stand: none fails, none means more than its letters."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest

from shared.names import visible_name
from tests.security.conftest import CONTACTS, ME, SignedIn, check_harmless
from tests.security.corpus import TEXTS
from tests.security.operations import Operation, example, operations, replaced, texts

# Erases the user that attacks.
APART = {"delete_user"}
ATTACKED = [operation for operation in operations() if operation.name not in APART]
HEADERS = (
    "Authorization", "If-Match", "If-None-Match", "Accept", "Accept-Encoding", "Content-Type", "traceparent", "X-Cloud-Trace-Context", "X-Request-Id", "X-Forwarded-For", "X-Forwarded-Host",
    "X-HTTP-Method-Override", "Range", "Cookie", "Prefer", "Referer", "Function-Execution-Id",
)  # fmt: skip
# Of what a header can hold; line breaks are tried on a real connection, see test_gateway.
HEADER_TEXTS = [text for text in TEXTS if text.isprintable() and all(ord(letter) < 256 for letter in text)]
# Each operation meets some of them at each header, and all operations together all of them at each.
SOME = 40


@pytest.fixture
def known(attacker: SignedIn) -> str:
    """A contact of the attacker's, which ids of valid requests name."""
    created: str = attacker.post(CONTACTS, json={"name": "Ana", "enrich": False}).json["id"]
    return created


@pytest.fixture
def bystander(victim: SignedIn) -> Any:
    """What somebody else has, told as it is before and after."""
    victim.post(CONTACTS, json={"name": "Xanthippe Secret", "email": f"{uuid.uuid4().hex}@secret.example"})

    def seen() -> str:
        return victim.get(f"{CONTACTS}/export?format=json").text + victim.get(ME).text

    return seen


def send(attacker: SignedIn, operation: Operation, known: str, **changed: Any) -> Any:
    """A request that would be valid, but for what is changed."""
    body = {"json": example(operation.body, known)} if operation.body else {}
    path = changed.pop("path", None) or operation.address({}, known)
    return attacker.open(path, method=operation.method, **(body | changed))


def attacks(operation: Operation, known: str, share: int) -> list[tuple[str, dict[str, Any]]]:
    """Hostile texts at every place of an operation but its headers and its file: one of each `share` texts at each place."""
    made: list[tuple[str, dict[str, Any]]] = []

    def some() -> tuple[str, ...]:
        """Another part for each place, so that the operation meets all of them."""
        return TEXTS[len(made) % share :: share]

    for parameter in operation.named("path"):
        name = parameter["name"]
        made += [(f"path {name}={text!r}", {"path": operation.address({name: text}, known)}) for text in some() if text]
    for parameter in [*operation.named("query"), {"name": "unheard_of"}]:
        name = parameter["name"]
        made += [(f"query {name}={text!r}", {"query_string": {name: text}}) for text in some()]
    if operation.body:
        valid = example(operation.body, known)
        for place in texts(valid):
            made += [(f"body {place}={text!r}", {"json": replaced(valid, place, text)}) for text in some()]
            made.append((f"body {place} as a list", {"json": replaced(valid, place, [["x"]])}))
        made += [(f"key {text!r}", {"json": {**valid, text: text}}) for text in some()]
    return made


def attack(attacker: SignedIn, known: str, bystander: Any, operation: Operation, share: int) -> None:
    before = bystander()
    for what, request in attacks(operation, known, share):
        answer = send(attacker, operation, known, **request)
        check_harmless(answer, what)
        assert "Xanthippe" not in answer.text, what
    assert bystander() == before


by_operation = pytest.mark.parametrize("operation", ATTACKED, ids=lambda operation: operation.name)


@by_operation
def test_no_text_is_more_than_a_text(attacker: SignedIn, known: str, bystander: Any, operation: Operation) -> None:
    attack(attacker, known, bystander, operation, share=8)


@pytest.mark.slow
@pytest.mark.timeout(600)
@by_operation
def test_no_text_at_any_place_is_more_than_a_text(
    attacker: SignedIn, known: str, bystander: Any, operation: Operation
) -> None:
    attack(attacker, known, bystander, operation, share=1)


@pytest.mark.parametrize("turn", range(len(ATTACKED)), ids=[operation.name for operation in ATTACKED])
def test_no_header_is_more_than_a_text(attacker: SignedIn, known: str, turn: int) -> None:
    operation, texts_here = ATTACKED[turn], HEADER_TEXTS[turn % SOME :: SOME]
    for name in HEADERS:
        for text in texts_here:
            answer = send(attacker, operation, known, headers={name: text})
            check_harmless(answer, (name, text))
            for value in answer.headers.values():
                assert text not in value or len(text) < 3, (name, text, value)


@pytest.mark.parametrize("operation", [each for each in ATTACKED if each.body], ids=lambda operation: operation.name)
def test_no_body_is_too_strange_to_be_refused(attacker: SignedIn, known: str, operation: Operation) -> None:
    deep = 50_000
    for data in (
        b"", b"{", b"null", b"[]", b'"', b"\xff\xfe", b"\0", b'{"name": "\\ud800"}', b'{"name": 1e999}', b'{"a": 1, "a": 2}', b"NaN",
        b"[" * deep, b'{"a":' * deep, b"[" * deep + b"]" * deep, b'{"name": ' + b"[" * deep, b"9" * 100_000,
        json.dumps({str(number): number for number in range(20_000)}).encode(),
        b'{"custom": {' + b",".join(b'"%d": "x"' % number for number in range(20_000)) + b"}}",
    ):  # fmt: skip
        answer = send(attacker, operation, known, json=None, data=data, content_type="application/json")
        check_harmless(answer, data[:40])


PLACES = ("name", "company", "title", "location", "notes", "tags", "phones", "custom")


def test_what_is_written_is_what_is_read_and_found(attacker: SignedIn) -> None:
    """As a value of a column, of an array, of JSON: the same letters come back, and no pattern finds anything else."""
    for number, text in enumerate(TEXTS):
        wrapped: dict[str, Any] = {"tags": [text], "phones": [text], "custom": {"key": text}}
        values = {place: wrapped.get(place, text) for place in PLACES}
        email = {"email": f"text{number}@example.com", "enrich": False}
        while (answer := attacker.post(CONTACTS, json={**email, **values})).status_code == 422:
            refused = {re.split(r"\W", error["field"])[0] for error in answer.json["errors"]} & values.keys()
            assert refused, answer.text
            assert "\0" in text or len(text) > 100 or (refused == {"name"} and not visible_name(text)), (refused, text)
            values = {place: value for place, value in values.items() if place not in refused}
        stored = attacker.get(f"{CONTACTS}/{answer.json['id']}").json
        trimmed = text.strip()
        listed = [trimmed] if trimmed else []
        expected = {"tags": listed, "phones": listed, "notes": text, "custom": {"key": text}, "name": trimmed}
        for place in values:
            assert stored[place] == expected.get(place, trimmed or None), (place, text)
        if "company" in values and trimmed and trimmed.isascii():  # accents are no difference to a filter
            found = attacker.get(CONTACTS, query_string={"company": trimmed}).json["items"]
            assert {item["company"].lower() for item in found} == {trimmed.lower()}, text
