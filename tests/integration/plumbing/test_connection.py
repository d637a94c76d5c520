"""Guards what `shared/plumbing/postgres/connection.py` uses of pg8000's protocol layer; see docs/decisions/0004."""

from __future__ import annotations

import threading
import uuid
from importlib.metadata import version
from pathlib import Path

import pytest

from shared.errors import BadRequest, Unavailable
from shared.plumbing.postgres.connection import ConstraintViolated
from shared.plumbing.postgres.database import Database
from shared.plumbing.postgres.pool import Pool, connect_to_url
from shared.plumbing.postgres.sql import Query


def query(text, kind="many"):
    return Query.parse("query", kind, text)


ONE_USER = query("select current_setting('app.user_id', true), count(*) from crm.contacts")


def counting(database, monkeypatch):
    """Counts how often a packet leaves for the server."""
    import pg8000.core

    sent = []
    original = pg8000.core.CoreConnection.__init__

    def connect(self, *args, **kwargs):
        original(self, *args, **kwargs)
        flush = self._sock.flush

        class Counted:
            def __init__(self, sock):
                self.sock = sock

            def __getattr__(self, name):
                return getattr(self.sock, name)

            def flush(self):
                sent.append(1)
                flush()

        self._sock = Counted(self._sock)

    monkeypatch.setattr(pg8000.core.CoreConnection, "__init__", connect)
    return sent


def test_the_version_is_the_one_whose_protocol_layer_was_read():
    pinned = next(
        line
        for line in (Path(__file__).parents[3] / "requirements.txt").read_text().splitlines()
        if line.startswith("pg8000==")
    )

    assert version("pg8000") == pinned.split("==")[1].split()[0]


def test_a_prepared_read_under_row_level_security_is_one_round_trip(owner_url, user_id, monkeypatch):
    database = Database(Pool(connect_to_url(owner_url), 1))
    sent = counting(database, monkeypatch)
    with database.read(user_id) as tx:
        tx.many(ONE_USER)
        sent.clear()
        assert tx.many(ONE_USER) == [[str(user_id), 1]]
    assert len(sent) == 1
    database.close()


def test_a_transaction_of_one_statement_is_two_round_trips(owner_url, user_id, monkeypatch):
    database = Database(Pool(connect_to_url(owner_url), 1))
    sent = counting(database, monkeypatch)
    for _ in range(2):
        sent.clear()
        with database.transaction(user_id) as tx:
            tx.many(ONE_USER)
    assert len(sent) == 2
    database.close()


def test_who_asks_does_not_outlive_the_statement(owner_url, user_id):
    database = Database(Pool(connect_to_url(owner_url), 1))
    with database.read(user_id) as tx:
        assert tx.many(ONE_USER) == [[str(user_id), 1]]
    with database.read(None) as tx:
        assert tx.many(ONE_USER) == [["", 0]]
    with database.read(uuid.uuid4()) as tx:
        assert tx.many(ONE_USER)[0][1] == 0
    database.close()


def test_sessions_run_as_the_role_that_owns_nothing(database):
    with database.read(None) as tx:
        assert tx.value(query("select current_user::text")) == "crm_app"
        assert tx.value(query("select count(*) from pg_class where relowner = 'crm_app'::regrole")) == 0


@pytest.mark.parametrize("value", [None, "", "é\t\n\\'\"", "x" * 100_000, "{a,b}", "🙂"])
def test_text_goes_and_comes_unchanged(database, value):
    with database.read(None) as tx:
        assert tx.value(query("select :value::text"), value=value) == value


@pytest.mark.parametrize(
    "items",
    [[], ["a", 'b"c', "d,e", "{f}", "", "\\", "é", "NULL", "null", "Null"], [None, "a"], [["a", "null"], ["", "\\"]]],
)
def test_lists_of_text_go_and_come_unchanged(database, items):
    with database.read(None) as tx:
        assert tx.value(query("select :items::text[]"), items=items) == items


def test_nul_is_the_callers_fault(database):
    with database.read(None) as tx, pytest.raises(BadRequest, match="NUL"):
        tx.value(query("select :value::text"), value="a\0b")


def test_a_number_that_does_not_fit_is_the_callers_fault(database):
    with database.read(None) as tx, pytest.raises(BadRequest, match="out of range"):
        tx.value(query("select :value::real"), value=5e-324)


def test_a_connection_is_good_after_an_error(owner_url):
    database = Database(Pool(connect_to_url(owner_url), 1))
    for _ in range(3):
        with database.read(None) as tx, pytest.raises(Exception, match="division by zero"):
            tx.value(query("select 1 / :zero::int"), zero=0)
        with pytest.raises(Exception, match="division by zero"), database.transaction(None) as tx:
            tx.value(query("select 1 / :zero::int"), zero=0)
    with database.read(None) as tx:
        assert tx.value(query("select 7")) == 7
    database.close()


def test_an_error_undoes_the_whole_transaction(database, user_id):
    insert = query("insert into crm.contacts (user_id, name) values (:user_id::uuid, 'Ana')", "none")
    with pytest.raises(RuntimeError), database.transaction(user_id) as tx:
        assert tx.run(insert, user_id=user_id) == 1
        raise RuntimeError
    with pytest.raises(ConstraintViolated) as refused, database.transaction(user_id) as tx:
        tx.run(insert, user_id=user_id)
        tx.run(query("insert into crm.contacts (user_id, email) values (:user_id::uuid, :email), (:user_id::uuid, :email)", "none"),
               user_id=user_id, email="a@b.example")  # fmt: skip

    assert refused.value.sqlstate == "23505"
    with database.read(user_id) as tx:
        assert tx.many(ONE_USER)[0][1] == 1  # the self contact


def test_wrong_parameters_are_a_programming_error(database):
    with database.read(None) as tx, pytest.raises(TypeError, match="takes"):
        tx.value(query("select :value::text"), other="x")


def test_a_statement_that_takes_too_long_is_unavailable(database):
    with database.read(None, timeout_s=0.1) as tx, pytest.raises(Unavailable):
        tx.value(query("select pg_sleep(5)"))
    with database.read(None) as tx:
        assert tx.value(query("select current_setting('statement_timeout')")) == "10s"


def test_a_read_survives_that_its_connection_was_cut(owner, owner_url):
    database = Database(Pool(connect_to_url(owner_url), 1))
    pid = query("select pg_backend_pid()")
    with database.read(None) as tx:
        first = tx.value(pid)
    owner.run("select pg_terminate_backend(:pid)", pid=first)

    with database.read(None) as tx:
        assert tx.value(pid) != first
    database.close()


def test_a_transaction_survives_a_cut_before_its_first_statement_and_no_later(owner, owner_url):
    database = Database(Pool(connect_to_url(owner_url), 1))
    pid = query("select pg_backend_pid()")
    with database.read(None) as tx:
        first = tx.value(pid)
    owner.run("select pg_terminate_backend(:pid)", pid=first)
    with pytest.raises(Unavailable), database.transaction(None) as tx:
        second = tx.value(pid)
        owner.run("select pg_terminate_backend(:pid)", pid=second)
        tx.value(pid)

    with database.read(None) as tx:
        assert tx.value(pid) not in {first, second}
    database.close()


def test_a_server_that_is_not_there_is_unavailable_at_once():
    database = Database(Pool(connect_to_url("postgresql://nobody@127.0.0.1:1/none"), 1))
    for _ in range(3):  # more often than the pool has places: none is lost
        with database.read(None) as tx, pytest.raises(Unavailable):
            tx.value(query("select 1"))


def test_no_more_connections_than_allowed_are_made(owner_url, monkeypatch):
    monkeypatch.setattr("shared.plumbing.postgres.pool.WAIT_TIMEOUT_S", 0.2)
    database = Database(Pool(connect_to_url(owner_url), 2))
    entered, leave = threading.Semaphore(0), threading.Event()

    def hold():
        with database.transaction(None) as tx:
            tx.value(query("select 1"))
            entered.release()
            leave.wait(10)

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
        entered.acquire(timeout=10)
    with database.read(None) as tx, pytest.raises(Unavailable, match="busy"):
        tx.value(query("select 1"))
    leave.set()
    for thread in threads:
        thread.join()
    with database.read(None) as tx:
        assert tx.value(query("select 1")) == 1
    database.close()


def test_copy_streams_rows_and_a_source_that_fails_leaves_nothing(database, user_id):
    create = query("create temp table staged (name text) on commit drop", "none")
    copy = query("copy staged from stdin", "none")
    count = query("select count(*) from staged")
    with database.transaction(user_id) as tx:
        tx.run(create)
        assert tx.copy_in(copy, [b"a\nb\n", b"c\n"]) == 3
        assert tx.value(count) == 3

    def broken():
        yield b"a\n"
        raise RuntimeError("the file is broken")

    with pytest.raises(RuntimeError, match="broken"), database.transaction(user_id) as tx:
        tx.run(create)
        tx.copy_in(copy, broken())
    with database.read(user_id) as tx:
        assert tx.many(ONE_USER)[0][1] == 1


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://a@b/c?sslmode=maybe"])
def test_a_database_url_of_another_kind_is_refused(url):
    with pytest.raises(ValueError, match="not"):
        connect_to_url(url)
