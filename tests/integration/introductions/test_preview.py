"""The letters that `dry_run` shows are the letters that are sent, and showing them leaves no trace."""

from __future__ import annotations

import re
import uuid

import pytest

GRAPH = "/api/crm/graph"
TRICKY = 'I build <b>telescopes</b> & "lenses" …\n\n  > quoted\r\nO’Neil said: see https://example.com/a?b=1&c=2\n\u202ereversed'
# What a link carries: in a preview the same word for all, in a letter that is sent the secret of its reader.
LINKS = re.compile(r"/(respond|join)/[\w-]+")


def preview(network, target="mei", **fields):
    body = {"target_id": network.ids[target], "message": "I build telescopes and would value her view.", **fields}
    return network.api.post(f"{GRAPH}/introduce?dry_run=true", json=body)


def shown(letter):
    return {part: LINKS.sub(r"/\1/-", letter[part]) for part in ("subject", "text", "html")}


def snapshot(owner):
    """Every row of every table."""
    tables = owner.run(
        "select table_name from information_schema.tables where table_schema = 'crm' and table_type = 'BASE TABLE'"
    )
    return {table: sorted(row[0] for row in owner.run(f"select t::text from crm.{table} t")) for (table,) in tables}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"purpose": "optics, and how " + "very " * 30 + "long it takes"},
        {"message": TRICKY, "purpose": 'a "lens" & <more>'},
    ],
    ids=["plain", "purpose", "tricky"],
)
def test_every_letter_previewed_is_the_letter_sent(network, mail, deliver, fields):
    answer = preview(network, **fields)
    assert answer.status_code == 200, answer.text
    letters = answer.json["letters"]
    assert [(letter["to"], letter["role"]) for letter in letters] == [
        ("Ana Diaz", "connector"), ("Bruno Okafor", "connector"), ("Mei Tanaka", "target"),
        (f"Mei Tanaka and {network.api.get('/api/crm/users/me').json['name']}", "both"),
    ]  # fmt: skip

    assert network.ask(**fields).status_code == 201
    deliver()
    for address, letter in zip((network.ana, network.bruno, network.mei), letters, strict=False):
        assert shown(mail.last(address)) == shown(letter)
        assert network.respond(mail.token(address), "accept").status_code == 200
        deliver()
    assert shown(mail.last(network.mei)) == shown(letters[-1])


def test_a_path_of_one_connector_and_one_without_an_address(network, mail, deliver):
    zoe = network.contact("Zoë", None, title="Pilot")
    network.ids["zoe"] = zoe
    network.tie(network.ids["ana"], zoe)
    letters = preview(network, "zoe").json["letters"]

    assert [letter["to"] for letter in letters[:2]] == ["Ana Diaz", "Zoë"]
    network.ask("zoe")
    deliver()
    assert shown(mail.last(network.ana)) == shown(letters[0])
    network.respond(mail.token(network.ana), "accept", email=f"zoe-{network.mark}@example.com")
    deliver()
    assert shown(mail.last(f"zoe-{network.mark}@example.com")) == shown(letters[1])


def test_a_preview_leaves_no_trace(network, mail, deliver, owner):
    before = snapshot(owner)
    for _ in range(3):
        assert preview(network).status_code == 200

    assert snapshot(owner) == before
    assert deliver() == 0
    assert not mail.to(network.ana)
    assert network.ask().status_code == 201


def test_no_link_of_a_preview_works(network):
    letters = preview(network).json["letters"]
    links = {match[0] for letter in letters for part in ("text", "html") for match in LINKS.finditer(letter[part])}

    assert links == {"/respond/this-is-a-preview", "/join/this-is-a-preview"}
    assert network.question("this-is-a-preview").status_code == 404
    assert network.respond("this-is-a-preview", "accept").status_code == 404
    assert network.api.anonymous().get("/api/crm/viral/invitations/this-is-a-preview").status_code == 404


def test_a_preview_is_refused_as_the_request_would_be(network, deliver):
    ids = network.ids
    refused = [
        {"target_id": str(uuid.uuid4())},
        {"target_id": network.me},
        {"target_id": ids["ana"]},
        {"message": "  "},
        {"message": "x" * 2001},
        {"message": f"Write to {network.mei}"},
        {"purpose": "x" * 201},
        {"path": [ids["ana"], ids["mei"]]},
        {"path": [ids["ana"], ids["bruno"]]},
        {"path": [ids["ana"], ids["ana"], ids["mei"]]},
        {"unknown": 1},
    ]
    real = [network.ask(**fields) for fields in refused]
    dry = [preview(network, **fields) for fields in refused]
    assert [told(answer) for answer in dry] == [told(answer) for answer in real]
    assert {answer.status_code for answer in real} <= {404, 409, 422}

    network.ask()
    assert told(preview(network)) == told(network.ask())
    assert preview(network).status_code == 409
    assert network.api.post(f"{GRAPH}/introduce?dry_run=perhaps", json={}).status_code == 422
    stranger = network.api.as_user(f"stranger-{network.api.email}")
    body = {"target_id": ids["mei"], "message": "Hello."}
    assert stranger.post(f"{GRAPH}/introduce?dry_run=true", json=body).status_code == 404
    assert network.api.anonymous().post(f"{GRAPH}/introduce?dry_run=true", json=body).status_code == 401


def told(answer):
    return answer.status_code, {name: answer.json.get(name) for name in ("code", "detail", "errors")}


def test_an_address_is_given_at_the_moment_of_asking(network, mail, deliver, owner):
    cy = network.ids["cy"] = network.contact("Cy Moss", None)
    network.tie(network.me, cy, 0.6)
    network.tie(cy, network.ids["mei"], 0.5)
    path, given = [cy, network.ids["mei"]], f"cy-{network.mark}@example.com"
    refused = network.ask(path=path)
    assert (refused.status_code, "no e-mail address" in refused.text) == (409, True)
    assert preview(network, path=path, connector_email=given).json["letters"][0]["to"] == "Cy Moss"
    asked = network.ask(path=path, connector_email=given)
    assert asked.status_code == 201, asked.text
    deliver()
    assert "Cy" in mail.last(given)["text"]
    assert network.respond(mail.token(given), "accept").status_code == 200
    assert network.api.get(f"/api/crm/contacts/{cy}").json["email"] is None, "for this introduction alone"
    rows = owner.run(
        "select strength, readiness from crm.introduction_steps where introduction_id = :i order by position",
        i=asked.json["id"],
    )
    assert [tuple(row) for row in rows] == [(pytest.approx(0.6), "fresh"), (pytest.approx(0.5), "fresh")]


@pytest.mark.parametrize(
    "fields", [{"connector_email": "a@example.com"}, {"connector_email": "nobody", "path": ["mei"]}, {"connector_email": "a@example.com", "path": ["ana"]}]
)  # fmt: skip
def test_an_address_for_nobody_or_for_who_has_one_is_refused(network, fields):
    if "path" in fields:
        fields = fields | {"path": [network.ids[name] for name in (*fields["path"], "bruno", "mei")][-3:]}
    answer = network.ask(**fields)
    assert answer.status_code == 422, answer.text
    assert "connector_email" in answer.text
