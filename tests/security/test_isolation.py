"""Ids of somebody else, at every place of every operation where an id can stand; and fields that are nobody's to write."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.introductions.conftest import Network, deliver, deliveries, mail
from tests.security.conftest import CONTACTS, GRAPH, ME, TEAMS, SignedIn, check_harmless
from tests.security.operations import Operation, example, operations, replaced, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["deliver", "deliveries", "mail"]

MARK = "Xanthippe"
MEMBER = f"{TEAMS}/mine/members"
# Secrets, not ids: who holds one may use it.
SECRETS = {"token", "code"}
APART = {"delete_user"}
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def theirs(victim: SignedIn, attacker: SignedIn, deliver: Any, mail: Any) -> dict[str, str]:
    """One id of each kind of thing that somebody has; the attacker has as much of their own."""
    ids: dict[str, str] = {}
    for who in (victim, attacker):
        network = Network(who)
        for contact_id in network.ids.values():
            who.patch(f"{CONTACTS}/{contact_id}", json={"name": f"{MARK} {who.email}", "notes": MARK})
        introduction = network.ask().json
        who.post(TEAMS, json={"name": MARK})
        invited = who.post(f"{TEAMS}/mine/invitations", json={"email": f"invited-{who.email}"}).json
        who.put(f"{TEAMS}/hidden/{network.ids['bruno']}")
        happened = {"kind": "call", "at": "2026-01-02T03:04:05Z"}
        who.post(f"{CONTACTS}/{network.ids['ana']}/interactions", json=happened)
        if who is victim:
            ids = {
                "contact": network.ids["mei"],
                "tied": network.ids["ana"],
                "self": network.me,
                "user": who.get(ME).json["id"],
                "introduction": introduction["id"],
                "team_invitation": re.findall(
                    r'"id" ?: ?"([0-9a-f-]{36})"', json.dumps(invited["team"]["invitations"])
                )[0],
            }
    deliver()
    return ids


def everything(victim: SignedIn) -> list[str]:
    """All that the API tells somebody of what is theirs."""
    paths = [
        ME, f"{CONTACTS}/export?format=json", f"{GRAPH}/relationships", f"{GRAPH}/introductions", f"{TEAMS}/mine", f"{TEAMS}/hidden", "/api/crm/viral/invitations",
        "/api/crm/enrichment/credits/ledger",
    ]  # fmt: skip
    return [victim.get(path).text for path in paths]


def id_places(schema: dict[str, Any], place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where ids stand in a body."""
    schema = resolved(schema)
    if schema.get("format") == "uuid":
        yield place
    for name, inner in schema.get("properties", {}).items():
        yield from id_places(inner, (*place, name))
    if "items" in schema:
        yield from id_places(schema["items"], (*place, 0))


# One message, which a source of one's own counts.
LINE = json.dumps(
    {"id": "1@x.org", "at": "2026-01-02T03:04:05Z", "from": {"address": "a@x.org"}, "to": [{"address": "b@x.org"}]}
)


def requests_with(operation: Operation, own: str, other: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The operation with an id of somebody else at each place in turn, ids of one's own elsewhere."""
    body: dict[str, Any] = {"json": example(operation.body, own)} if operation.body else {}
    if operation.takes_lines:
        body = {"data": LINE, "content_type": "application/x-ndjson"}
    names = [parameter["name"] for parameter in operation.named("path") if parameter["name"] not in SECRETS]
    for name in names:
        yield f"path {name}", {"path": operation.address({name: other}, own), **body}
    if names:
        yield "path, all", {"path": operation.address({}, other), **body}
    for parameter in operation.named("query"):
        if parameter["schema"].get("format") == "uuid":
            yield (
                f"query {parameter['name']}",
                {"query_string": {**_required(operation, own), parameter["name"]: other}, **body},
            )
    if operation.body:
        for place in id_places(operation.body):
            yield f"body {place}", {"json": replaced(body["json"], place, other)}


def _required(operation: Operation, own: str) -> dict[str, str]:
    return {"b": own} if operation.name == "find_mutual_contacts" else {}


ALL = [operation for operation in operations() if operation.name not in APART and not operation.public]


def test_every_id_of_the_api_is_attacked() -> None:
    """A new parameter that is an id is found by its description; one that is not described as such is not."""
    attacked = {
        operation.name for operation in ALL if list(requests_with(operation, str(uuid.uuid4()), str(uuid.uuid4())))
    }
    with_path = {operation.name for operation in ALL if "{" in operation.path}
    assert with_path <= attacked
    assert {
        "request_introduction",
        "set_relationship",
        "find_path",
        "list_relationships",
        "suggest_relationships",
    } <= attacked


# A filter by what is gone, or a stranger's, fits nothing and answers nothing: programs that are no longer let in leave their calls, and circles their addresses.
FINDS_NOTHING = {"query program", "query circle", "query to_circle", "query contact_id"}
# What a program asks for is passed on as it came, and an unknown part of it is ignored (RFC 6749, 3.1): the answer is about the request.
ASKS_FOR_A_PROGRAM = {"describe_request", "approve_request"}


def ids_in(value: Any) -> set[str]:
    """The ids in a text, or in a request."""
    return set(ID.findall(str(value)))


def beside_sentences(answer: Any) -> str:
    """An answer without the sentences of a problem document."""
    if answer.mimetype != "application/problem+json":
        return str(answer.text)
    errors = [error["field"] for error in answer.json.get("errors", [])]
    return str({**answer.json, "detail": "", "errors": errors})


def test_an_id_of_somebody_else_opens_and_changes_nothing(
    attacker: SignedIn, victim: SignedIn, theirs: dict[str, str]
) -> None:
    own = attacker.get(ME).json["self_contact_id"]
    before = everything(victim)
    tried = 0
    for operation in ALL:
        for kind, other in theirs.items():
            for what, request in requests_with(operation, own, other):
                path = request.pop("path", None) or operation.address({}, own)
                answer = attacker.open(path, method=operation.method, **request)
                tried += 1
                case = (operation.name, what, kind, answer.text)
                check_harmless(answer, case)
                assert (
                    answer.status_code in {400, 404, 409, 422}
                    or (what in FINDS_NOTHING and not any(answer.json.values()))
                    or (
                        operation.name == "reach_targets" and not answer.json["connectors"] and not answer.json["known"]
                    )
                ), case
                assert victim.email not in answer.text, case
                assert MARK not in answer.text, case
                # A refusal may quote the ids that the caller sent, in sentences and in the address, and knows no other id.
                assert ids_in(answer.text) <= ids_in([path, request]), case
                if operation.name == "reach_targets":  # it says which of the ids that were sent are nobody's
                    continue
                assert other not in beside_sentences(answer).replace(path, ""), case
    assert everything(victim) == before
    assert tried > 150


def test_somebody_elses_thing_and_none_at_all_are_told_apart_by_nothing(
    attacker: SignedIn, theirs: dict[str, str]
) -> None:
    own = attacker.get(ME).json["self_contact_id"]
    for operation in ALL:
        for kind, other in theirs.items():
            for what, request in requests_with(operation, own, other):
                nobodys = str(uuid.uuid4())
                [nothing] = [made for name, made in requests_with(operation, own, nobodys) if name == what]
                answers = []
                for sent, each in ((other, request), (nobodys, nothing)):
                    path = each.pop("path", None) or operation.address({}, own)
                    answer = attacker.open(path, method=operation.method, **each)
                    answers.append((answer.status_code, answer.text.replace(sent, "the id that was sent")))
                assert answers[0] == answers[1], (operation.name, what, kind)


# What rows have, what answers tell, and what frameworks take: none of it is a caller's to write.
GIVEN = {
    "id": str(uuid.uuid4()), "user_id": str(uuid.uuid4()), "owner_id": 1, "is_self": True, "is_admin": True, "role": "admin", "credits": 9999, "credit_balance": 9999, "source": "linkedin_csv",
    "created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z", "enrichment": {"status": "done"}, "no": 1, "status": "completed", "self_contact_id": str(uuid.uuid4()), "issuer": "x",
    "subject": "x", "email_key": "x", "linkedin_slug": "x", "team_id": str(uuid.uuid4()), "shares_ties": True, "__class__": "x", "__proto__": {"is_admin": True}, "constructor": {}, "_method": "DELETE",
}  # fmt: skip


@pytest.mark.parametrize(
    "operation", [each for each in operations() if each.body], ids=lambda operation: operation.name
)
def test_a_field_that_is_not_the_callers_to_write_is_refused(attacker: SignedIn, operation: Operation) -> None:
    own = attacker.get(ME).json["self_contact_id"]
    assert operation.body is not None
    body = example(operation.body, own)
    before = attacker.get(ME).json, attacker.get(f"{CONTACTS}/{own}").json
    tried = 0
    for name, value in GIVEN.items():
        if name in body:
            continue
        for written in (name, name.upper(), f" {name}"):
            answer = attacker.open(operation.address({}, own), method=operation.method, json={**body, written: value})
            tried += 1
            refused = {400, 404, 422} if operation.name in ASKS_FOR_A_PROGRAM else {404, 422}
            assert answer.status_code in refused, (written, answer.text)
            if answer.status_code == 422 and not operation.public:
                assert [each["field"] for each in answer.json["errors"]][-1:] == [written] or len(
                    answer.json["errors"]
                ) > 1
    assert tried > 50
    assert (attacker.get(ME).json, attacker.get(f"{CONTACTS}/{own}").json) == before


@pytest.mark.parametrize("kind", ["json", "own_json", "csv", "own_csv", "vcf"])
def test_an_import_writes_no_field_that_is_not_the_callers(attacker: SignedIn, victim: SignedIn, kind: str) -> None:
    """Ids in files recognise one's own records again, and mean nothing else."""
    me, other = attacker.get(ME).json, victim.get(ME).json
    row = {
        **GIVEN,
        "id": other["self_contact_id"],
        "user_id": other["id"],
        "name": "Zed",
        "email": f"zed@{uuid.uuid4().hex}.example",
    }
    listed = {"emails": "", "phones": "", "tags": "", "custom": "", "linkedin_url": ""}

    def csv(fields: dict[str, Any]) -> str:
        return (
            ",".join(fields)
            + "\n"
            + ",".join('"' + str(value).replace('"', '""') + '"' for value in fields.values())
            + "\n"
        )

    data = {
        "json": json.dumps([row]),
        "own_json": json.dumps({"format": "warmpath-contacts", "version": 1, "items": [row]}),
        "csv": csv(row),
        "own_csv": csv({**row, **listed}),
        "vcf": "BEGIN:VCARD\nVERSION:4.0\nPRODID:-//Warmpath//Contacts 1//EN\nFN:Zed\nUID:urn:uuid:{id}\nX-WARMPATH-SOURCE:self\nX-WARMPATH-EXACT:{exact}\nEMAIL:{email}\nEND:VCARD\n".format(
            **row, exact=json.dumps(GIVEN).replace(",", "\\,")
        ),
    }[kind]  # fmt: skip
    before = everything(victim)

    answer = attacker.post(f"{CONTACTS}/import", data=data, content_type="application/octet-stream")

    assert answer.status_code == 200, answer.text
    assert answer.json["created"] == 1, answer.text
    [zed] = [item for item in attacker.get(CONTACTS).json["items"] if item["name"] == "Zed"]
    assert (zed["is_self"], zed["created_at"] > "2026") == (False, True)
    assert zed["id"] not in {other["self_contact_id"], GIVEN["id"]}
    assert zed["enrichment"].get("status") != "done"
    assert attacker.get(ME).json["credits"] == me["credits"]
    assert everything(victim) == before
