"""`Idempotency-Key`: a request that is sent again is done once, and answered alike for a day."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.manifest import functions
from shared.plumbing.idempotency import keys
from shared.plumbing.postgres.database import Session

CONTACTS = "/api/crm/contacts"


def headers(key=None):
    return {"Idempotency-Key": key or str(uuid.uuid4())}


def names(api):
    return sorted(contact["name"] for contact in api.get(CONTACTS).json["items"] if not contact["is_self"])


def test_a_repeated_request_is_done_once_and_answered_alike(api):
    key = headers()
    first = api.post(CONTACTS, json={"name": "Ana", "enrich": False}, headers=key)
    again = api.post(CONTACTS, json={"name": "Ana", "enrich": False}, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    for name in ("Location", "ETag", "Operation-Id", "Content-Type", "Cache-Control"):
        assert first.headers[name] == again.headers[name]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.headers["X-Request-Id"] != again.headers["X-Request-Id"]
    assert names(api) == ["Ana"]
    api.post(CONTACTS, json={"name": "Ana", "enrich": False}, headers=headers())
    assert names(api) == ["Ana", "Ana"]


def test_a_patch_and_a_request_without_a_body_are_not_done_again(api):
    one = api.post(CONTACTS, json={"name": "Ana"}).json["id"]
    key = headers()
    first = api.patch(f"{CONTACTS}/{one}", json={"title": "Optician"}, headers=key)
    api.patch(f"{CONTACTS}/{one}", json={"title": "Grinder"})
    again = api.patch(f"{CONTACTS}/{one}", json={"title": "Optician"}, headers=key)
    assert first.data == again.data
    assert api.get(f"{CONTACTS}/{one}").json["title"] == "Grinder"

    assert api.delete(f"{CONTACTS}/{one}").status_code == 204
    restore, key = f"{CONTACTS}/{one}/restore", headers()
    assert api.post(restore, headers=key).status_code == 200
    assert api.delete(f"{CONTACTS}/{one}").status_code == 204
    assert api.post(restore, headers=key).headers["Idempotent-Replayed"] == "true"
    assert api.get(f"{CONTACTS}/{one}").status_code == 404


def test_a_key_is_for_one_request(api):
    key = headers()
    one = api.post(CONTACTS, json={"name": "Ana"}, headers=key).json["id"]
    other_body = api.post(CONTACTS, json={"name": "Bo"}, headers=key)
    other_path = api.post(f"{CONTACTS}/{one}/interactions", json={"name": "Ana"}, headers=key)
    other_query = api.post(f"{CONTACTS}?on_conflict=error", json={"name": "Ana"}, headers=key)
    other_method = api.patch(f"{CONTACTS}/{one}", json={"name": "Ana"}, headers=key)

    for answer in (other_body, other_path, other_query, other_method):
        assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
        assert answer.json["errors"][0]["field"] == "Idempotency-Key"
    assert names(api) == ["Ana"]


def test_a_key_is_its_user_s_own(api):
    key, other = headers(), api.as_user(f"{uuid.uuid4().hex}@example.com")
    assert api.post(CONTACTS, json={"name": "Ana"}, headers=key).status_code == 201
    answer = other.post(CONTACTS, json={"name": "Ana"}, headers=key)
    assert answer.status_code == 201
    assert "Idempotent-Replayed" not in answer.headers


@pytest.mark.parametrize("key", ["", "x" * 256, "schlüssel", "a\tb"])
def test_a_key_that_is_none_is_refused(api, key):
    answer = api.post(CONTACTS, json={"name": "Ana"}, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
    assert names(api) == []


def test_what_fails_keeps_nothing_and_leaves_the_key(api, monkeypatch):
    key = headers()
    assert api.post(CONTACTS, json={"name": ""}, headers=key).status_code == 422
    with monkeypatch.context() as patched:

        def fails(*_, **__):
            raise RuntimeError("out of luck")

        patched.setattr(keys.Key, "keep", fails)
        assert api.post(CONTACTS, json={"name": "Ana"}, headers=key).status_code == 500
    assert names(api) == []
    assert api.post(CONTACTS, json={"name": "Ana"}, headers=key).status_code == 201
    assert names(api) == ["Ana"]


def test_twenty_at_once_are_one(api):
    key = headers()
    start = threading.Barrier(20)

    def send(_):
        start.wait()
        return api.as_user(api.email).post(CONTACTS, json={"name": "Ana", "enrich": False}, headers=key)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(20)))

    assert names(api) == ["Ana"]
    done = [answer for answer in answers if answer.status_code == 201]
    assert len(done) >= 1
    assert len({answer.data for answer in done}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in done) == 1
    for answer in answers:
        assert answer.status_code == 201 or answer.json["code"] in {"request_in_progress", "unavailable"}


def test_while_it_is_under_way_the_same_is_refused(api, monkeypatch):
    key, kept = headers(), keys.Key.keep
    seen = []

    def keep_slowly(self, answer):
        monkeypatch.setattr(keys.Key, "keep", kept)
        seen.append(api.post(CONTACTS, json={"name": "Ana"}, headers=key))
        kept(self, answer)

    monkeypatch.setattr(keys.Key, "keep", keep_slowly)
    assert api.post(CONTACTS, json={"name": "Ana"}, headers=key).status_code == 201
    assert (seen[0].status_code, seen[0].json["code"]) == (409, "request_in_progress")
    assert names(api) == ["Ana"]


def test_of_a_day_old_key_nothing_is_known(api, owner, user_id):
    key = headers()
    assert api.post(CONTACTS, json={"name": "Ana"}, headers=key).status_code == 201
    owner.run("update crm.idempotency_keys set made_at = made_at - interval '25 hours' where user_id = :u", u=user_id)
    answer = api.post(CONTACTS, json={"name": "Bo"}, headers=key)
    assert (answer.status_code, answer.json["name"]) == (201, "Bo")
    assert api.post(CONTACTS, json={"name": "Bo"}, headers=key).headers["Idempotent-Replayed"] == "true"


def test_old_keys_are_removed_and_others_stay(api, owner, user_id, database):
    for _ in range(3):
        assert api.post(CONTACTS, json={"name": "Ana"}, headers=headers()).status_code == 201
    owner.run(
        "update crm.idempotency_keys set made_at = made_at - interval '25 hours' where user_id = :u and key_hash in"
        " (select key_hash from crm.idempotency_keys where user_id = :u limit 2)",
        u=user_id,
    )
    with database.transaction(None) as tx:
        assert keys.remove_old(tx, 100) >= 2
    assert owner.run("select count(*) from crm.idempotency_keys where user_id = :u", u=user_id) == [[1]]


def test_a_user_s_keys_are_bounded_by_number_and_by_size(api, owner, user_id, monkeypatch):
    def count():
        return owner.run("select count(*) from crm.idempotency_keys where user_id = :u", u=user_id)[0][0]

    monkeypatch.setattr(keys, "TRIM_EVERY", 1)
    monkeypatch.setattr(keys, "MAX_KEYS", 3)
    sent = [headers() for _ in range(5)]
    for key in sent:
        assert api.post(CONTACTS, json={"name": "Ana"}, headers=key).status_code == 201
    assert count() == 3
    assert "Idempotent-Replayed" in api.post(CONTACTS, json={"name": "Ana"}, headers=sent[-1]).headers
    monkeypatch.setattr(keys, "MAX_BYTES", 700)
    assert api.post(CONTACTS, json={"name": "Ana"}, headers=headers()).status_code == 201
    assert count() == 1


def test_an_answer_too_large_to_keep_is_named_as_done(api, monkeypatch):
    monkeypatch.setattr(keys, "MAX_ANSWER_BYTES", 100)
    key = headers()
    assert api.post(CONTACTS, json={"name": "Ana"}, headers=key).status_code == 201
    again = api.post(CONTACTS, json={"name": "Ana"}, headers=key)
    assert (again.status_code, again.json["code"]) == (409, "answer_not_kept")
    assert names(api) == ["Ana"]


def test_neither_key_nor_answer_can_be_read_in_the_database(api, owner, user_id):
    key = headers()
    assert api.post(CONTACTS, json={"name": "Anastasia"}, headers=key).status_code == 201
    ((key_hash, answer),) = owner.run("select key_hash, answer from crm.idempotency_keys where user_id = :u", u=user_id)
    assert key["Idempotency-Key"].encode() not in key_hash
    assert b"Anastasia" not in answer
    with pytest.raises(Exception, match="decompressing"):
        keys.Answer.unpacked(answer)


def test_a_forgotten_contact_is_in_no_kept_answer(api):
    key = headers()
    made = api.post(CONTACTS, json={"name": "Ana"}, headers=key).json["id"]
    assert api.delete(f"{CONTACTS}/{made}").status_code == 204
    assert api.delete(f"{CONTACTS}/trash/{made}").status_code == 204
    assert api.post(CONTACTS, json={"name": "Ana"}, headers=key).json["code"] == "answer_not_kept"


def test_the_keys_go_with_the_user(api, owner, user_id):
    assert api.post(CONTACTS, json={"name": "Ana"}, headers=headers()).status_code == 201
    assert api.delete("/api/crm/users/me").status_code == 204
    assert owner.run("select count(*) from crm.idempotency_keys where user_id = :u", u=user_id) == [[0]]


def test_without_a_key_no_statement_more_is_run(api, monkeypatch):
    run, ran = Session._execute, []

    def noting(self, query, parameters):
        ran.append(query.name)
        return run(self, query, parameters)

    monkeypatch.setattr(Session, "_execute", noting)
    assert api.post(CONTACTS, json={"name": "Ana", "enrich": False}).status_code == 201
    without = list(ran)
    ran.clear()
    assert api.post(CONTACTS, json={"name": "Ana", "enrich": False}, headers=headers()).status_code == 201
    assert [name for name in ran if name != "trim_keys"] == ["take_key", *without[-len(ran) + 2 :], "keep_answer"]
    assert "take_key" not in without


def test_a_change_of_many_is_one_transaction_with_its_answer(api):
    ids = [api.post(CONTACTS, json={"name": name, "enrich": False}).json["id"] for name in ("Ana", "Bo")]
    key, change = headers(), {"ids": ids, "action": "tag", "value": ["lens"]}
    first = api.post(f"{CONTACTS}/bulk", json=change, headers=key)
    again = api.post(f"{CONTACTS}/bulk", json=change, headers=key)
    assert (first.status_code, first.json["changed"]) == (200, 2)
    assert first.json["operation_id"] == first.headers["Operation-Id"]
    assert first.data == again.data
    assert api.get(f"{CONTACTS}/{ids[0]}").json["tags"] == ["lens"]
    operation = api.get(f"/api/crm/operations/{first.json['operation_id']}").json
    assert operation["kind"] == "change_contacts"
    assert "tag" in str(operation)
    log = api.get("/api/crm/users/me/audit", query_string={"act": "change_contacts"}).json["items"]
    assert {entry["operation_id"] for entry in log} == {first.headers["Operation-Id"]}


def test_a_trial_under_a_key_changes_nothing(api):
    ids = [api.post(CONTACTS, json={"name": name, "enrich": False}).json["id"] for name in ("Ana", "Ana B")]
    key = headers()
    for _ in range(2):
        answer = api.post(f"{CONTACTS}/merge", json={"ids": ids, "dry_run": True}, headers=key)
        assert answer.status_code == 200
    assert answer.headers["Idempotent-Replayed"] == "true"
    assert names(api) == ["Ana", "Ana B"]


def test_after_the_answer_no_read_sees_what_was_before(api):
    contact = api.post(CONTACTS, json={"name": "Ana", "enrich": False}).json["id"]
    for step in range(10):
        assert api.get(f"{CONTACTS}/{contact}").status_code == 200
        assert api.patch(f"{CONTACTS}/{contact}", json={"title": f"t{step}"}, headers=headers()).status_code == 200
        assert api.get(f"{CONTACTS}/{contact}").json["title"] == f"t{step}"


@pytest.mark.parametrize("many", [False, True])
def test_a_read_between_the_answer_and_the_commit_is_not_remembered(api, monkeypatch, many):
    """The cache hears of the end of a change when the outermost transaction has committed, not when the handler is done."""
    contact = api.post(CONTACTS, json={"name": "Ana", "enrich": False}).json["id"]
    seen, keep = [], keys.Key.keep

    def read_and_keep(self, answer):
        seen.append(api.get(f"{CONTACTS}/{contact}").json["tags"])
        keep(self, answer)

    monkeypatch.setattr(keys.Key, "keep", read_and_keep)
    change = {"ids": [contact], "action": "tag", "value": ["lens"]}
    one, all_of_them = (f"{CONTACTS}/{contact}", {"tags": ["lens"]}), (f"{CONTACTS}/bulk", change)
    done = api.post(all_of_them[0], json=all_of_them[1], headers=headers()) if many else None
    done = done or api.patch(one[0], json=one[1], headers=headers())
    assert (done.status_code, seen) == (200, [[]])
    assert api.get(f"{CONTACTS}/{contact}").json["tags"] == ["lens"]


def test_a_file_is_not_compared_so_its_key_is_not_heeded(api):
    key = headers()
    for _ in range(2):
        answer = api.post(f"{CONTACTS}/import", data="name\nAna\n", content_type="text/csv", headers=key)
        assert answer.status_code == 200
        assert "Idempotent-Replayed" not in answer.headers


def test_every_post_and_patch_of_a_user_heeds_a_key_or_takes_a_file():
    import main

    without = {
        function.name
        for function in functions().values()
        if function.http and function.method in {"POST", "PATCH"}
        and not getattr(main, function.name).traits["public"] and not getattr(main, function.name).traits["keyed"]
    }  # fmt: skip
    # Files; answers that hold a secret or are one; and a protocol whose calls have drafts and handles of their own.
    files = {"import_contacts", "import_interactions", "import_relationships"}
    assert without == {*files, "create_token", "describe_request", "approve_request", "serve_mcp"}
