"""What the tests of backups share: a user with a past, and databases compared row by row."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from operate.backup.tables import QUERIES, ask, shapes
from tests.conftest import connected
from tests.integration.introductions.conftest import Network, deliver, deliveries, mail
from tests.integration.teams.conftest import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api

__all__ = ["deliver", "deliveries", "mail"]

CONTACTS = "/api/crm/contacts"
VIRAL = "/api/crm/viral"
CSV = """Name,Email,Company,Notes
Zoë Ångström,zoe@globex.example,Globex,"tabs\tand ""quotes"", back\\slashes,
line breaks"
李小龍,bruce@globex.example,,
,nobody@initech.example,Initech,\\N
Ines Costa,ines@initech.example,Initech,
"""
# What no call of these tests leaves behind, as it might be left behind.
LEFT_BEHIND = (
    "insert into crm.dead_letters (topic, user_id, data, reason, sends, created_at) values ('email', :user, '{}', 'why', 5, now())",
    (
        "insert into crm.provider_answers (provider, email_hash, scope, outcome, answer, fetched_at, expires_at) "
        "values ('apollo', sha256(:user::uuid::text::bytea), :user, 'found', '{}', now(), now() + interval '1 day')"
    ),
    (
        "insert into crm.credit_reservations (user_id, contact_id, provider, input_hash, credits, token, expires_at) "
        "values (:user, gen_random_uuid(), 'hunter', sha256('x'), 1, gen_random_uuid(), now())"
    ),
    "select crm.move_credits(:user, 'charge', -1, gen_random_uuid(), 'hunter', null)",
    (
        "with job as (insert into crm.jobs (user_id, kind) values (:user, 'import_contacts') returning user_id, id), "
        "chosen as (insert into crm.job_contacts (user_id, job_id, part, ids) select user_id, id, 0, array[gen_random_uuid()] from job), "
        "waiting as (insert into crm.import_rows (user_id, import_id, place, row_no, line, keys, is_keyed, data) "
        "select user_id, id, 1, 1, 2, '{7}', true, 'a line' from job) "
        "insert into crm.import_errors (user_id, import_id, line, is_refused, field, message, value, cells) "
        "select user_id, id, 3, true, 'email', 'why', 'a@', '[\"Ada\", \"a@\"]' from job"
    ),
    "select crm.score_introduction(i.id, now()) from crm.introductions i where i.user_id = :user",
)


class Life:
    """A user who has imported, asked, invited, and is in a team; and the people around them."""

    def __init__(self, api: Api, deliver: Callable[[], int], mail: Any, owner: Any) -> None:
        self.api = api
        self.email = api.email or ""
        imported = api.post(f"{CONTACTS}/import?tie_to_me=0.4&enrich=true", data=CSV, content_type="text/csv").json
        assert imported["created"] == 4, imported
        zoe = api.get(f"{CONTACTS}/search?q=zoe").json["items"][0]["id"]
        api.post(f"{CONTACTS}/{zoe}/interactions", json={"kind": "meeting", "at": "2026-03-01T10:00:00Z"})
        for _ in range(3):
            api.post(CONTACTS, json={"name": "Pia Pair", "enrich": False})
        dismissed = api.get(f"{CONTACTS}/duplicates").json["items"][0]["id"]
        assert api.post(f"{CONTACTS}/duplicates/{dismissed}/dismiss").status_code == 204
        double = api.post(CONTACTS, json={"name": "Zoe", "enrich": False}).json["id"]
        assert api.post(f"{CONTACTS}/merge", json={"ids": [zoe, double]}).status_code == 200
        self._introduction(deliver, mail)
        self._joiner(deliver)
        self._source()
        self._team(zoe)
        self._fields(zoe)
        api.patch("/api/crm/users/me", json={"settings": {"theme": "dark"}})
        self.user_id = uuid.UUID(api.get("/api/crm/users/me").json["id"])
        for statement in LEFT_BEHIND:
            owner.run(statement, user=self.user_id)

    def _introduction(self, deliver: Callable[[], int], mail: Any) -> None:
        network = Network(self.api)
        asked = network.ask().json
        deliver()
        for address in (network.ana, network.bruno, network.mei):
            assert network.respond(mail.token(address), "accept").status_code == 200
            deliver()
        self.api.post(f"/api/crm/graph/introductions/{asked['id']}/complete")
        network.contact("Ola Wolf", f"ola-{network.mark}@example.com")
        self.open = network.ask("bruno").json
        self.asked = network.ana
        deliver()

    def _joiner(self, deliver: Callable[[], int]) -> None:
        self.joiner = self.api.as_user(f"joiner-{self.email}")
        self.api.post(f"{VIRAL}/invitations", json={"emails": [self.joiner.email, f"no-{self.email}"], "message": "Hi"})
        codes = {item["email"]: item["code"] for item in self.api.get(f"{VIRAL}/invitations").json["items"]}
        self.joiner.post(f"{VIRAL}/invitations/accept", json={"code": codes[self.joiner.email]})
        for number in range(5):
            self.joiner.post(CONTACTS, json={"name": f"Contact {number}", "enrich": False})
        deliver()

    def _source(self) -> None:
        source = self.api.post("/api/crm/sources", json={"kind": "mail_file", "name": "Mail", "addresses": []}).json[
            "id"
        ]
        gone = self.api.post(CONTACTS, json={"name": "Gone", "email": "gone@mail.example", "enrich": False}).json["id"]
        self.api.delete(f"{CONTACTS}/{gone}")
        self.api.delete(f"{CONTACTS}/trash/{gone}")
        # a contact whose tie an import had assumed, and somebody who is not a contact
        zoe = self.api.get(f"{CONTACTS}/search?q=zoe").json["items"]
        known = next(
            item["email"]
            for item in [*zoe, *self.api.get(CONTACTS).json["items"]]
            if item["email"] and not item["is_self"]
        )
        line = {"id": "1", "at": "2026-03-01T10:00:00Z", "from": {"address": self.email},
                "to": [{"address": known}, {"address": "new@mail.example", "name": "New Body"}]}  # fmt: skip
        sent = self.api.post(
            f"/api/crm/sources/{source}/messages", data=json.dumps(line) + "\n", content_type="application/x-ndjson"
        )
        assert sent.json["counted"] == 1, sent.json

    def _team(self, hidden: str) -> None:
        self.api.post("/api/crm/teams", json={"name": "Sales"})
        me = Person(self.api, self.email)
        me.shares()
        assert self.api.put(f"/api/crm/teams/hidden/{hidden}").status_code < 300

    def _fields(self, contact: str) -> None:
        assert self.api.post("/api/crm/fields", json={"name": "Size", "kind": "number"}).status_code == 201
        assert self.api.patch(f"{CONTACTS}/{contact}", json={"custom": {"Size": 12}}).status_code == 200
        view = {
            "name": "Large",
            "filter": {"custom_from": {"Size": 10}},
            "sort": "-custom.Size",
            "columns": ["custom.Size"],
        }
        assert self.api.post("/api/crm/views", json=view).status_code == 201

    def answers(self) -> dict[str, Any]:
        """What the API tells the user; strengths fade meanwhile, in digits that are left out."""
        paths = [
            "/api/crm/users/me", f"{CONTACTS}?sort=name", f"{CONTACTS}/search?q=zoe", "/api/crm/graph/relationships",
            "/api/crm/graph/introductions", "/api/crm/enrichment/credits", f"{VIRAL}/invitations", "/api/crm/teams/mine",
            "/api/crm/sources", f"{VIRAL}/leaderboard?period=all", "/api/crm/fields", "/api/crm/views", f"{CONTACTS}?custom_from.Size=10",
        ]  # fmt: skip
        return {
            path: json.loads(self.api.get(path).text, parse_float=lambda text: round(float(text), 4)) for path in paths
        }


@pytest.fixture
def life(api: Api, deliver: Callable[[], int], mail: Any, owner: Any) -> Life:
    return Life(api, deliver, mail, owner)


# A restored database refuses tokens of the feed from before.
RENEWED = frozenset({"change_feed"})


def contents(url: str, leave_out: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Every row of every table as text, sorted; and the sequences."""
    with connected(url) as connection:
        connection.run("set timezone = 'UTC'; set extra_float_digits = 1")
        found = {}
        for name, shape in shapes(connection).items():
            if name in RENEWED:
                continue
            columns = ", ".join(column for column in shape.columns if f"{name}.{column}" not in leave_out)
            rows = connection.run(f"select row({columns})::text from crm.{name}")
            found[name] = sorted(row for (row,) in rows)
        found["sequences"] = sorted(map(str, ask(connection, QUERIES.sequences)))
    return found
