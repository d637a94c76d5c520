"""Batches and contacts that come at the same time: nothing is counted twice, and no tie is missed."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shared.sources import service

SOURCES = "/api/crm/sources"
CONTACTS = "/api/crm/contacts"
ME = "me@home.example"
AGAIN = 503


def test_batches_that_come_together_count_each_message_once_and_contacts_added_meanwhile_have_their_ties(api):
    sources = [
        api.post(SOURCES, json={"kind": "mail_file", "name": name, "addresses": [ME]}).json["id"] for name in "AB"
    ]
    people = [f"p{n}@acme.example" for n in range(12)]
    now = datetime.now(UTC)
    lines = [
        {"id": str(n), "at": (now - timedelta(hours=n)).isoformat(), "from": {"address": ME}, "to": [{"address": people[n % 12]}, {"address": people[(n + 1) % 12]}]}
        for n in range(600)
    ]  # fmt: skip
    batches = [(source, lines[start : start + 100]) for start in range(0, 600, 100) for source in sources] * 2

    def send(batch):
        source, of_batch = batch
        body = "\n".join(json.dumps(line) for line in of_batch)
        client = api.as_user(api.email)
        while True:
            answer = client.post(f"{SOURCES}/{source}/messages", data=body, content_type="application/x-ndjson")
            if answer.status_code != AGAIN:
                assert answer.status_code == 200, answer.json
                return answer.json["counted"]

    def add(address):
        answer = api.as_user(api.email).post(CONTACTS, json={"name": f"C {address}", "email": address, "enrich": False})
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(send, batch) for batch in batches]
        added = [pool.submit(add, address) for address in people]
        counted = sum(one.result() for one in sent)
        ids = [one.result() for one in added]

    assert counted == 600
    for contact_id in ids:
        assert api.get(f"{CONTACTS}/{contact_id}/strength").json["evidence"]["sent"] == 100
        assert api.get(f"{CONTACTS}/{contact_id}/strength").json["kind"] == "seen"


def test_a_contact_that_is_added_while_a_batch_is_being_counted_waits_for_it_and_has_its_tie(api, user_id, database):
    source = api.post(SOURCES, json={"kind": "mail_file", "name": "Mail", "addresses": [ME]}).json["id"]
    line = {
        "id": "1",
        "at": datetime.now(UTC).isoformat(),
        "from": {"address": ME},
        "to": [{"address": "ana@acme.example"}],
    }
    with ThreadPoolExecutor(1) as pool:
        with database.transaction(user_id) as tx:
            service.count_lines(tx, UUID(source), [json.dumps(line).encode()], of="messages", now=datetime.now(UTC))
            added = pool.submit(api.post, CONTACTS, json={"name": "Ana", "email": "ana@acme.example", "enrich": False})
            time.sleep(0.3)  # long enough to be through, if it did not wait
        contact = added.result().json["id"]
    assert api.get(f"{CONTACTS}/{contact}/strength").json["kind"] == "seen"
