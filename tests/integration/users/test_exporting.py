"""Everything of a user as an archive, made by a job."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from shared.edge.deps import deps
from shared.edge.jobs import make_kinds
from shared.jobs.service import Jobs
from tests.integration.introductions.conftest import clock, deliver, deliveries, mail, network, schedule

__all__ = ["clock", "deliver", "deliveries", "mail", "network", "schedule"]

EXPORT = "/api/crm/users/me/export"


@pytest.fixture
def export(gateway):
    """Exports everything of a user; the contents of the archive by member, and the answer."""

    def made(api):
        asked = api.get(EXPORT)
        assert asked.status_code == 202, asked.text
        assert asked.headers["Location"] == f"/api/crm/jobs/{asked.json['id']}"
        user_id = api.get("/api/crm/users/me").json["id"]
        Jobs(deps().database, make_kinds(deps())).work(user_id, asked.json["id"])
        job = api.get(asked.headers["Location"]).json
        assert job["status"] == "done", job
        answer = api.get(job["result"]["url"])
        assert (answer.status_code, answer.mimetype) == (200, "application/zip")
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            assert packed.testzip() is None
            members = {name: packed.read(name).decode() for name in packed.namelist()}
        rows = {
            name: [json.loads(line) for line in text.splitlines()]
            for name, text in members.items()
            if name.endswith(".jsonl")
        }
        return rows, members, job

    return made


def test_everything_of_a_user_and_nothing_of_others_is_in_the_archive(network, deliver, export, monkeypatch):
    monkeypatch.setattr("shared.users.exporting.ROWS", 2)
    api = network.api
    api.as_user(f"other-{api.email}").post("/api/crm/contacts", json={"name": "Someone Else", "enrich": False})
    assert network.ask().status_code == 201
    deliver()
    rows, members, _ = export(api)

    contacts = [row for name, part in rows.items() if name.startswith("contacts-") for row in part]
    assert sorted(row["name"] for row in contacts) == ["Ana Diaz", "Bruno Okafor", "Mei Tanaka", "Uma User"]
    assert len({row["id"] for row in contacts}) == 4
    assert len([name for name in rows if name.startswith("contacts-")]) == 2
    assert rows["introductions-0001.jsonl"][0]["message"].startswith("I build telescopes")
    assert rows["users-0001.jsonl"][0]["email"] == api.email
    assert any(name.startswith("audit_entries") for name in rows)
    assert "Someone Else" not in json.dumps(members)
    assert not any("hash" in key for part in rows.values() for row in part for key in row)
    assert "JSON" in members["README.txt"]


def test_an_export_that_is_under_way_is_answered_again_and_another_users_is_not_found(api, export):
    first = api.get(EXPORT).json
    assert api.get(EXPORT).json["id"] == first["id"]
    assert api.get(f"/api/crm/users/me/exports/{first['id']}").status_code == 404
    _, _, job = export(api)
    assert job["id"] == first["id"]
    assert api.as_user(f"other-{api.email}").get(job["result"]["url"]).status_code == 404
    acts = [entry["act"] for entry in api.get("/api/crm/users/me/audit").json["items"]]
    assert acts[:2] == ["download_export", "export_user"]


def test_an_export_is_kept_for_a_week(api, export, clock, schedule, owner):
    _, _, job = export(api)
    owner.run("update crm.export_parts set made_at = made_at - interval '8 days'")
    schedule("purge_audit")
    assert api.get(job["result"]["url"]).status_code == 410
