"""What a new user starts with is given once for each person."""

from __future__ import annotations

import threading
import uuid

import pytest

ME = "/api/crm/users/me"
LEDGER = "/api/crm/enrichment/credits/ledger"


def credits_of(api):
    return api.get(ME).json["credits"]


def sign_in(owner, subject, email):
    rows = owner.run("select user_id from crm.sign_in('credits', :s, :e, 'Uma')", s=subject, e=email)
    return rows[0][0]


def balance(owner, user_id):
    ((found, ledger),) = owner.run(
        "select u.credit_balance, coalesce((select sum(l.credits) from crm.credit_ledger l where l.user_id = u.id), 0) "
        "from crm.users u where u.id = :i", i=user_id
    )  # fmt: skip
    assert found == ledger
    return found


def erase(owner, user_id):
    owner.run("delete from crm.users where id = :i", i=user_id)


@pytest.fixture
def email():
    return f"once-{uuid.uuid4().hex}@example.com"


def test_who_erases_themselves_finds_what_was_left(api, owner):
    assert credits_of(api) == 100
    owner.run(
        "select crm.move_credits(id, 'charge', -60, gen_random_uuid(), 'hunter', null) from crm.users where email = :e",
        e=api.email,
    )
    for _ in range(3):
        assert credits_of(api) == 40
        items = api.get(LEDGER).json["items"]
        assert sum(item["credits"] for item in items) == 40
        assert api.delete(ME).status_code == 204


def test_who_has_spent_everything_starts_with_nothing(api, owner):
    assert credits_of(api) == 100
    owner.run(
        "select crm.move_credits(id, 'charge', -100, gen_random_uuid(), 'hunter', null) from crm.users where email = :e",
        e=api.email,
    )
    assert api.delete(ME).status_code == 204

    assert credits_of(api) == 0
    assert api.get(LEDGER).json["items"] == []


@pytest.mark.parametrize("spelt", ["{0}@example.com", "{0}+second@example.com", "{0}@EXAMPLE.com"])
def test_a_mailbox_starts_once_whatever_identity_it_signs_in_by(owner, spelt):
    name = uuid.uuid4().hex
    first = sign_in(owner, uuid.uuid4().hex, f"{name}@example.com")
    assert balance(owner, first) == 100
    assert balance(owner, sign_in(owner, uuid.uuid4().hex, spelt.format(name))) == 0
    erase(owner, first)
    assert balance(owner, sign_in(owner, uuid.uuid4().hex, spelt.format(name))) == 100


def test_an_identity_without_a_verified_address_starts_once(owner, email):
    subject = uuid.uuid4().hex
    first = sign_in(owner, subject, None)
    assert balance(owner, first) == 100
    erase(owner, first)
    assert balance(owner, sign_in(owner, subject, None)) == 100
    # the balance is there again, and this identity brings none to a mailbox beside it
    owner.run("delete from crm.users where issuer = 'credits' and subject = :s", s=subject)
    again = sign_in(owner, subject, email)
    assert balance(owner, again) == 100
    assert balance(owner, sign_in(owner, uuid.uuid4().hex, email)) == 0


def test_an_address_confirmed_later_belongs_to_who_has_started(owner, email):
    subject = uuid.uuid4().hex
    first = sign_in(owner, subject, None)
    assert sign_in(owner, subject, email) == first

    assert balance(owner, sign_in(owner, uuid.uuid4().hex, email)) == 0


def test_coming_back_in_two_ways_doubles_nothing(owner, email):
    subject, other = uuid.uuid4().hex, f"other-{email}"
    erase(owner, sign_in(owner, subject, email))

    by_identity = balance(owner, sign_in(owner, subject, other))
    by_mailbox = balance(owner, sign_in(owner, uuid.uuid4().hex, email))
    assert by_identity + by_mailbox == 100


def test_two_identities_at_once_share_one_start(owner_url, owner, email):
    from tests.conftest import connected

    gate, made = threading.Barrier(6), []

    def enter():
        with connected(owner_url) as connection:
            gate.wait()
            made.append(sign_in(connection, uuid.uuid4().hex, email))

    threads = [threading.Thread(target=enter) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(balance(owner, user) for user in made) == [0] * 5 + [100]


def test_what_is_kept_names_nobody(owner, email):
    sign_in(owner, uuid.uuid4().hex, email)
    assert owner.run(
        "select has_table_privilege('crm_app', 'crm.starting_credits', 'select, insert, update, delete')"
    ) == [[False]]
    assert owner.run("select count(*) from crm.starting_credits c where c::text like '%' || :e || '%'", e=email) == [
        [0]
    ]
