"""Accounts of mail: a real Dovecot keeps itself current, and nothing that a server does loses or doubles anything."""

from __future__ import annotations

import tracemalloc

import pytest

from shared.edge.deps import deps
from tests.integration.sources.accounts.conftest import ME, evidence, mail, stored
from tests.integration.sources.accounts.hostile import Hostile


def test_an_account_on_dovecot_keeps_itself_current(dovecot, box, connect, deliver, sync, api, owner, user_id):
    paths = [dovecot.deliver(box, mail(number)) for number in range(30)]
    for number in range(30, 40):
        dovecot.deliver(box, mail(number, sender=ME, to="Ana Lima <ana@acme.example>"), "Sent")
    dovecot.deliver(box, mail("spam", sender="Spam <spam@spam.example>"), "Junk")
    dovecot.deliver(box, mail("draft", sender=ME, to="ben@acme.example"), flags="D")
    dovecot.deliver(box, mail("list", sender="Ben <ben@list.example>", more="List-Id: <l.example>\r\n"))
    source = connect(dovecot.port, box)
    assert source["state"] == "waiting"
    assert source["account"] == {"host": "127.0.0.1", "port": dovecot.port, "security": "none", "username": box}
    deliver()
    read = api.get(f"/api/crm/sources/{source['id']}").json
    assert read["state"] == "ready", read
    assert (read["read"], read["counted"], read["left_out"]) == (42, 40, {"list": 1, "draft": 1})
    assert read["progress"].startswith("2 folders with 42 messages are read to their end. Counted from")
    assert read["next_at"] is not None
    assert evidence(owner, user_id) == {"ana@acme.example": [10, 30]}

    dovecot.deliver(box, mail("new", sender="Ben Okoro <ben@acme.example>"))
    again = sync(source)
    assert (again["read"], again["counted"]) == (43, 41)
    assert evidence(owner, user_id)["ben@acme.example"] == [0, 1]
    # nothing was changed in the mailbox
    assert all(path.exists() for path in paths)


def test_a_password_is_never_shown_and_neither_subject_nor_text_is_kept(
    dovecot, box, connect, sync, api, owner, user_id
):
    dovecot.user(box, "a very secret password")
    dovecot.deliver(box, mail(1))
    source = connect(dovecot.port, box, "a very secret password")
    sync(source)
    assert "very secret" not in stored(owner, user_id) + api.get("/api/crm/sources").get_data(as_text=True)
    assert "A secret" not in stored(owner, user_id)
    assert "body" not in stored(owner, user_id)
    assert api.delete(f"/api/crm/sources/{source['id']}").status_code == 204
    assert owner.run("select count(*) from crm.source_accounts where user_id = :u::uuid", u=user_id) == [[0]]


def test_a_changed_password_asks_for_attention_until_the_new_one_is_given(
    dovecot, box, connect, sync, api, deliver, shown
):
    dovecot.deliver(box, mail(1))
    source = connect(dovecot.port, box)
    assert sync(source)["counted"] == 1
    dovecot.user(box, "another")
    dovecot.deliver(box, mail(2))
    failed = sync(source)
    assert failed["state"] == "needs_attention"
    assert failed["next_at"] is None
    assert "refuses the user name or the password" in failed["problem"]
    account = {"host": "127.0.0.1", "port": dovecot.port, "security": "none", "username": box}
    refused = api.patch(f"/api/crm/sources/{source['id']}", json={"account": {**account, "password": "wrong"}})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "account"
    assert (
        api.patch(f"/api/crm/sources/{source['id']}", json={"account": {**account, "password": "another"}}).status_code
        == 200
    )
    deliver()
    assert (shown(source)["state"], shown(source)["counted"], shown(source)["problem"]) == ("ready", 2, None)


def test_a_source_is_not_made_where_the_server_refuses_or_does_not_answer(dovecot, box, api):
    account = {"host": "127.0.0.1", "port": dovecot.port, "security": "none", "username": box, "password": "wrong"}
    refused = api.post("/api/crm/sources", json={"kind": "imap", "name": "Mail", "account": account})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "account")
    absent = api.post("/api/crm/sources", json={"kind": "imap", "name": "Mail", "account": {**account, "port": 1}})
    assert absent.status_code == 422
    assert "does not answer" in absent.json["errors"][0]["message"]
    assert api.get("/api/crm/sources").json["items"] == []


@pytest.mark.parametrize("host", ["10.0.0.1", "169.254.169.254", "::1", "[::ffff:10.0.0.1]", "0.0.0.0"])
def test_no_account_reaches_inside(api, host):
    account = {"host": host.strip("[]"), "username": "u", "password": "p"}
    answer = api.post("/api/crm/sources", json={"kind": "imap", "name": "Mail", "account": account})
    assert answer.status_code == 422
    assert "is not a public address" in answer.json["errors"][0]["message"]


def test_an_account_of_another_user_is_not_found(dovecot, box, connect, api):
    source = connect(dovecot.port, box)
    other = api.as_user("another@example.com")
    assert other.post(f"/api/crm/sources/{source['id']}/sync").status_code == 404
    assert (
        other.patch(
            f"/api/crm/sources/{source['id']}", json={"account": {"host": "h", "username": "u", "password": "p"}}
        ).status_code
        == 404
    )
    files = api.post("/api/crm/sources", json={"kind": "mail_file", "name": "File"}).json
    assert api.post(f"/api/crm/sources/{files['id']}/sync").status_code == 409


def test_the_schedule_queues_what_is_due_once(dovecot, box, connect, deliver, owner, user_id, gateway):
    source = connect(dovecot.port, box)
    deliver()
    owner.run("update crm.sources set next_at = now() - interval '1 minute' where user_id = :u::uuid", u=user_id)
    with deps().database.transaction(None) as tx:
        from shared.sources.accounts.service import queue_due

        assert queue_due(tx, 1000) >= 1
    with deps().database.transaction(None) as tx:
        queue_due(tx, 1000)
    assert owner.run(
        "select data ->> 'source_id' from crm.outbox where topic = 'source-sync' and user_id = :u::uuid", u=user_id
    ) == [[source["id"]]]


def mails(count, first=1):
    return {uid: mail(uid) for uid in range(first, first + count)}


def test_a_line_that_is_cut_again_and_again_loses_nothing_and_doubles_nothing(
    connect, deliver, sync, shown, owner, user_id, monkeypatch
):
    monkeypatch.setattr("shared.sources.accounts.imap.BATCH", 7)
    monkeypatch.setattr("shared.sources.accounts.imap.WIDTH", 20)
    with Hostile(mails(100)) as server:
        source = connect(server.port, "u")
        for cut in (0, 5, 13, 40, 77, 130, None):
            server.cut_after = cut
            sync(source)
            if cut is not None:
                assert shown(source)["state"] == "failed"
                assert "cut" in shown(source)["problem"]
    assert shown(source)["state"] == "ready"
    assert evidence(owner, user_id) == {"ana@acme.example": [0, 100]}


def test_a_worker_that_dies_between_parts_leaves_the_rest_to_the_next(
    connect, sync, shown, owner, user_id, deliver, monkeypatch
):
    monkeypatch.setattr("shared.sources.accounts.imap.WIDTH", 20)
    real = deps().accounts._count
    died: list[int] = []

    def die(*arguments):
        real(*arguments)
        if len(died) < 3:
            died.append(1)
            raise SystemExit

    monkeypatch.setattr(deps().accounts, "_count", die)
    with Hostile(mails(100)) as server:
        source = connect(server.port, "u")
        for _ in range(3):
            with pytest.raises(SystemExit):
                sync(source)
            # nobody takes an account whose worker may be alive
            sync(source)
            assert shown(source)["state"] == "running"
            owner.run("update crm.source_accounts set leased_until = now() where user_id = :u::uuid", u=user_id)
        assert sync(source)["state"] == "ready"
    assert evidence(owner, user_id) == {"ana@acme.example": [0, 100]}


def test_a_source_that_is_deleted_while_it_is_read_stays_deleted(connect, api, deliver, owner, user_id, monkeypatch):
    real = deps().accounts._count

    def forget(*arguments):
        api.delete(f"/api/crm/sources/{arguments[1]}")
        real(*arguments)

    monkeypatch.setattr(deps().accounts, "_count", forget)
    with Hostile(mails(10)) as server:
        connect(server.port, "u")
        deliver()
    assert evidence(owner, user_id) == {}
    assert api.get("/api/crm/sources").json["items"] == []


def test_when_the_server_numbers_anew_everything_is_read_again_and_counted_once(connect, sync, owner, user_id):
    with Hostile(mails(50)) as server:
        source = connect(server.port, "u")
        sync(source)
        server.validity, server.mails = 2, {uid + 1000: text for uid, text in mails(60).items()}
        read = sync(source)
    assert (read["state"], read["counted"]) == ("ready", 60)
    assert evidence(owner, user_id) == {"ana@acme.example": [0, 60]}


@pytest.mark.parametrize(
    "lie",
    [
        {"last_uid": 4_294_967_295},
        {"given_uid": lambda _: 7},
        {"given_uid": lambda uid: uid + 1_000_000},
        {"last_uid": 3},
    ],
)
def test_a_server_that_lies_about_uids_loses_and_doubles_nothing_once_it_is_honest(connect, sync, owner, user_id, lie):
    with Hostile(mails(40), **lie) as server:
        source = connect(server.port, "u")
        first = sync(source)
        assert first["state"] in {"ready", "failed"}
        server.given_uid = server.last_uid = None
        server.mails |= mails(10, first=41)
        assert sync(source)["state"] == "ready"
    assert evidence(owner, user_id) == {"ana@acme.example": [0, 50]}


def test_a_server_that_shows_messages_and_gives_none_is_not_called_read(connect, sync):
    with Hostile(mails(40), given_uid=lambda _: 0) as server:
        read = sync(connect(server.port, "u"))
    assert read["state"] == "failed"
    assert read["problem"] == "the server shows 40 messages and gives none of them"


def test_a_full_quota_is_waited_for(connect, sync, owner, user_id):
    with Hostile(mails(40)) as server:
        source = connect(server.port, "u")
        server.refuse = {"UID": "NO [OVERQUOTA] bandwidth of the day is used up"}
        read = sync(source)
        assert read["state"] == "failed"
        assert "OVERQUOTA" in read["problem"]
        [[seconds]] = owner.run(
            "select extract(epoch from next_at - now())::int from crm.sources where user_id = :u::uuid", u=user_id
        )
        assert 3500 < seconds <= 3600
        server.refuse = {"LOGIN": "NO [UNAVAILABLE] later"}
        assert sync(source)["state"] == "failed"
        server.refuse = {}
        assert sync(source)["counted"] == 40


@pytest.mark.parametrize(
    ("before", "problem"),
    [
        ([b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"], "more than 64 MB"),
        ([b"* " + b"x" * 70_000_000 + b"\r\n"], "longer than any"),
        ([b"\r\n"], "does not keep to IMAP"),
        ([b"* BYE\r\n"], "the server says: BYE"),
    ],
)
def test_an_answer_without_measure_is_refused_in_little_memory(connect, sync, before, problem):
    with Hostile(mails(5), before=before) as server:
        source = connect(server.port, "u")
        tracemalloc.start()
        read = sync(source)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert read["state"] == "failed"
    assert problem in read["problem"]
    # the server of the test holds its line as well
    assert peak < 90_000_000


def test_a_header_of_a_megabyte_is_read_by_its_beginning(connect, sync, owner, user_id):
    long = mail(2, more="X-Long: " + "x" * 1_000_000 + "\r\n")
    with Hostile({1: mail(1), 2: long, 3: mail(3)}) as server:
        assert sync(connect(server.port, "u"))["counted"] == 3
    assert evidence(owner, user_id) == {"ana@acme.example": [0, 3]}


def test_messages_far_apart_are_found_in_few_questions(connect, sync):
    with Hostile({1: mail(1), 2_000_000_000: mail(2), 4_000_000_000: mail(3)}) as server:
        assert sync(connect(server.port, "u"))["counted"] == 3
        assert sum(command.startswith("UID FETCH") for command in server.commands) < 40


def test_a_slice_ends_in_time_and_the_next_goes_on(connect, deliver, shown, monkeypatch):
    monkeypatch.setattr("shared.sources.accounts.imap.WIDTH", 20)
    monkeypatch.setattr(deps().accounts, "_slice_s", 0.0)
    with Hostile(mails(100)) as server:
        source = connect(server.port, "u")
        assert deliver(1) == 1
        assert shown(source)["state"] in {"running", "waiting"}
        assert shown(source)["progress"].startswith("INBOX: 20 of 100 messages.")
        assert deliver() == 5
    assert (shown(source)["state"], shown(source)["counted"]) == ("ready", 100)


def test_a_password_may_be_anything_that_has_no_line_break(dovecot, box, connect, api):
    dovecot.user(box, 'a"b\\c d')
    connect(dovecot.port, box, 'a"b\\c d')
    account = {
        "host": "127.0.0.1",
        "port": dovecot.port,
        "security": "none",
        "username": box,
        "password": "a\r\nA9 DELETE INBOX",
    }
    assert api.post("/api/crm/sources", json={"kind": "imap", "name": "Mail", "account": account}).status_code == 422
