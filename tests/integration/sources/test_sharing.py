"""Ties between others that are computed from one's mail are one's own: colleagues find paths over them only after a switch of its own."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

import pytest

ME = "carl@home.example"
PATH = "/api/crm/graph/path"


@pytest.fixture
def team(api):
    """The caller and a colleague in one team, both sharing their ties."""
    carl = api.as_user(f"{uuid.uuid4().hex}@example.com")
    carl.get("/api/crm/users/me")
    api.post("/api/crm/teams", json={"name": "Acme"})
    invited = api.post("/api/crm/teams/mine/invitations", json={"email": carl.email})
    assert invited.status_code in {200, 201, 202}, invited.json
    waiting = carl.get("/api/crm/teams/mine").json["invitations"]
    assert carl.post(f"/api/crm/teams/invitations/{waiting[0]['id']}/accept").status_code in {200, 201}
    for one in (api, carl):
        assert one.put("/api/crm/teams/mine/sharing", json={"ties": True}).json == {"ties": True}
    return api, carl


def test_a_colleague_finds_no_path_over_seen_ties_until_they_are_shared(team):
    uma, carl = team
    ids = {
        name: carl.post(
            "/api/crm/contacts", json={"name": name, "email": f"{name}@acme.example", "enrich": False}
        ).json["id"]
        for name in ("ana", "mei")
    }
    source = carl.post("/api/crm/sources", json={"kind": "mail_file", "name": "Mail", "addresses": [ME]}).json["id"]
    lines = []
    for n in range(8):
        at = datetime.now(UTC).isoformat()
        lines += [
            {"id": f"a{n}", "at": at, "from": {"address": ME}, "to": [{"address": "ana@acme.example"}]},
            {
                "id": f"b{n}",
                "at": at,
                "from": {"address": "ana@acme.example"},
                "to": [{"address": ME}, {"address": "mei@acme.example"}],
            },
        ]
    sent = carl.post(
        f"/api/crm/sources/{source}/messages",
        data="\n".join(map(json.dumps, lines)),
        content_type="application/x-ndjson",
    )
    assert sent.json["counted"] == 16
    # the tie of the colleague to the target is a weak one of its own: only the way over Ana is wanted
    carl.delete(f"/api/crm/graph/relationships/{carl.get('/api/crm/users/me').json['self_contact_id']}/{ids['mei']}")

    def found():
        return uma.get(PATH, query_string={"to_email": "mei@acme.example", "through_team": "true"}).json["paths"]

    assert found() == []
    assert carl.get(PATH, query_string={"to": ids["mei"]}).json["paths"][0]["hops"] == 2
    assert carl.put("/api/crm/teams/mine/sharing", json={"ties": True, "seen_ties": True}).json["seen_ties"] is True
    assert [c["name"] for c in found()[0]["contacts"]][2:] == ["ana", "mei"]
    assert carl.get("/api/crm/teams/mine").json["team"]["shares_seen_ties"] is True
    assert carl.put("/api/crm/teams/mine/sharing", json={"ties": True, "seen_ties": False}).json["seen_ties"] is False
    assert found() == []
