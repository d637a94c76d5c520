"""Webhooks: what happens is sent, signed, again where it did not arrive, and not for ever."""

from __future__ import annotations

import base64
import time
import uuid
from datetime import timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from shared.edge.deps import deps
from shared.plumbing.outbound.public import Outside
from shared.webhooks import repository, sending
from tests.integration.introductions.conftest import deliveries, schedule
from tests.integration.webhooks.conftest import WEBHOOKS

__all__ = ["deliveries", "schedule"]

CONTACTS = "/api/crm/contacts"


def log(api, webhook, **query):
    return api.get(f"{WEBHOOKS}/{webhook['id']}/deliveries", query_string=query).json["items"]


def one(api, webhook):
    return api.get(f"{WEBHOOKS}/{webhook['id']}").json


def test_a_change_is_sent_signed_as_the_standard_says(api, receiver, add, drain):
    webhook = add()
    made = api.post(CONTACTS, json={"name": "Ana", "enrich": False}).json
    drain()

    (message,) = receiver.verified(webhook["secret"])
    assert message["type"] == "contact.created"
    assert message["data"]["id"] == made["id"]
    assert message["version"] == 1
    assert set(message["data"]) == {"id", "operation_id"}
    (_, headers, body, _) = receiver.got[0]
    assert headers["Content-Type"] == "application/json"
    assert b"Ana" not in body
    with pytest.raises(WebhookVerificationError):
        Webhook(base64.b64encode(b"another secret of this length ..").decode()).verify(body, headers)
    (entry,) = log(api, webhook)
    assert (entry["state"], entry["status"], entry["attempts"]) == ("delivered", 204, 1)
    assert f"msg_{uuid.UUID(entry['id']).hex}" == receiver.ids("/hook")[0]


def test_the_secret_is_shown_once_and_sealed(api, receiver, add, owner, user_id):
    webhook = add()
    assert webhook["secret"].startswith("whsec_")
    assert len(base64.b64decode(webhook["secret"][6:])) == 32
    assert "secret" not in one(api, webhook)
    assert "whsec_" not in api.get(WEBHOOKS).text
    (sealed,) = owner.run("select secret from crm.webhooks where user_id = :u", u=user_id)[0]
    assert base64.b64decode(webhook["secret"][6:]) not in sealed


def test_each_kind_of_change_has_its_type_and_only_wanted_ones_are_sent(api, receiver, add, drain):
    everything, deleted = add("/all"), add("/deleted", ["contact.deleted"])
    ana, bo = (api.post(CONTACTS, json={"name": name, "enrich": False}).json["id"] for name in ("Ana", "Bo"))
    api.patch(f"{CONTACTS}/{ana}", json={"title": "Optician"})
    api.post(f"{CONTACTS}/merge", json={"ids": [ana, bo]})
    api.delete(f"{CONTACTS}/{ana}")
    drain()

    seen = [(m["type"], m["data"]["id"]) for m in receiver.verified(everything["secret"], "/all")]
    assert seen.count(("contact.created", ana)) == seen.count(("contact.created", bo)) == 1
    assert ("contact.updated", ana) in seen
    assert ("contact.merged", bo) in seen
    assert seen[-1] == ("contact.deleted", ana)
    merged = next(m for m in receiver.verified(everything["secret"], "/all") if m["type"] == "contact.merged")
    assert merged["data"]["merged_into"] == ana
    assert [m["type"] for m in receiver.verified(deleted["secret"], "/deleted")] == ["contact.deleted"]


def test_many_changes_are_one_message_that_names_the_operation(api, receiver, add, drain):
    webhook = add(events=["contact.created"])
    rows = "".join(f"P{no},p{no}@x.example\n" for no in range(60))
    answer = api.post(f"{CONTACTS}/import", data="name,email\n" + rows, content_type="text/csv")
    assert answer.json["created"] == 60
    drain()
    messages = receiver.verified(webhook["secret"])
    assert {m["type"] for m in messages} == {"contacts.changed"}
    assert {m["data"]["operation_id"] for m in messages} == {answer.headers["Operation-Id"]}
    assert len(messages) == 1


def test_what_is_rolled_back_is_not_sent(api, receiver, add, drain):
    webhook = add()
    assert api.post(f"{CONTACTS}/import?dry_run=true", data="name\nAna\n", content_type="text/csv").status_code == 200
    drain()
    assert receiver.verified(webhook["secret"]) == []
    assert log(api, webhook) == []


def test_what_fails_comes_again_under_the_same_id_until_it_arrives(api, receiver, add, drain, later):
    webhook = add()
    receiver.answers["/hook"] = 500
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    drain()
    (entry,) = log(api, webhook)
    assert (entry["state"], entry["status"], entry["error"]) == ("waiting", 500, "the receiver answered 500")
    assert one(api, webhook)["failing_since"]
    assert drain() == 0  # not before its time
    later()
    drain()
    receiver.answers["/hook"] = 200
    later()
    drain()
    assert log(api, webhook)[0]["state"] == "delivered"
    assert log(api, webhook)[0]["attempts"] == 3
    assert len(set(receiver.ids("/hook"))) == 1
    assert len(receiver.verified(webhook["secret"])) == 3
    assert one(api, webhook)["failing_since"] is None


def test_ten_attempts_are_made_over_three_days(api, receiver, add, drain, later, owner, user_id):
    webhook = add()
    receiver.answers["/hook"] = 503
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    waits = []
    for _ in range(12):
        drain()
        row = owner.run(
            "select extract(epoch from next_at - now())::float8 from crm.webhook_deliveries where user_id = :u",
            u=user_id,
        )
        waits.append(row[0][0])
        later()
    assert log(api, webhook)[0]["state"] == "failed"
    assert len(receiver.got) == 10
    for wait, pause in zip(waits, sending.PAUSES_S, strict=False):
        assert pause * 0.89 - 2 < wait <= pause * 1.11
    assert timedelta(days=3) < timedelta(seconds=sum(sending.PAUSES_S)) < timedelta(days=3.2)


def test_retry_after_is_kept_to_by_all_messages(api, receiver, add, drain, later, owner, user_id):
    def slow_down(handler):
        handler.send_response(429)
        handler.send_header("Retry-After", "700")
        handler.end_headers()

    webhook = add()
    receiver.answers["/hook"] = slow_down
    for name in ("Ana", "Bo"):
        api.post(CONTACTS, json={"name": name, "enrich": False})
    drain()
    assert len(receiver.got) == 1
    rest = owner.run(
        "select extract(epoch from rests_until - now())::float8 from crm.webhooks where user_id = :u", u=user_id
    )
    assert 650 < rest[0][0] <= 700
    receiver.answers["/hook"] = 204
    later()
    drain()
    assert len(receiver.verified(webhook["secret"])) == 3
    assert {entry["state"] for entry in log(api, webhook)} == {"delivered"}


def test_410_switches_off_at_once_with_a_letter(api, receiver, add, drain, mailbox, owner, user_id, user_email):
    webhook = add()
    receiver.answers["/hook"] = 410
    for name in ("Ana", "Bo"):
        api.post(CONTACTS, json={"name": name, "enrich": False})
    drain()
    assert len(receiver.got) == 1
    off = one(api, webhook)
    assert (off["active"], off["off_because"]) == (False, "the receiver answered 410: it wants no more messages")
    assert off["waiting"] == 0
    email_id = owner.run("select id from crm.emails where user_id = :u and kind = 'webhook.switched_off'", u=user_id)[
        0
    ][0]
    deps().mailer.send(user_id, email_id, deps().now())
    (mail,) = mailbox.mails(user_email)
    assert receiver.url in str(mail)
    api.post(CONTACTS, json={"name": "Cy", "enrich": False})
    drain()
    assert len(receiver.got) == 1
    assert api.post(f"{WEBHOOKS}/{webhook['id']}/test").status_code == 409

    receiver.answers["/hook"] = 204
    assert api.patch(f"{WEBHOOKS}/{webhook['id']}", json={"active": True}).json["active"] is True
    api.post(CONTACTS, json={"name": "Di", "enrich": False})
    drain()
    assert len(receiver.got) == 2


def test_five_dead_days_switch_off(api, receiver, add, drain, later, owner, user_id):
    webhook = add()
    receiver.answers["/hook"] = 500
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    drain()
    owner.run("update crm.webhooks set failing_since = now() - interval '119 hours' where user_id = :u", u=user_id)
    later()
    drain()
    assert one(api, webhook)["active"] is True
    owner.run("update crm.webhooks set failing_since = now() - interval '121 hours' where user_id = :u", u=user_id)
    later()
    drain()
    assert one(api, webhook)["active"] is False
    assert one(api, webhook)["off_because"].startswith("no message has arrived since ")
    assert owner.run(
        "select count(*) from crm.emails where user_id = :u and kind = 'webhook.switched_off'", u=user_id
    ) == [[1]]


def test_redirects_are_not_followed(api, receiver, add, drain):
    def away(handler):
        handler.send_response(302)
        handler.send_header("Location", f"{receiver.url}/elsewhere")
        handler.end_headers()

    webhook = add()
    receiver.answers["/hook"] = away
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    drain()
    assert {to for to, *_ in receiver.got} == {"/hook"}
    assert log(api, webhook)[0]["error"] == "the receiver answered 302"


def hang(handler):
    time.sleep(3)


def drip(handler):
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        pass


@pytest.mark.parametrize("way", [hang, drip])
def test_a_receiver_that_hangs_or_drips_costs_its_time_and_no_more(api, receiver, add, drain, monkeypatch, way):
    monkeypatch.setattr(sending, "TIMEOUT_S", 0.5)
    webhook = add()
    receiver.answers["/hook"] = way
    for name in ("Ana", "Bo", "Cy"):
        api.post(CONTACTS, json={"name": name, "enrich": False})
    started = time.monotonic()
    drain()
    assert time.monotonic() - started < 2
    assert len(receiver.got) == 1
    tried = [entry for entry in log(api, webhook) if entry["attempts"]]
    assert [entry["status"] for entry in tried] == [None]
    assert 450 <= tried[0]["took_ms"] < 1500


def test_a_huge_answer_is_read_only_at_its_beginning(api, receiver, add, drain):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "50000000")
        handler.end_headers()
        try:
            for _ in range(50):
                handler.wfile.write(b"x" * 1_000_000)
        except OSError:
            pass

    webhook = add()
    receiver.answers["/hook"] = endless
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    drain()
    (entry,) = log(api, webhook)
    assert (entry["state"], len(entry["answer"])) == ("delivered", 1000)


@pytest.mark.parametrize(
    "url",
    ["http://example.com/hook", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.8/", "https://169.254.169.254/latest",
     "https://u:p@example.com/", "https://example.com/#f", "ftp://example.com/", "https:///nohost", "https://[::ffff:10.0.0.1]/", "not an address"],
)  # fmt: skip
def test_addresses_that_are_not_public_https_are_refused(api, gateway, url):
    answer = api.post(WEBHOOKS, json={"url": url, "events": ["*"]})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "url"


def test_a_name_that_turns_to_loopback_is_not_connected_to(api, receiver, add, drain, monkeypatch, owner, user_id):
    webhook = add()
    port = receiver.server.server_port
    owner.run("update crm.webhooks set url = :url where user_id = :u", url=f"https://localhost:{port}/hook", u=user_id)
    deps().__dict__["outside"] = Outside()
    deps().__dict__.pop("webhook_sender", None)
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    drain()
    (entry,) = log(api, webhook)
    assert (entry["state"], entry["status"]) == ("waiting", None)
    assert "not a public address" in entry["error"]
    assert receiver.got == []


def test_while_a_secret_changes_messages_bear_both_signatures(api, receiver, add, drain, owner, user_id):
    webhook = add()
    rotated = api.post(f"{WEBHOOKS}/{webhook['id']}/rotate", json={"overlap_hours": 2}).json
    assert rotated["secret"] != webhook["secret"]
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    drain()
    assert len(receiver.verified(webhook["secret"])) == len(receiver.verified(rotated["secret"])) == 1
    assert receiver.got[0][1]["webhook-signature"].count("v1,") == 2
    owner.run("update crm.webhooks set old_secret_until = now() where user_id = :u", u=user_id)
    receiver.got.clear()
    api.post(CONTACTS, json={"name": "Bo", "enrich": False})
    drain()
    assert len(receiver.verified(rotated["secret"])) == 1
    with pytest.raises(WebhookVerificationError):
        receiver.verified(webhook["secret"])


def test_a_test_message_and_a_message_once_more(api, receiver, add, drain):
    webhook = add(events=["contact.deleted"])
    sent = api.post(f"{WEBHOOKS}/{webhook['id']}/test")
    assert sent.status_code == 202
    drain()
    assert [m["type"] for m in receiver.verified(webhook["secret"])] == ["webhook.test"]
    again = api.post(f"{WEBHOOKS}/deliveries/{sent.json['id']}/redeliver")
    assert again.status_code == 202
    drain()
    assert len(receiver.got) == 2
    assert len(set(receiver.ids("/hook"))) == 1
    assert api.post(f"{WEBHOOKS}/deliveries/{uuid.uuid4()}/redeliver").status_code == 404


def test_a_dead_process_loses_nothing(api, receiver, add, drain, owner, user_id, database, schedule):
    """A process takes the webhook and the event, and dies: the sweep wakes the webhook once the lease has ended."""
    webhook = add()
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    with database.transaction(user_id) as tx:
        assert repository.begin_drain(tx, uuid.UUID(webhook["id"]), uuid.uuid4(), 60)
    drain()  # another process finds it taken
    assert receiver.got == []
    schedule("wake_webhooks")
    drain()
    assert receiver.got == []
    owner.run("update crm.webhooks set leased_until = now() - interval '1 second' where user_id = :u", u=user_id)
    owner.run("update crm.webhook_deliveries set next_at = now() - interval '11 seconds' where user_id = :u", u=user_id)
    schedule("wake_webhooks")
    drain()
    assert len(receiver.verified(webhook["secret"])) == 1


def test_what_comes_while_a_process_sends_is_sent_by_it(api, receiver, add, drain):
    def another(handler):
        receiver.answers["/hook"] = 204
        api.post(CONTACTS, json={"name": "Bo", "enrich": False})
        handler.send_response(204)
        handler.end_headers()

    webhook = add()
    receiver.answers["/hook"] = another
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    drain()
    assert len(receiver.verified(webhook["secret"])) == 2


def test_webhooks_are_their_user_s_own(api, receiver, add, drain):
    webhook, other = add(), api.as_user(f"{uuid.uuid4().hex}@example.com")
    sent = api.post(f"{WEBHOOKS}/{webhook['id']}/test").json["id"]
    path = f"{WEBHOOKS}/{webhook['id']}"
    assert other.get(WEBHOOKS).json["items"] == []
    for answer in (
        other.get(path), other.get(f"{path}/deliveries"), other.patch(path, json={"active": False}), other.delete(path),
        other.post(f"{path}/test"), other.post(f"{path}/rotate"), other.post(f"{WEBHOOKS}/deliveries/{sent}/redeliver"),
    ):  # fmt: skip
        assert answer.status_code == 404
    other.post(CONTACTS, json={"name": "Ana", "enrich": False})
    drain()
    assert [m["type"] for m in receiver.verified(webhook["secret"])] == ["webhook.test"]


def test_a_user_has_at_most_twenty(api, receiver, add):
    for no in range(20):
        add(f"/{no}")
    answer = api.post(WEBHOOKS, json={"url": receiver.url + "/more"})
    assert (answer.status_code, answer.json["code"]) == (409, "conflict")


def test_a_deleted_webhook_sends_nothing_and_a_deleted_user_leaves_none(api, receiver, add, drain, owner, user_id):
    webhook, stays = add("/gone"), add("/stays")
    api.post(CONTACTS, json={"name": "Ana", "enrich": False})
    assert api.delete(f"{WEBHOOKS}/{webhook['id']}").status_code == 204
    assert api.get(f"{WEBHOOKS}/{webhook['id']}").status_code == 404
    drain()
    assert {to for to, *_ in receiver.got} == {"/stays"}
    api.delete("/api/crm/users/me")
    assert stays
    assert owner.run("select count(*) from crm.webhook_deliveries where user_id = :u", u=user_id) == [[0]]


def test_the_log_is_paged_and_filtered_and_purged(api, receiver, add, drain, owner, user_id, schedule):
    webhook = add()
    for no in range(5):
        api.post(CONTACTS, json={"name": f"P{no}", "enrich": False})
    drain()
    path, seen, cursor = f"{WEBHOOKS}/{webhook['id']}/deliveries", [], None
    while True:
        page = api.get(path, query_string={"limit": 2} | ({"cursor": cursor} if cursor else {})).json
        seen += [entry["id"] for entry in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert log(api, webhook, state="failed") == []
    assert len(log(api, webhook, state="delivered")) == 5
    owner.run(
        "update crm.webhook_deliveries set happened_at = now() - interval '31 days' where user_id = :u and no in (select no from crm.webhook_deliveries where user_id = :u limit 2)",
        u=user_id,
    )
    schedule("purge_deliveries")
    assert len(log(api, webhook)) == 3


def test_an_import_that_ends_and_an_introduction_are_told(api, receiver, add, drain, owner, user_id):
    webhook = add(events=["import.finished", "introduction.requested"])
    owner.run("insert into crm.jobs (user_id, kind) values (:u, 'import')", u=user_id)
    owner.run("update crm.jobs set status = 'done', ended_at = now() where user_id = :u", u=user_id)
    drain()
    (message,) = receiver.verified(webhook["secret"])
    assert (message["type"], message["data"]["status"]) == ("import.finished", "done")
