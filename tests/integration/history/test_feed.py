"""A program that follows changes misses none and gets none twice, whoever writes meanwhile."""

from __future__ import annotations

import random
import re
import threading
import uuid

import pytest

from shared.history import feed
from shared.history.parameters import ChangeQuery
from shared.plumbing.postgres.sql import Query
from tests.conftest import connected

CONTACTS = "/api/crm/contacts"
CHANGES = "/api/crm/changes"
ADD = Query.parse(
    "add", "many",
    "insert into crm.contacts (user_id, name) select :user_id::uuid, 'N' || n from generate_series(1, :count::int) n returning no",
)  # fmt: skip


def follow(api, since, **query):
    answer = api.get(CHANGES, query_string={"since": since, **query})
    assert answer.status_code == 200, answer.json
    return answer.json


def test_each_change_is_told_once_in_order_and_page_by_page(book):
    ana = book.add("Ana Lima")
    token = book.api.get(CHANGES).json["next"]
    assert follow(book.api, token)["items"] == []
    bob = book.add("Bob Ray")
    edit = book.edit(ana, title="CEO")
    book.delete(bob)
    book.api.post(f"{CONTACTS}/{bob}/restore")

    told, pages = [], 0
    while True:
        answer = follow(book.api, token, limit=1)
        told += answer["items"]
        token, pages = answer["next"], pages + 1
        if not answer["more"]:
            break
    assert [(item["type"], item["id"]) for item in told] == [
        ("contact.created", bob), ("contact.updated", ana), ("contact.deleted", bob), ("contact.created", bob),
    ]  # fmt: skip
    assert pages == 4
    assert told[1]["operation_id"] == edit
    # RFC 3339, as everywhere
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", item["at"]) for item in told)
    assert {item["at"] for item in book.api.get(f"{CONTACTS}/{bob}/history").json["items"]} <= {
        item["at"] for item in told
    }
    assert follow(book.api, token)["items"] == []


def test_what_commits_late_is_told_later_and_nobody_waits_for_it(book, owner_url, user_id, database):
    token = book.api.get(CHANGES).json["next"]
    with connected(owner_url) as slow:
        slow.run("begin")
        slow.run("insert into crm.contacts (user_id, name) values (:u, 'Slow')", u=user_id)
        fast = book.add("Fast")
        first = follow(book.api, token)
        assert [item["id"] for item in first["items"]] == [fast]
        slow.run("commit")
    second = follow(book.api, first["next"])
    assert [item["type"] for item in second["items"]] == ["contact.created"]
    assert second["items"][0]["id"] != fast
    assert follow(book.api, second["next"])["items"] == []


@pytest.mark.parametrize("token", ["x", "", "WyJhIl0", "a" * 20_001])
def test_what_is_no_token_is_refused_with_its_name(api, token):
    answer = api.get(CHANGES, query_string={"since": token})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["since"]


def test_a_token_from_before_a_restore_or_older_than_the_journal_is_gone(book, owner):
    token = book.api.get(CHANGES).json["next"]
    owner.run("update crm.change_feed set begins_at = now()")
    try:
        assert book.api.get(CHANGES, query_string={"since": token}).json["code"] == "gone"
        owner.run("update crm.change_feed set begins_at = '2000-01-01Z'")
        assert follow(book.api, token)["items"] == []
        owner.run("update crm.change_feed set epoch = gen_random_uuid()")
        assert book.api.get(CHANGES, query_string={"since": token}).status_code == 410
    finally:
        owner.run("update crm.change_feed set begins_at = '2000-01-01Z'")


def test_a_merged_contact_is_told_with_its_survivor(book, owner, user_id):
    ana, bob = book.add("Ana Lima"), book.add("Ana L.")
    token = book.api.get(CHANGES).json["next"]
    owner.run("begin")
    owner.run("select set_config('app.merged_into', :a, true)", a=ana)
    owner.run("delete from crm.contacts where user_id = :u and id = :b", u=user_id, b=bob)
    owner.run("commit")

    (item,) = follow(book.api, token)["items"]
    assert (item["type"], item["id"], item["merged_into"]) == ("contact.merged", bob, ana)
    assert book.api.get(f"{CONTACTS}/trash").json["items"] == []
    assert book.api.post(f"{CONTACTS}/{bob}/restore").status_code == 409


def write_some(database, user_id, seed, failures):
    """Transactions of some contacts, a fifth of which are rolled back."""
    draw = random.Random(seed)
    try:
        for _ in range(15):
            with database.transaction(user_id) if draw.random() < 0.8 else database.trial(user_id) as tx:
                for _ in range(draw.randint(1, 3)):
                    tx.many(ADD, user_id=user_id, count=draw.choice((1, 1, 7)))
    except BaseException as error:  # noqa: BLE001 - shown by the test
        failures.append(error)


def test_parallel_writers_and_a_reader_miss_nothing_and_double_nothing(user_id, owner, database):
    """Writers of one and of many rows, some of which roll back; a reader that never stops."""
    told: list[tuple[str, str]] = []
    stop = threading.Event()
    failures: list[BaseException] = []
    with database.read(user_id) as tx:
        token = feed.changes_since(tx, ChangeQuery(since=None, limit=100))["next"]

    def read():
        nonlocal token
        last = False
        while True:
            with database.read(user_id) as tx:
                answer = feed.changes_since(tx, ChangeQuery(since=token, limit=7))
            told.extend((item["type"], item["id"]) for item in answer["items"])
            token = answer["next"]
            if not answer["more"]:
                if last:
                    return
                last = stop.is_set()  # one more walk, which begins after the last commit

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write_some, args=(database, user_id, seed, failures)) for seed in range(3)]
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()

    assert failures == []
    there = {
        str(contact)
        for (contact,) in owner.run("select id from crm.contacts where user_id = :u and not is_self", u=user_id)
    }
    assert len(told) == len({contact for _, contact in told})
    assert {contact for _, contact in told} == there
    assert uuid.UUID(next(iter(there)))
